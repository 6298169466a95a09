//! Inkstone: an offline-first blog front end.
//!
//! Read in this order: what a blog is (`model`, `tag`, `text`, `date`), how it is addressed
//! (`route`), how posts are found (`filter` over `facets`, `search`, both over `bytes`), what one
//! address shows (`page`, made of what is `known`), how Markdown becomes a safe document
//! (`markdown`), how a page becomes markup (`view`), how a folder of posts becomes a folder of
//! files (`site`, native) and how the browser runs it (`app`, wasm32).

pub mod bytes;
pub mod date;
pub mod facets;
pub mod filter;
pub mod json;
pub mod known;
pub mod markdown;
pub mod model;
pub mod page;
pub mod route;
pub mod search;
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
