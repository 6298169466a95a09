//! Which posts each tag, category and year has: what filters are applied to.
//!
//! A small blog's are made of its posts; of a larger one they are a file of their own,
//! `data/facets-<hash>.bin`, which is loaded once a reader filters:
//!
//! ```text
//! version 1: one byte
//! posts: varint; for each, from the oldest: its year less that of the post before, zigzag varint
//! tags: varint; for each, in the order of the catalogue: its posts, ascending (`bytes`)
//! categories: the same
//! ```

use crate::bytes::{Broken, Reader, Writer};
use crate::model::{Catalogue, Entry};
use crate::tag::{self, Kind, Term};

/// Posts by id for each tag, category and year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// The year of each post, by id.
    pub years: Vec<u16>,
    /// For each tag of the catalogue the ids of its posts, ascending.
    pub tags: Vec<Vec<u32>>,
    /// For each category the same.
    pub categories: Vec<Vec<u32>>,
}

const VERSION: u8 = 1;

impl Facets {
    /// Those of all posts, which come newest first.
    pub fn of(catalogue: &Catalogue, posts: &[Entry]) -> Self {
        let none = |terms: &[Term]| vec![Vec::new(); terms.len()];
        let mut facets = Facets {
            years: Vec::new(),
            tags: none(&catalogue.tags),
            categories: none(&catalogue.categories),
        };
        for post in posts.iter().rev() {
            facets.years.push(post.date.year);
            enter(&mut facets.tags, &catalogue.tags, &post.tags, post.id);
            enter(&mut facets.categories, &catalogue.categories, &post.categories, post.id);
        }
        facets
    }

    /// The ids of the posts of a term, ascending, by its place in the catalogue.
    pub fn of_term(&self, kind: Kind, at: usize) -> &[u32] {
        let lists = match kind {
            Kind::Tag => &self.tags,
            Kind::Category => &self.categories,
        };
        lists.get(at).map_or(&[], Vec::as_slice)
    }

    /// Reads what [`Facets::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(bytes);
        if reader.u8()? != VERSION {
            return Err(Broken("facets of another version"));
        }
        let total = reader.u32()?;
        let (mut years, mut year) = (Vec::new(), 0_i32);
        for _ in 0..total {
            year = year.wrapping_add(unzigzag(reader.u32()?));
            years.push(u16::try_from(year).map_err(|_| Broken("a year"))?);
        }
        let facets = Facets { years, tags: lists(&mut reader)?, categories: lists(&mut reader)? };
        reader.end()?;
        let inside = |list: &Vec<u32>| list.last().is_none_or(|id| *id < total);
        if facets.tags.iter().chain(&facets.categories).all(inside) {
            Ok(facets)
        } else {
            Err(Broken("ids of posts"))
        }
    }

    /// The bytes of the file.
    pub fn write(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.u8(VERSION);
        writer.u32(self.years.len() as u32);
        let mut before = 0;
        for year in &self.years {
            writer.u32(zigzag(i32::from(*year) - before));
            before = i32::from(*year);
        }
        for lists in [&self.tags, &self.categories] {
            writer.u32(lists.len() as u32);
            lists.iter().for_each(|list| writer.ascending(list));
        }
        writer.finish()
    }
}

fn enter(lists: &mut [Vec<u32>], terms: &[Term], keys: &[String], id: u32) {
    for key in keys {
        let list = tag::find(terms, key).and_then(|at| lists.get_mut(at));
        if let Some(list) = list.filter(|list| list.last() != Some(&id)) {
            list.push(id);
        }
    }
}

fn lists(reader: &mut Reader<'_>) -> Result<Vec<Vec<u32>>, Broken> {
    let count = reader.u32()?;
    (0..count).map(|_| reader.ascending()).collect()
}

fn zigzag(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)) as u32
}

fn unzigzag(number: u32) -> i32 {
    (number >> 1) as i32 ^ -((number & 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facets() -> Facets {
        Facets {
            years: vec![1999, 2025, 2024, 2026],
            tags: vec![vec![0, 3], vec![], vec![1, 2, 3]],
            categories: vec![vec![2]],
        }
    }

    #[test]
    fn files_round_trip() {
        for facets in [facets(), Facets::default()] {
            assert_eq!(Facets::read(&facets.write()), Ok(facets));
        }
    }

    #[test]
    fn broken_files_are_refused() {
        let bytes = facets().write();
        for end in 0..bytes.len() {
            assert!(Facets::read(&bytes[..end]).is_err(), "{end}");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(Facets::read(&longer).is_err());
        let mut older = bytes;
        older[0] = 0;
        assert_eq!(Facets::read(&older), Err(Broken("facets of another version")));
        let outside = Facets { tags: vec![vec![9]], ..facets() };
        assert_eq!(Facets::read(&outside.write()), Err(Broken("ids of posts")));
        // A count that no file could have.
        assert!(Facets::read(&[VERSION, 255, 255, 255, 255, 15]).is_err());
    }
}
