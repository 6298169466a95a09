//! Whether a site, in a folder or at an address, is byte for byte the release that was built. The
//! core asks nothing: it takes what a folder holds or a server answered, and returns findings.
//!
//! 1. `release` reads the start of `sw.js` and the manifests: which files there are.
//! 2. `answer` holds what came for one request; `packing` undoes Content-Encoding.
//! 3. `served` judges the answer for one file. `difference` says what happened to its bytes,
//!    `media_type`, `cache` and `security` look at its headers, `status` at answers without it.
//! 4. `worker` judges `sw.js`; `routes` what is asked besides files: wrong addresses, addresses
//!    without a slash, plain HTTP.
//! 5. `folder` judges a folder.
//! 6. `finding` folds what many files have in common.
//!
//! Each finding says what came and what was expected, and its help the likely cause and the mend.

pub mod answer;
pub mod finding;
pub mod folder;
pub mod names;
pub mod release;
pub mod routes;
pub mod sample;
pub mod served;
pub mod worker;

mod cache;
mod cause;
mod difference;
mod html;
mod media_type;
mod packing;
mod security;
mod status;

#[cfg(test)]
pub(crate) mod made;
#[cfg(test)]
mod tests;
