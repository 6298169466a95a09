//! The rules of each host, and the pages that they rest on.

pub mod caddy;
pub mod cdn;
pub mod cloudflare;
pub mod github;
pub mod netlify;
pub mod nginx;
pub mod s3;
pub mod settings;

#[cfg(test)]
mod support;
