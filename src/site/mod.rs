//! From a folder of posts to a folder of files. Native only.

pub mod config;
pub mod diagnostic;
pub mod fields;
pub mod front_matter;
pub mod library;
pub mod load;
pub mod permalink;
pub mod post;
pub mod toml;
pub mod tree;
pub mod when;
pub mod yaml;
