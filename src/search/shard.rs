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
            postings::read(&mut cursor.bits, shard.space(), false)?;
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
            let wanted = cursor.term.iter().copied().ge(from.chars());
            let postings = postings::read(&mut cursor.bits, self.space(), wanted)?;
            if wanted {
                found(&cursor.term, postings);
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
mod tests;
