//! Choosing posts by tags, category and year, and what each further choice would leave.

use crate::model::{Catalogue, Entry};
use crate::tag;
use crate::text;

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
    /// Reads `tag=a&tag=b&match=any&category=c&year=2026`; what it does not know it skips.
    pub fn parse(query: &str) -> Self {
        let mut filter = Filter::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let Some(value) = text::decode(&value.replace('+', " ")) else { continue };
            let key = tag::key(&value);
            match name {
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
        let mut pairs: Vec<String> =
            self.tags.iter().map(|tag| format!("tag={}", text::encode_query(tag))).collect();
        if self.mode == Match::Any {
            pairs.push("match=any".to_owned());
        }
        if let Some(category) = &self.category {
            pairs.push(format!("category={}", text::encode_query(category)));
        }
        if let Some(year) = self.year {
            pairs.push(format!("year={year}"));
        }
        pairs.join("&")
    }

    /// Whether it lets every post through.
    pub fn is_empty(&self) -> bool {
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

    /// The same filter with tags combined another way.
    pub fn with_mode(&self, mode: Match) -> Self {
        Filter { mode, ..self.clone() }
    }

    /// The posts it lets through, as indices into the catalogue, in its order.
    pub fn apply(&self, catalogue: &Catalogue) -> Vec<usize> {
        let chosen = Chosen::new(self, catalogue);
        let posts = catalogue.posts.iter().enumerate();
        posts.filter(|(_, post)| chosen.passes(post)).map(|(index, _)| index).collect()
    }

    /// For each tag of the catalogue, the number of posts that choosing it would leave; for a
    /// chosen tag, the number that carry it among those shown.
    pub fn counts(&self, catalogue: &Catalogue) -> Vec<u32> {
        let mut base = Chosen::new(self, catalogue);
        if self.mode == Match::Any {
            base.tags.clear();
            base.unknown_tag = false;
        }
        let mut counts = vec![0; catalogue.tags.len()];
        for post in catalogue.posts.iter().filter(|post| base.passes(post)) {
            for (at, tag) in post.tags.iter().enumerate() {
                let again = post.tags[..at].contains(tag);
                counts[*tag as usize] += u32::from(!again);
            }
        }
        counts
    }
}

/// A filter with its keys looked up.
struct Chosen {
    tags: Vec<u32>,
    unknown_tag: bool,
    mode: Match,
    category: Option<Option<u32>>,
    year: Option<u16>,
}

impl Chosen {
    fn new(filter: &Filter, catalogue: &Catalogue) -> Self {
        let find = |terms: &[crate::model::Term], key: &str| {
            terms.iter().position(|term| term.key == key).map(|at| at as u32)
        };
        let tags: Vec<Option<u32>> =
            filter.tags.iter().map(|key| find(&catalogue.tags, key)).collect();
        Chosen {
            unknown_tag: tags.contains(&None),
            tags: tags.into_iter().flatten().collect(),
            mode: filter.mode,
            category: filter.category.as_ref().map(|key| find(&catalogue.categories, key)),
            year: filter.year,
        }
    }

    fn passes(&self, post: &Entry) -> bool {
        let mut tags = self.tags.iter().map(|tag| post.tags.contains(tag));
        let by_tag = match self.mode {
            Match::All => !self.unknown_tag && tags.all(|carried| carried),
            Match::Any => {
                (self.tags.is_empty() && !self.unknown_tag) || tags.any(|carried| carried)
            }
        };
        let by_category = match self.category {
            None => true,
            Some(None) => false,
            Some(Some(category)) => post.categories.contains(&category),
        };
        by_tag && by_category && self.year.is_none_or(|year| post.date.year == year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Site, Term};

    /// Posts a to d with tags x, y and z: a(x) b(x y) c(y z) d(), newest first.
    fn catalogue() -> Catalogue {
        let term = |key: &str, count| Term {
            key: key.to_owned(),
            label: key.to_uppercase(),
            slug: key.to_owned(),
            count,
        };
        let entry = |path: &str, date: &str, tags: &[u32]| Entry {
            path: path.to_owned(),
            title: path.to_owned(),
            date: date.parse().unwrap(),
            excerpt: String::new(),
            tags: tags.to_vec(),
            categories: vec![0],
            minutes: 1,
            data: String::new(),
            language: None,
            pinned: false,
            series: None,
        };
        Catalogue {
            schema: 1,
            redirects: vec![],
            site: Site {
                title: String::new(),
                description: String::new(),
                author: String::new(),
                language: "zh-CN".to_owned(),
                page_size: 10,
                navigation: vec![],
            },
            tags: vec![term("x", 2), term("y", 2), term("z", 1)],
            categories: vec![term("k", 4)],
            posts: vec![
                entry("a", "2026-02-01", &[0]),
                entry("b", "2026-01-03", &[0, 1]),
                entry("c", "2025-01-02", &[1, 2]),
                entry("d", "2025-01-01", &[]),
            ],
            pages: vec![],
        }
    }

    fn check(query: &str, posts: &str, counts: [u32; 3]) {
        let (catalogue, filter) = (catalogue(), Filter::parse(query));
        let shown: String =
            filter.apply(&catalogue).iter().map(|index| &*catalogue.posts[*index].path).collect();
        assert_eq!(shown, posts, "{query}");
        assert_eq!(filter.counts(&catalogue), counts, "{query}");
    }

    #[test]
    fn filters_and_their_counts() {
        check("", "abcd", [2, 2, 1]);
        check("tag=x", "ab", [2, 1, 0]);
        check("tag=X&tag=y", "b", [1, 1, 0]);
        check("tag=x&tag=y&match=any", "abc", [2, 2, 1]);
        check("tag=x&year=2025", "", [0, 0, 0]);
        check("year=2025", "cd", [0, 1, 1]);
        check("category=k&tag=z", "c", [0, 1, 1]);
        check("category=unknown", "", [0, 0, 0]);
        check("tag=unknown", "", [0, 0, 0]);
        check("tag=unknown&match=any", "", [2, 2, 1]);
    }

    #[test]
    fn queries_round_trip() {
        for query in ["", "tag=c%2B%2B&tag=%E4%BA%91", "tag=a&match=any&category=k&year=2026"] {
            assert_eq!(Filter::parse(query).query(), query);
        }
        assert_eq!(Filter::parse("tag=ＡＩ&tag=ai&tag=&match=all&utm=1&year=x").query(), "tag=ai");
    }

    #[test]
    fn toggling_twice_changes_nothing() {
        let filter = Filter::parse("tag=a&tag=b");
        assert_eq!(filter.toggled("a").query(), "tag=b");
        assert_eq!(filter.toggled("c").toggled("c"), filter);
    }
}
