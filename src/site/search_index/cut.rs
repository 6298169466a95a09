//! Where one shard ends and the next begins.
//!
//! The smaller the shards, the less of them a query fetches, but the longer the directory. Both
//! are shortest together where shards grow with the square root of the index ([`aim`]).
//!
//! A new post makes some terms longer. If shards were just filled up, all behind them would change.
//! So each ends, within some room, before a term that is chosen by itself: the next index will
//! choose the same, and the files of most shards stay as they are in the caches of readers.

use std::ops::Range;

use rayon::prelude::*;

use super::terms::{Group, Index};
use crate::search::shard::ShardWriter;

/// A query fetches the whole directory, and some three shards.
const FETCHED: usize = 3;
/// About how many bytes of the directory a shard takes.
const ENTRY: usize = 8;

/// Bounds of the aimed size of a shard, in bytes. More and smaller files don't pay, and larger ones
/// take the browser longer to read.
const LEAST: usize = 3 * 1024 + 512;
const MOST: usize = 16 * 1024;

/// How many bits each term and its postings take, give or take a few.
pub(super) fn sizes(index: &Index, groups: &[Group], id_bits: u8) -> Vec<usize> {
    // A part is written as if it were a shard, to be measured and thrown away.
    let part = |groups: &[Group]| -> Vec<usize> {
        let mut writer = ShardWriter::new(id_bits);
        let mut size = |group| {
            let before = writer.bits();
            writer.push(&index.term(group), &index.postings(group));
            writer.bits() - before
        };
        groups.iter().map(&mut size).collect()
    };
    groups.par_chunks(PART).flat_map_iter(part).collect()
}

/// How many terms are measured in one go.
const PART: usize = 4096;

/// The size in bytes of the shards of an index, for which a query fetches least.
fn aim(total: usize) -> usize {
    (total * ENTRY / FETCHED).isqrt().clamp(LEAST, MOST)
}

/// The terms of each shard, given their sizes in bits.
pub(super) fn ranges(index: &Index, groups: &[Group], sizes: &[usize]) -> Vec<Range<usize>> {
    let aim = 8 * aim(sizes.iter().sum::<usize>() / 8);
    let (mut ranges, mut start, mut size) = (Vec::new(), 0, 0);
    let mut best: Option<(u64, usize, usize)> = None;
    for (at, more) in sizes.iter().enumerate() {
        if size > aim * 7 / 8 {
            let merit = merit(index, groups, at);
            if best.is_none_or(|(least, ..)| merit < least) {
                best = Some((merit, at, size));
            }
        }
        size += more;
        if size > aim * 9 / 8 {
            // A term that is longer than all the room ends a shard.
            let (_, end, before) = best.take().unwrap_or((0, at + 1, size));
            ranges.push(start..end);
            (start, size) = (end, size - before);
        }
    }
    if start < groups.len() {
        ranges.push(start..groups.len());
    }
    ranges
}

/// How well a shard begins with a term, the less the better: with a new first character, so that
/// the directory needs but that; else by a number that the term's characters give.
fn merit(index: &Index, groups: &[Group], at: usize) -> u64 {
    let term = index.term(&groups[at]);
    let before = index.term(&groups[at - 1]);
    // The last step of SplitMix64 (Steele, Lea and Flood, 2014). Neighbouring characters must give
    // numbers that are in no order.
    let mix = |hash: u64, c: &char| {
        let hash = (hash ^ u64::from(*c as u32)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        hash ^ hash >> 31
    };
    let hash = term.iter().fold(0, mix);
    u64::from(term.first() == before.first()) << 63 | hash >> 1
}

/// The fewest bytes that are greater than the term before and not greater than the term; none for
/// the first shard.
pub(super) fn start(index: &Index, groups: &[Group], at: usize) -> Vec<u8> {
    let text = |at: usize| index.term(&groups[at]).into_iter().collect::<String>();
    let Some(before) = at.checked_sub(1).map(text) else { return Vec::new() };
    let pairs = before.bytes().zip(text(at).into_bytes());
    let shared = pairs.take_while(|(a, b)| a == b).count();
    text(at).into_bytes()[..=shared].to_vec()
}
