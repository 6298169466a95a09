//! Applying a filter: sets of posts, one bit each, and the sizes of their intersections.

use super::{Filter, Match};
use crate::facets::Facets;
use crate::model::Catalogue;
use crate::tag;

/// What a filter lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Ids of posts, the newest first.
    pub posts: Vec<u32>,
    /// What every choice would give.
    pub counts: Counts,
}

/// How many posts there would be after each choice; after one that is made already, how many
/// there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// For each tag of the catalogue.
    pub tags: Vec<u32>,
    /// For each category.
    pub categories: Vec<u32>,
    /// For each year with posts, the newest first.
    pub years: Vec<(u16, u32)>,
    /// With every chosen tag.
    pub all: u32,
    /// With one of them.
    pub any: u32,
}

impl Counts {
    /// Those of no filter, which the catalogue knows by itself.
    pub fn open(catalogue: &Catalogue) -> Self {
        let count = |terms: &[tag::Term]| terms.iter().map(|term| term.count).collect();
        Counts {
            tags: count(&catalogue.tags),
            categories: count(&catalogue.categories),
            years: years(catalogue),
            all: catalogue.total,
            any: catalogue.total,
        }
    }
}

/// Years with posts, the newest first, and their posts.
fn years(catalogue: &Catalogue) -> Vec<(u16, u32)> {
    let mut years: Vec<(u16, u32)> = Vec::new();
    for (month, count) in &catalogue.months {
        let year = (month / 100) as u16;
        match years.last_mut() {
            Some((last, sum)) if *last == year => *sum += count,
            _ => years.push((year, *count)),
        }
    }
    years
}

/// Applies a filter to all posts; `found` are those that have its text, where it asks for one.
pub fn select(
    filter: &Filter,
    catalogue: &Catalogue,
    facets: &Facets,
    found: Option<&[u32]>,
) -> Selection {
    let total = facets.years.len();
    let full = || Set::full(total);
    let text = found.map_or_else(full, |ids| Set::of(total, ids));
    let year = filter.year.map_or_else(full, |year| of_year(facets, year));
    let category = filter.category.as_ref().map_or_else(full, |key| {
        let at = tag::find(&catalogue.categories, key);
        Set::of(total, at.and_then(|at| facets.categories.get(at)).map_or(&[], Vec::as_slice))
    });
    let chosen: Vec<Option<usize>> =
        filter.tags.iter().map(|key| tag::find(&catalogue.tags, key)).collect();
    let ids = |at: &Option<usize>| {
        at.and_then(|at| facets.tags.get(at)).map_or(&[] as &[u32], Vec::as_slice)
    };
    let all = chosen.iter().fold(full(), |set, at| set.and(&Set::of(total, ids(at))));
    let mut any = if chosen.is_empty() { full() } else { Set::empty(total) };
    chosen.iter().for_each(|at| any.add(ids(at)));
    let tagged = match filter.mode {
        Match::All => &all,
        Match::Any => &any,
    };
    let base = text.and(&year).and(&category);
    let shown = base.and(tagged);
    let (without_category, without_year) =
        (text.and(&year).and(tagged), text.and(&category).and(tagged));
    let tag_count = |(at, ids): (usize, &Vec<u32>)| match filter.mode {
        _ if chosen.contains(&Some(at)) => shown.len(),
        Match::Any if !chosen.is_empty() => shown.len() + base.count(ids) - shown.count(ids),
        Match::Any => base.count(ids),
        Match::All => shown.count(ids),
    };
    let category_ids = facets.categories.iter();
    let counts = Counts {
        tags: facets.tags.iter().enumerate().map(tag_count).collect(),
        categories: category_ids.map(|ids| without_category.count(ids)).collect(),
        years: by_year(catalogue, facets, &without_year),
        all: base.and(&all).len(),
        any: base.and(&any).len(),
    };
    Selection { posts: shown.ids(), counts }
}

fn by_year(catalogue: &Catalogue, facets: &Facets, set: &Set) -> Vec<(u16, u32)> {
    let mut years: Vec<(u16, u32)> =
        years(catalogue).into_iter().map(|(year, _)| (year, 0)).collect();
    for id in set.ids() {
        let year = facets.years.get(id as usize);
        if let Some((_, count)) = years.iter_mut().find(|(of, _)| Some(of) == year) {
            *count += 1;
        }
    }
    years
}

fn of_year(facets: &Facets, year: u16) -> Set {
    let mut set = Set::empty(facets.years.len());
    let ids = (0..).zip(&facets.years).filter(|(_, of)| **of == year);
    ids.for_each(|(id, _)| set.insert(id));
    set
}

/// A set of posts.
struct Set(Vec<u32>);

impl Set {
    fn empty(total: usize) -> Self {
        Set(vec![0; total.div_ceil(32)])
    }

    fn full(total: usize) -> Self {
        let mut set = Set(vec![u32::MAX; total.div_ceil(32)]);
        if let Some(last) = set.0.last_mut().filter(|_| !total.is_multiple_of(32)) {
            *last = (1 << (total % 32)) - 1;
        }
        set
    }

    fn of(total: usize, ids: &[u32]) -> Self {
        let mut set = Set::empty(total);
        set.add(ids);
        set
    }

    fn add(&mut self, ids: &[u32]) {
        ids.iter().for_each(|id| self.insert(*id));
    }

    fn insert(&mut self, id: u32) {
        if let Some(word) = self.0.get_mut(id as usize / 32) {
            *word |= 1 << (id % 32);
        }
    }

    fn has(&self, id: u32) -> bool {
        self.0.get(id as usize / 32).is_some_and(|word| word >> (id % 32) & 1 == 1)
    }

    fn and(&self, other: &Set) -> Set {
        Set(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// How many of some posts are in it.
    fn count(&self, ids: &[u32]) -> u32 {
        ids.iter().filter(|id| self.has(**id)).count() as u32
    }

    /// Its posts, the newest first.
    fn ids(&self) -> Vec<u32> {
        (0..self.0.len() as u32 * 32).rev().filter(|id| self.has(*id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::Term;

    /// Posts d, c, b, a, the newest first, with tags x, y and z: a(x) b(x y) c(y z) d(); a and b
    /// of 2025, c and d of 2026; all of category k, d of l as well.
    fn blog() -> (Catalogue, Facets) {
        let term = |key: &str, count| Term {
            key: key.to_owned(),
            label: key.to_uppercase(),
            slug: key.to_owned(),
            count,
        };
        let catalogue = Catalogue {
            total: 4,
            tags: vec![term("x", 2), term("y", 2), term("z", 1)],
            categories: vec![term("k", 4), term("l", 1)],
            months: vec![(202602, 1), (202601, 1), (202503, 2)],
            ..Catalogue::default()
        };
        let facets = Facets {
            years: vec![2025, 2025, 2026, 2026],
            tags: vec![vec![0, 1], vec![1, 2], vec![2]],
            categories: vec![vec![0, 1, 2, 3], vec![3]],
        };
        (catalogue, facets)
    }

    fn check(query: &str, posts: &str, counts: [u32; 3]) {
        let ((catalogue, facets), filter) = (blog(), Filter::parse(query));
        let selection = select(&filter, &catalogue, &facets, None);
        let shown: String = selection.posts.iter().map(|id| char::from(b'a' + *id as u8)).collect();
        assert_eq!(shown, posts, "{query}");
        assert_eq!(selection.counts.tags, counts, "{query}");
        // Each count is what the choice gives.
        let len = |filter: &Filter| select(filter, &catalogue, &facets, None).posts.len() as u32;
        for (term, count) in catalogue.tags.iter().zip(&selection.counts.tags) {
            let chosen = filter.tags.contains(&term.key);
            let next = if chosen { filter.clone() } else { filter.toggled(&term.key) };
            assert_eq!(len(&next), *count, "{query}: {}", term.key);
        }
        for (term, count) in catalogue.categories.iter().zip(&selection.counts.categories) {
            let next = Filter { category: Some(term.key.clone()), ..filter.clone() };
            assert_eq!(len(&next), *count, "{query}: {}", term.key);
        }
        for (year, count) in &selection.counts.years {
            let next = Filter { year: Some(*year), ..filter.clone() };
            assert_eq!(len(&next), *count, "{query}: {year}");
        }
        assert_eq!(len(&filter.with_mode(Match::All)), selection.counts.all, "{query}: all");
        assert_eq!(len(&filter.with_mode(Match::Any)), selection.counts.any, "{query}: any");
    }

    #[test]
    fn filters_and_what_each_choice_would_give() {
        check("", "dcba", [2, 2, 1]);
        check("tag=x", "ba", [2, 1, 0]);
        check("tag=X&tag=y", "b", [1, 1, 0]);
        check("tag=x&match=any", "ba", [2, 3, 3]);
        check("tag=x&tag=y&match=any", "cba", [3, 3, 3]);
        check("match=any", "dcba", [2, 2, 1]);
        check("tag=x&year=2026", "", [0, 0, 0]);
        check("year=2026", "dc", [0, 1, 1]);
        check("category=k&tag=z", "c", [0, 1, 1]);
        check("category=l", "d", [0, 0, 0]);
        check("category=unknown", "", [0, 0, 0]);
        check("tag=unknown", "", [0, 0, 0]);
        check("tag=unknown&match=any", "", [2, 2, 1]);
        check("year=1999", "", [0, 0, 0]);
    }

    #[test]
    fn a_text_narrows_all_counts() {
        let (catalogue, facets) = blog();
        let selection = select(&Filter::default(), &catalogue, &facets, Some(&[1, 3, 99]));
        assert_eq!(selection.posts, [3, 1]);
        assert_eq!(selection.counts.tags, [1, 1, 0]);
        assert_eq!(selection.counts.years, [(2026, 1), (2025, 1)]);
        assert_eq!((selection.counts.all, selection.counts.any), (2, 2));
    }

    #[test]
    fn without_a_filter_the_catalogue_knows_the_counts() {
        let (catalogue, facets) = blog();
        let selection = select(&Filter::default(), &catalogue, &facets, None);
        assert_eq!(selection.counts, Counts::open(&catalogue));
    }

    #[test]
    fn sets_end_where_the_posts_end() {
        for total in [0, 1, 31, 32, 33, 64] {
            assert_eq!(Set::full(total).len() as usize, total);
            assert_eq!(Set::full(total).ids().len(), total);
        }
    }
}
