//! A Chinese blog made from a seed, as large as a measurement needs: the same seed gives the same
//! bytes on every machine, and post `n` is the same in a corpus of any size.
//!
//! 1. `lexicon` holds some 5,000 words with how often they are used, the words of each tag, and
//!    which words like to follow which.
//! 2. `sentence` fills patterns of clauses with words.
//! 3. `front` makes what stands in the front matter: title, date, tags, address.
//! 4. `body` makes an excerpt and sections of paragraphs, lists, quotes and code.
//!
//! The texts mean nothing, but a search index and a compressor see what they see in a real blog:
//! a few characters in nearly every post, most pairs of characters in hardly any, posts of one tag
//! that share words. Links assume that posts live at `/posts/:title/`.

mod body;
mod front;
mod lexicon;
mod random;
mod sentence;
mod text;

use random::Random;
use std::fs;
use std::io;
use std::path::Path;

/// A blog that is not written yet.
#[derive(Clone, Copy, Debug)]
pub struct Corpus {
    /// Another seed is another blog.
    pub seed: u64,
    /// How many posts it has.
    pub posts: u32,
}

/// One post of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// As Jekyll names posts: `2013-05-17-<slug>.md`.
    pub file_name: String,
    /// The whole file: YAML front matter, then Markdown; 3 to 6 KB of UTF-8.
    pub text: String,
    /// What a reader sees of the body, one block a line, without code blocks.
    pub plain: String,
}

impl Corpus {
    /// Post `n`, counted from 0. It depends on the seed and on `n` alone, and posts don't follow
    /// each other in time.
    pub fn post(&self, n: u32) -> Post {
        let front = front::Front::new(self.seed, n);
        let mut random = Random::new(self.seed, "body", n);
        let mut text = text::Text::default();
        text.mark(&front.to_string());
        body::write(&mut text, &front, self.seed, &mut random);
        let file_name = format!("{}-{}.md", front.date, front.slug);
        Post { file_name, text: text.marked, plain: text.plain }
    }

    /// All posts, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = Post> {
        let corpus = *self;
        (0..corpus.posts).map(move |n| corpus.post(n))
    }
}

/// Writes every post as a file of the folder, which is made if it isn't there.
pub fn write(folder: &Path, corpus: &Corpus) -> io::Result<()> {
    fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
    for post in corpus.iter() {
        let path = folder.join(&post.file_name);
        fs::write(&path, &post.text).map_err(|error| named(&path, &error))?;
    }
    Ok(())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests;
