//! All posts by month, and how many each month has.

use super::markup::{Markup, element, text};
use super::{Scene, heading, lead, list, page_head};
use crate::model::Entry;
use crate::page::{self, List};
use crate::route::Route;
use crate::words;

/// A page of all posts, newest first, under their years and months.
pub fn archive(scene: &Scene, list: &List) -> Vec<Markup> {
    let words = scene.words;
    let total = lead(words::with(words.results, list.total));
    let mut parts = vec![page_head(vec![heading(words.archive), total])];
    if list.total == 0 {
        parts.push(list::empty(words.no_posts));
        return parts;
    }
    parts.push(calendar(scene));
    let years = list.posts.chunk_by(|a, b| a.date.year == b.date.year);
    parts.extend(years.map(|posts| year(scene, posts)));
    parts.extend((list.pages > 1).then(|| list::pager(scene, &list.route, list.page, list.pages)));
    parts
}

/// A table of years and months; each number leads to its posts.
fn calendar(scene: &Scene) -> Markup {
    let words = scene.words;
    let months = &scene.catalogue.months;
    let most = months.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let corner = element("th", vec![text(words.year)]).with("scope", "col").done();
    let names = (1..=12).map(|month| {
        let name = words::with(words.month, month);
        let number = element("abbr", vec![text(month.to_string())]).with("title", name).done();
        element("th", vec![number]).with("scope", "col").done()
    });
    let head = element("tr", std::iter::once(corner).chain(names).collect()).done();
    let mut rows = Vec::new();
    let mut at = 0;
    for of_year in months.chunk_by(|a, b| a.0 / 100 == b.0 / 100) {
        let year = of_year.first().map_or(0, |(month, _)| month / 100);
        let title = element("th", vec![text(year.to_string())]).with("scope", "row").done();
        let cell = |month: u32| {
            let found = of_year.iter().position(|(of, _)| of % 100 == month);
            let count = found.and_then(|found| of_year.get(found)).map_or(0, |(_, count)| *count);
            let link = found.map(|found| to_month(scene, at + found, count));
            let cell = element("td", link.into_iter().collect());
            cell.with("class", LEVELS[level(count, most)]).done()
        };
        rows.push(element("tr", std::iter::once(title).chain((1..=12).map(cell)).collect()).done());
        at += of_year.len();
    }
    let caption = element("caption", vec![text(words.calendar)]).done();
    let (head, body) = (element("thead", vec![head]).done(), element("tbody", rows).done());
    let table = element("table", vec![caption, head, body]).with("class", "calendar").done();
    // Where the table is wider than the screen it scrolls, also by keyboard.
    element("div", vec![table])
        .with("class", "calendar-box")
        .with("role", "region")
        .with("tabindex", "0")
        .with("aria-label", words.calendar)
        .done()
}

/// How dark a month is, from none to full.
const LEVELS: [&str; 5] = ["", "level-1", "level-2", "level-3", "level-4"];

fn level(count: u32, most: u32) -> usize {
    (count * 4).div_ceil(most.max(1)).min(4) as usize
}

/// A link to the first post of a month, by the month's place in the catalogue.
fn to_month(scene: &Scene, at: usize, count: u32) -> Markup {
    let Some((month, _)) = scene.catalogue.months.get(at) else { return text("") };
    let page = page::archive_page(&scene.catalogue, at);
    let href = scene.href(&Route::Archive { page });
    let name = scene.words.year_month(*month);
    let name = [name, words::with(scene.words.posts, count)].join(" ");
    let link = element("a", vec![text(count.to_string())]).with("aria-label", name);
    link.with("href", format!("{href}#{}", anchor(*month))).done()
}

/// The id of a month's heading.
fn anchor(month: u32) -> String {
    format!("m-{month}")
}

fn year(scene: &Scene, posts: &[std::sync::Arc<Entry>]) -> Markup {
    let year = posts.first().map_or(0, |post| post.date.year);
    let of_year = scene.catalogue.months.iter().filter(|(of, _)| of / 100 == u32::from(year));
    let count = words::with(scene.words.posts, of_year.map(|(_, count)| count).sum::<u32>());
    let count = element("span", vec![text(count)]).with("class", "archive-count").done();
    let title = element("h2", vec![text(year.to_string()), text(" "), count]).done();
    let mut parts = vec![title];
    let months = posts.chunk_by(|a, b| a.date.month == b.date.month);
    parts.extend(months.flat_map(|posts| month(scene, posts)));
    element("section", parts).with("class", "archive-year").done()
}

fn month(scene: &Scene, posts: &[std::sync::Arc<Entry>]) -> Vec<Markup> {
    let Some(first) = posts.first() else { return Vec::new() };
    let title = element("h3", vec![text(words::with(scene.words.month, first.date.month))]);
    let rows = element("ol", posts.iter().map(|post| row(scene, post)).collect());
    vec![
        title.with("id", anchor(first.date.month())).with("class", "archive-month").done(),
        rows.with("class", "archive-list").done(),
    ]
}

fn row(scene: &Scene, post: &Entry) -> Markup {
    let href = scene.href(&Route::Document { path: post.path.clone() });
    let day = format!("{:02}.{:02}", post.date.month, post.date.day);
    let date = element("time", vec![text(day)]).with("datetime", post.date.to_string());
    let link = element("a", vec![list::title(&post.title)]).with("href", href);
    element("li", vec![date.done(), link.maybe("lang", post.language.clone()).done()]).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_with_posts_is_never_pale() {
        let levels = |most| [0, 1, most / 2, most].map(|count| level(count, most));
        assert_eq!(levels(100), [0, 1, 2, 4]);
        assert_eq!(level(1, 1), 4);
        assert_eq!(level(0, 0), 0);
    }
}
