//! Full-text search in static files: the index is cut into shards by term, and the browser fetches
//! the few that a query needs.
//!
//! 1. [`fold`], [`token`]: a text, folded, in words and in runs of scripts that have no spaces;
//!    their terms.
//! 2. [`bits`], [`postings`], [`shard`]: the terms of one shard, each with the posts it is in.
//! 3. [`directory`]: which shard holds which terms. Fetched first.
//! 4. [`query`]: what a reader typed, the shards it needs, and the posts that answer it, ranked.
//! 5. [`find`]: the same query in a text, exactly: what to mark, and whether it is there at all.
//! 6. [`mod@snippet`]: the part of a post that answers.
//! 7. [`mod@near`]: tags that resemble a query without an answer.
//!
//! No part of it fetches anything, and none knows the page. `site::search_index` builds the files.
//!
//! A post's id counts from the oldest post, 0, so a new post moves no other. The index knows no
//! positions: that a run's pairs of characters stand in one post is nearly always, but not quite,
//! that the run does. [`find`] is exact.

pub mod fold;
pub mod token;

pub mod bits;
pub mod postings;
pub mod shard;

pub mod directory;
pub mod query;

pub mod find;
pub mod near;
pub mod snippet;

pub use crate::bytes::Broken;
pub use directory::Directory;
pub use near::near;
pub use query::{Hit, Query};
pub use shard::Shard;
pub use snippet::{Section, Snippet, snippet};
