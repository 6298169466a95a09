//! What one build leaves to the next while an author writes: results of pure functions by all that
//! they depend on. A result is found only where every input is the same, so a build with a
//! [`Memory`] gives the same bytes as one without. Nothing is ever corrected, only found or made.
//!
//! | Memo | Result | Key |
//! | :-- | :-- | :-- |
//! | `contents` | a post's prepared text | the file, its date, the configuration, what posts can refer to |
//! | `colours` | the colours of a document's code | its Markdown |
//! | `pages` | a page as HTML | what all pages share, the route, what is shown |
//! | `items`, `feeds` | a post for feeds, the feed of a tag | what all pages share, the documents |
//! | `icons` | the icons | the drawing |
//! | `terms` | the terms of some posts for the search | their texts and places |
//! | `counts` | the terms of a post for what is related | its text, its title, its language |

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::colours::Coloured;
use super::content::Content;
use super::feeds::Item;
use super::icons::Icons;
use super::related::Counted;
use super::search_index::Part;

/// The first 128 bits of SHA-256 over all inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key([u8; 16]);

/// The key of some inputs, in order; no two lists of inputs have the same.
pub fn key(inputs: &[&[u8]]) -> Key {
    let mut hash = Sha256::new();
    for input in inputs {
        hash.update((input.len() as u64).to_le_bytes());
        hash.update(input);
    }
    let hash = hash.finalize();
    Key(std::array::from_fn(|at| hash[at]))
}

impl AsRef<[u8]> for Key {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// All that is remembered. The default remembers nothing.
#[derive(Default)]
pub struct Memory {
    /// Prepared texts.
    pub contents: Memo<Content>,
    /// The colours of code.
    pub colours: Memo<Coloured>,
    /// Whole pages.
    pub pages: Memo<String>,
    /// Posts for feeds.
    pub items: Memo<Item>,
    /// Feeds of tags.
    pub feeds: Memo<String>,
    /// The icons; no result where the drawing can't be read.
    pub icons: Memo<Option<Icons>>,
    /// Terms for the search.
    pub terms: Memo<Part>,
    /// Terms for what is related.
    pub counts: Memo<Counted>,
}

/// How many results of a kind are remembered; some posts of a very large blog are read again.
const MOST: usize = 4096;

impl Memory {
    /// One that remembers.
    pub fn new() -> Self {
        Memory {
            contents: Memo::new(MOST),
            colours: Memo::new(MOST),
            pages: Memo::new(MOST),
            items: Memo::new(MOST),
            feeds: Memo::new(MOST),
            icons: Memo::new(1),
            terms: Memo::new(MOST),
            counts: Memo::new(MOST),
        }
    }

    /// Forgets what no build has asked for since the last call, so that a memory is never of more
    /// than one site.
    pub fn forget(&mut self) {
        self.contents.forget();
        self.colours.forget();
        self.pages.forget();
        self.items.forget();
        self.feeds.forget();
        self.icons.forget();
        self.terms.forget();
        self.counts.forget();
    }
}

/// Results of one function.
pub struct Memo<V> {
    /// How many there may be.
    most: usize,
    kept: Mutex<HashMap<Key, Kept<V>>>,
}

struct Kept<V> {
    value: Arc<V>,
    /// Whether it was asked for since [`Memo::forget`].
    used: bool,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Memo::new(0)
    }
}

impl<V> Memo<V> {
    /// An empty one with room for so many results.
    pub fn new(most: usize) -> Self {
        Memo { most, kept: Mutex::default() }
    }

    /// What was made for the same inputs, or what is made now. `inputs` must name all that `make`
    /// looks at; it is not called where nothing is remembered.
    pub fn get(&self, inputs: impl FnOnce() -> Key, make: impl FnOnce() -> V) -> Arc<V> {
        if self.most == 0 {
            return Arc::new(make());
        }
        let key = inputs();
        if let Some(kept) = self.lock().get_mut(&key) {
            kept.used = true;
            return Arc::clone(&kept.value);
        }
        // Made without the lock, so that others need not wait.
        let value = Arc::new(make());
        let mut kept = self.lock();
        if kept.len() < self.most {
            kept.insert(key, Kept { value: Arc::clone(&value), used: true });
        }
        value
    }

    fn forget(&mut self) {
        self.lock().retain(|_, kept| std::mem::take(&mut kept.used));
    }

    /// A thread that failed has left nothing half done.
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Kept<V>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A value of which nobody else may hold a part.
pub fn owned<V: Clone>(value: Arc<V>) -> V {
    Arc::try_unwrap(value).unwrap_or_else(|shared| V::clone(&shared))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks for each letter, and says which were made.
    fn made(memo: &Memo<String>, letters: &str) -> String {
        let mut made = String::new();
        for letter in letters.chars() {
            let name = letter.to_string();
            let value = memo.get(
                || key(&[name.as_bytes()]),
                || {
                    made.push(letter);
                    name.clone()
                },
            );
            assert_eq!(*value, name);
        }
        made
    }

    #[test]
    fn what_the_last_build_used_is_known() {
        let mut memo = Memo::new(3);
        assert_eq!(made(&memo, "abab"), "ab");
        memo.forget();
        assert_eq!(made(&memo, "bcb"), "c");
        memo.forget();
        assert_eq!(made(&memo, "abc"), "a");
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let mut memo = Memo::new(2);
        assert_eq!(made(&memo, "abcabc"), "abcc");
        memo.forget();
        memo.forget();
        assert_eq!(made(&memo, "cc"), "c");
        assert_eq!(made(&Memo::default(), "aa"), "aa");
    }

    #[test]
    fn inputs_do_not_run_into_each_other() {
        assert_ne!(key(&[b"ab", b"c"]), key(&[b"a", b"bc"]));
        assert_ne!(key(&[b"a", b""]), key(&[b"a"]));
        assert_eq!(key(&[b"a", b"b"]), key(&[b"a", b"b"]));
    }
}
