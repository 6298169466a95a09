//! Where a term occurs: ids of posts in ascending order, each with the class of the strongest
//! place.
//!
//! Ids are in binary interpolative code (Moffat and Stuiver, "Binary Interpolative Coding for
//! Effective Index Compression", 2000): the middle one first, in as few bits as the numbers
//! between its neighbours need, then each half in the same way. Classes are lists in the same
//! code: which of the posts are above the lowest class, which of these above the next, and so on.

use super::bits::{BitReader, BitWriter};
use crate::bytes::Broken;

/// The class of a title or a tag.
pub const TITLE: u8 = 3;
/// The class of a heading.
pub const HEADING: u8 = 2;
/// The class of a term that occurs in the body at least [`OFTEN_COUNT`] times.
pub const OFTEN: u8 = 1;
/// The class of a term that occurs in the body.
pub const BODY: u8 = 0;
/// How many times are often.
pub const OFTEN_COUNT: usize = 3;

/// The posts of one term. Both lists have the same length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// Ascending.
    pub ids: Vec<u32>,
    /// Of each post, from [`BODY`] to [`TITLE`].
    pub classes: Vec<u8>,
}

/// Writes at least one posting, with ids below `space`.
pub fn write(postings: &Postings, space: u32, out: &mut BitWriter) {
    out.gamma(postings.ids.len() as u32);
    write_list(&postings.ids, 0, space, out);
    let mut classes = postings.classes.clone();
    for class in OFTEN..=TITLE {
        let above = (0..).zip(&classes).filter(|(_, c)| **c >= class);
        let above: Vec<u32> = above.map(|(at, _)| at).collect();
        out.gamma(above.len() as u32 + 1);
        write_list(&above, 0, classes.len() as u32, out);
        classes.retain(|c| *c >= class);
        if classes.is_empty() {
            break;
        }
    }
}

/// Reads postings; reads over them, and gives none, where they are not `wanted`.
pub fn read(bits: &mut BitReader, mut space: u32, wanted: bool) -> Result<Postings, Broken> {
    let mut count = counted(bits.gamma()?, space)?;
    let mut ids = Vec::new();
    read_list(bits, count, 0, space, wanted, &mut ids)?;
    let mut classes = vec![BODY; ids.len()];
    // Which of the posts are at least of the class before.
    let mut at_least: Vec<u32> = (0..ids.len() as u32).collect();
    for class in OFTEN..=TITLE {
        space = count;
        count = counted(bits.gamma()? - 1, space)?;
        if count == 0 {
            break;
        }
        let mut above = Vec::new();
        read_list(bits, count, 0, space, wanted, &mut above)?;
        for at in &mut above {
            *at = at_least[*at as usize];
            classes[*at as usize] = class;
        }
        at_least = above;
    }
    Ok(Postings { ids, classes })
}

fn counted(count: u32, space: u32) -> Result<u32, Broken> {
    if count <= space { Ok(count) } else { Err(Broken("fewer posts")) }
}

/// Writes ascending numbers from `low` to below `high`. How many there are is known.
fn write_list(list: &[u32], low: u32, high: u32, out: &mut BitWriter) {
    let count = list.len() as u32;
    if count == 0 || count == high - low {
        return;
    }
    let middle = count / 2;
    let value = list[middle as usize];
    out.below(value - low - middle, high - low - count + 1);
    write_list(&list[..middle as usize], low, value, out);
    write_list(&list[middle as usize + 1..], value + 1, high, out);
}

/// Reads `count` numbers from `low` to below `high`, or only reads over them. Takes a bit for each
/// step at least, so a broken file can't keep it busy.
fn read_list(
    bits: &mut BitReader,
    count: u32,
    low: u32,
    high: u32,
    wanted: bool,
    list: &mut Vec<u32>,
) -> Result<(), Broken> {
    if count == 0 || count == high - low {
        list.extend(low..low + if wanted { count } else { 0 });
        return Ok(());
    }
    let middle = count / 2;
    let value = low + middle + bits.below(high - low - count + 1)?;
    read_list(bits, middle, low, value, wanted, list)?;
    if wanted {
        list.push(value);
    }
    read_list(bits, count - middle - 1, value + 1, high, wanted, list)
}

#[cfg(test)]
mod tests {
    use super::super::bits::PADDING;
    use super::*;
    use proptest::prelude::*;

    fn written(list: &[(u32, u8)], space: u32) -> (Postings, Vec<u8>) {
        let (ids, classes) = list.iter().copied().unzip();
        let postings = Postings { ids, classes };
        let mut out = BitWriter::default();
        write(&postings, space, &mut out);
        (postings, out.finish())
    }

    #[test]
    fn rare_and_dense_terms_are_small() {
        let check = |list: &[(u32, u8)], bytes: usize| {
            assert_eq!(written(list, 16_384).1.len(), bytes, "{} posts", list.len());
        };
        check(&[(9_999, BODY)], 2);
        check(&[(5, BODY), (9_999, BODY)], 4);
        let all: Vec<_> = (0..16_384).map(|id| (id, BODY)).collect();
        check(&all, 4);
        let every_other: Vec<_> = (0..16_384).step_by(2).map(|id| (id, BODY)).collect();
        assert!(written(&every_other, 16_384).1.len() < 3_000);
    }

    proptest! {
        #[test]
        fn all_is_read_as_it_was_written(
            list in prop::collection::btree_map(0u32..500, 0u8..4, 1..300), more in 0u32..50_000
        ) {
            let list: Vec<_> = list.into_iter().collect();
            let space = list.last().map_or(0, |(id, _)| id + 1) + more;
            let (postings, mut bytes) = written(&list, space);
            bytes.extend([0; PADDING]);
            let mut bits = BitReader::new(&bytes);
            prop_assert_eq!(read(&mut bits, space, true), Ok(postings));
            prop_assert_eq!(bits.end(), Ok(()));
            let mut bits = BitReader::new(&bytes);
            prop_assert_eq!(read(&mut bits, space, false), Ok(Postings::default()));
            prop_assert_eq!(bits.end(), Ok(()));
        }
    }
}
