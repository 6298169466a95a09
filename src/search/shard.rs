//! A shard: some terms in order, each with its postings.
//!
//! The file:
//! 1. [`VERSION`], a byte;
//! 2. the space of ids, a byte: ids have at most so many bits. Not the number of posts, so that a
//!    new post changes the shards of its own terms alone;
//! 3. how many terms, as in [`crate::bytes`];
//! 4. bits ([`super::bits`]): each term, by what it shares with the one before it, and its
//!    [`postings`].
//!
//! Most terms are pairs of Han characters of which few posts have any, and the characters would
//! take more room than the posts. So a term that differs from the one before it in the last
//! character alone takes a bit and the distance of the two characters.

use super::bits::{BitReader, BitWriter, PADDING};
use super::postings::{self, Postings};
use crate::bytes::{Broken, Reader, Writer};

/// The first byte of a shard. A change of the format, of the tokeniser or of the folding is a new
/// version.
pub const VERSION: u8 = 1;

/// Ids are below 2 to the power of this.
pub const ID_BITS_LIMIT: u8 = 20;

/// Writes a shard, term by term.
#[derive(Clone, Debug)]
pub struct ShardWriter {
    id_bits: u8,
    count: u32,
    before: Vec<char>,
    bits: BitWriter,
}

impl ShardWriter {
    /// An empty shard for ids of so many bits, at most [`ID_BITS_LIMIT`].
    pub fn new(id_bits: u8) -> Self {
        ShardWriter { id_bits, count: 0, before: Vec::new(), bits: BitWriter::default() }
    }

    /// Adds a term, which must be greater than the one before it, and its posts, at least one.
    pub fn push(&mut self, term: &[char], postings: &Postings) {
        let pairs = self.before.iter().zip(term);
        let shared = pairs.take_while(|(a, b)| a == b).count();
        let fresh = term.len() - shared;
        let alike = fresh == 1 && term.len() == self.before.len();
        self.bits.bits(u32::from(alike), 1);
        if !alike {
            self.bits.golomb(shared as u32, 2);
            self.bits.golomb(fresh as u32 - 1, 2);
        }
        for (at, c) in term.iter().enumerate().skip(shared) {
            match self.before.get(at).filter(|_| at == shared) {
                Some(before) => self.bits.golomb(*c as u32 - *before as u32 - 1, step(*before)),
                None => self.bits.golomb(rank(*c), RANK_STEP),
            }
        }
        postings::write(postings, 1 << self.id_bits, &mut self.bits);
        self.before = term.to_vec();
        self.count += 1;
    }

    /// How many bits the terms take so far.
    pub fn bits(&self) -> usize {
        self.bits.len()
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        let mut file = Writer::new();
        file.u8(VERSION);
        file.u8(self.id_bits);
        file.u32(self.count);
        file.bytes(&self.bits.finish());
        file.finish()
    }
}

/// How far apart neighbours are: the order of the code of their distance. Of Han, about a hundred
/// of each thousand characters follow a given one.
fn step(before: char) -> u32 {
    if before < '\u{2E80}' { 1 } else { 6 }
}

/// The order of the code in which 32 characters take six bits.
const RANK_STEP: u32 = 5;

/// The letters first, as most characters of words are.
fn rank(c: char) -> u32 {
    match c {
        'a'..='z' => c as u32 - 'a' as u32,
        '0'..='9' => c as u32 - '0' as u32 + 26,
        _ => c as u32 + 36,
    }
}

/// The character of a rank.
fn unranked(rank: u32) -> u32 {
    match rank {
        0..26 => rank + 'a' as u32,
        26..36 => rank - 26 + '0' as u32,
        _ => rank - 36,
    }
}

/// A shard in memory: its bytes, in which a term is found by reading on from the first.
#[derive(Clone, Debug)]
pub struct Shard {
    id_bits: u8,
    count: u32,
    /// The bits, padded.
    bits: Vec<u8>,
}

impl Shard {
    /// Reads a file, through to its end: what is broken shows here.
    pub fn read(file: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(file);
        if reader.u8()? != VERSION {
            return Err(Broken("a shard of this version"));
        }
        let id_bits = reader.u8()?;
        if id_bits > ID_BITS_LIMIT {
            return Err(Broken("smaller ids"));
        }
        let count = reader.u32()?;
        let rest = reader.rest();
        let mut bits = Vec::with_capacity(rest.len() + PADDING);
        bits.extend_from_slice(rest);
        bits.extend_from_slice(&[0; PADDING]);
        let shard = Shard { id_bits, count, bits };
        let mut cursor = shard.cursor();
        for _ in 0..count {
            cursor.next()?;
            postings::skip(&mut cursor.bits, shard.space())?;
        }
        cursor.bits.end()?;
        Ok(shard)
    }

    /// Gives every term from `from` to `to`, both included, and its posts.
    pub fn range(
        &self,
        from: &str,
        to: &str,
        found: &mut dyn FnMut(&[char], Postings),
    ) -> Result<(), Broken> {
        let mut cursor = self.cursor();
        for _ in 0..self.count {
            cursor.next()?;
            if cursor.term.iter().copied().gt(to.chars()) {
                break;
            }
            if cursor.term.iter().copied().lt(from.chars()) {
                postings::skip(&mut cursor.bits, self.space())?;
            } else {
                found(&cursor.term, postings::read(&mut cursor.bits, self.space())?);
            }
        }
        Ok(())
    }

    fn space(&self) -> u32 {
        1 << self.id_bits
    }

    fn cursor(&self) -> Cursor<'_> {
        Cursor { term: Vec::new(), bits: BitReader::new(&self.bits) }
    }
}

/// A place in a shard.
struct Cursor<'a> {
    /// The term last read.
    term: Vec<char>,
    bits: BitReader<'a>,
}

impl Cursor<'_> {
    /// Reads the next term. Its postings must be read or skipped before the one after it.
    fn next(&mut self) -> Result<(), Broken> {
        let length = self.term.len();
        let (shared, fresh) = match self.bits.bits(1)? {
            0 => (self.bits.golomb(2)? as usize, self.bits.golomb(2)? + 1),
            _ => (length.wrapping_sub(1), 1),
        };
        if shared > length {
            return Err(Broken("a shorter beginning"));
        }
        let before = self.term.get(shared).copied();
        self.term.truncate(shared);
        for at in 0..fresh {
            let c = match before.filter(|_| at == 0) {
                Some(before) => before as u32 + 1 + self.bits.golomb(step(before))?,
                None => unranked(self.bits.golomb(RANK_STEP)?),
            };
            self.term.push(char::from_u32(c).ok_or(Broken("a character"))?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Terms = BTreeMap<String, BTreeMap<u32, u8>>;

    fn written(terms: &Terms, id_bits: u8) -> Vec<u8> {
        let mut writer = ShardWriter::new(id_bits);
        for (term, posts) in terms {
            let postings = Postings {
                ids: posts.keys().copied().collect(),
                classes: posts.values().copied().collect(),
            };
            writer.push(&term.chars().collect::<Vec<_>>(), &postings);
        }
        writer.finish()
    }

    fn range(shard: &Shard, from: &str, to: &str) -> Terms {
        let mut terms = Terms::new();
        let mut add = |term: &[char], postings: Postings| {
            let posts = postings.ids.into_iter().zip(postings.classes).collect();
            assert_eq!(terms.insert(term.iter().collect(), posts), None);
        };
        shard.range(from, to, &mut add).unwrap();
        terms
    }

    fn terms() -> impl Strategy<Value = Terms> {
        let posts = prop::collection::btree_map(0u32..1000, 0u8..4, 1..9);
        let term = prop_oneof!["[a-c0-9*]{1,5}", "[一-三云原生]{1,2}", "\\PC{1,4}"];
        prop::collection::btree_map(term, posts, 0..40)
    }

    #[test]
    fn a_rare_pair_takes_few_bytes() {
        let check = |terms: &[&str], bytes: usize| {
            let terms =
                terms.iter().map(|term| (term.to_string(), BTreeMap::from([(9_999, 0)]))).collect();
            assert_eq!(written(&terms, 14).len() - 3, bytes, "{terms:?}");
        };
        check(&["云"], 6);
        check(&["云", "云原"], 12);
        check(&["云", "云原", "云生"], 17);
        check(&["云", "云原", "云厠"], 15);
    }

    #[test]
    fn files_of_another_kind_are_refused() {
        let check = |file: &[u8], want: &'static str| {
            assert_eq!(Shard::read(file).map(|_| ()), Err(Broken(want)), "{file:?}");
        };
        check(b"", "a byte");
        check(b"<!doctype html>", "a shard of this version");
        check(&[VERSION, 21, 0], "smaller ids");
        check(&[VERSION, 20, 1], "more bits");
        check(&[VERSION, 20, 0, 0], "the end");
        check(&[VERSION, 20, 1, 0b1000_0000], "a shorter beginning");
        let file = written(&Terms::from([("云".into(), BTreeMap::from([(7, 3)]))]), 10);
        assert!(Shard::read(&file).is_ok());
        for end in 0..file.len() {
            assert!(Shard::read(&file[..end]).is_err(), "{end}");
        }
    }

    proptest! {
        #[test]
        fn all_is_read_as_it_was_written(
            terms in terms(), from in "[a-c0-9*云一]{0,3}", to in "[a-c0-9*云一]{1,3}"
        ) {
            let shard = Shard::read(&written(&terms, 10)).unwrap();
            prop_assert_eq!(&range(&shard, "", "\u{10FFFF}\u{10FFFF}\u{10FFFF}\u{10FFFF}"), &terms);
            let mut within = terms;
            within.retain(|term, _| *from <= **term && **term <= *to);
            prop_assert_eq!(range(&shard, &from, &to), within);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn broken_files_are_refused_or_read(
            terms in terms(), at: prop::sample::Index, bit in 0..8, cut: prop::sample::Index
        ) {
            let mut file = written(&terms, 10);
            let at = at.index(file.len());
            file[at] ^= 1u8 << bit;
            file.truncate(cut.index(file.len() * 2) + 1);
            if let Ok(shard) = Shard::read(&file) {
                range(&shard, "", "\u{10FFFF}");
            }
        }

        #[test]
        fn any_bytes_are_refused_or_read(
            id_bits in 0u8..22, rest in prop::collection::vec(any::<u8>(), 0..200)
        ) {
            let file = [vec![VERSION, id_bits], rest].concat();
            if let Ok(shard) = Shard::read(&file) {
                range(&shard, "", "\u{10FFFF}");
            }
        }
    }
}
