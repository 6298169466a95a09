//! Inkstone: an offline-first blog front end.
//!
//! Read in this order: what a blog is (`model`, `tag`, `text`, `date`), how it is addressed
//! (`route`, `filter`), what one address shows (`page`), how Markdown becomes a safe document
//! (`markdown`), how a page becomes markup (`view`), how a folder of posts becomes a folder of
//! files (`site`, native) and how the browser runs it (`app`, wasm32).

pub mod date;
pub mod filter;
pub mod markdown;
pub mod model;
pub mod page;
pub mod route;
pub mod tag;
pub mod text;
pub mod view;
pub mod words;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;

#[cfg(target_arch = "wasm32")]
pub mod app;
