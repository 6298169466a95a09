//! Choosing posts by text, tags, category and year, and what each further choice would give.
//!
//! A [`Filter`] is the choice, and the query of its address. [`select`] applies it to the
//! [`Facets`](crate::facets::Facets) of all posts; lists, tag pages and the search use the same.

mod select;

use crate::tag;
use crate::text;

pub use select::{Counts, Selection, select};

/// Whether a post must carry every chosen tag or one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Match {
    /// Every chosen tag.
    #[default]
    All,
    /// At least one of them.
    Any,
}

/// A choice of posts; the state of the filter, and of its URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What the text must have, as the reader wrote it; empty for anything.
    pub text: String,
    /// Folded keys, in the order of choosing, each once.
    pub tags: Vec<String>,
    /// How several tags combine.
    pub mode: Match,
    /// The folded key of a category.
    pub category: Option<String>,
    /// A year of publication.
    pub year: Option<u16>,
}

impl Filter {
    /// Reads `q=x&tag=a&tag=b&match=any&category=c&year=2026`; what it does not know it skips.
    pub fn parse(query: &str) -> Self {
        let mut filter = Filter::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let Some(value) = text::decode(&value.replace('+', " ")) else { continue };
            let key = tag::key(&value);
            match name {
                "q" => filter.text = value,
                "tag" if !key.is_empty() && !filter.tags.contains(&key) => filter.tags.push(key),
                "match" if value == "any" => filter.mode = Match::Any,
                "category" if !key.is_empty() => filter.category = Some(key),
                "year" => filter.year = value.parse().ok(),
                _ => {}
            }
        }
        filter
    }

    /// The query that [`Filter::parse`] reads back; empty for no filter. Always in one order.
    pub fn query(&self) -> String {
        let mut pairs = Vec::new();
        let mut pair = |name: &str, value: &str| {
            pairs.push([name, "=", &text::encode_query(value)].concat());
        };
        if !self.text.is_empty() {
            pair("q", &self.text);
        }
        self.tags.iter().for_each(|tag| pair("tag", tag));
        if self.mode == Match::Any {
            pair("match", "any");
        }
        if let Some(category) = &self.category {
            pair("category", category);
        }
        if let Some(year) = self.year {
            pair("year", &year.to_string());
        }
        pairs.join("&")
    }

    /// Whether it lets every post through, whatever the text.
    pub fn is_open(&self) -> bool {
        self.tags.is_empty() && self.category.is_none() && self.year.is_none()
    }

    /// The same filter with one tag more, or less where it is chosen already.
    pub fn toggled(&self, key: &str) -> Self {
        let mut filter = self.clone();
        match filter.tags.iter().position(|tag| tag == key) {
            Some(at) => drop(filter.tags.remove(at)),
            None => filter.tags.push(key.to_owned()),
        }
        filter
    }

    /// The same filter with another category, or none where it is chosen already.
    pub fn with_category(&self, key: &str) -> Self {
        let chosen = self.category.as_deref() == Some(key);
        Filter { category: (!chosen).then(|| key.to_owned()), ..self.clone() }
    }

    /// The same filter with another year, or none where it is chosen already.
    pub fn with_year(&self, year: u16) -> Self {
        Filter { year: (self.year != Some(year)).then_some(year), ..self.clone() }
    }

    /// The same filter with tags combined another way.
    pub fn with_mode(&self, mode: Match) -> Self {
        Filter { mode, ..self.clone() }
    }

    /// The text alone.
    pub fn opened(&self) -> Self {
        Filter { text: self.text.clone(), ..Filter::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_round_trip() {
        for query in [
            "",
            "tag=c%2B%2B&tag=%E4%BA%91",
            "tag=a&match=any&category=k&year=2026",
            "q=%E5%B0%B1%20%22a%22&tag=a",
        ] {
            assert_eq!(Filter::parse(query).query(), query);
        }
        assert_eq!(Filter::parse("tag=ＡＩ&tag=ai&tag=&match=all&utm=1&year=x").query(), "tag=ai");
    }

    #[test]
    fn choosing_twice_changes_nothing() {
        let filter = Filter::parse("tag=a&tag=b&category=k&year=2026");
        assert_eq!(filter.toggled("a").query(), "tag=b&category=k&year=2026");
        assert_eq!(filter.toggled("c").toggled("c"), filter);
        assert_eq!(filter.with_category("k").with_category("k"), filter);
        assert_eq!(filter.with_year(2025).with_year(2026), filter);
        assert!(filter.opened().is_open());
    }
}
