//! Prepares a post's body for the browser: Liquid and kramdown become plain CommonMark with
//! GitHub's additions, or are reported.
//!
//! 1. `{% raw %}` tags go, wherever they stand (`raw`).
//! 2. What may hold anything and is no Markdown: highlighted code becomes fenced, comments of
//!    Liquid (`highlight`) and of kramdown go, and its other extensions (`extensions`). Only now
//!    it is known what all is code.
//! 3. Liquid's tags and outputs outside code become what they say, or go with a warning (`tags`,
//!    over `scan`, `value` and `embed`).
//! 4. Formulas become MathML (`formulas`), addresses become links (`autolinks`).
//! 5. kramdown's lines of attributes go, and what they say is noted (`ial`, over `attributes`).
//! 6. What was noted, and the attributes within lines, is applied (`apply`, over `blocks`).
//!
//! Each pass reads the text that the one before made, and finds code (`code`) with the browser's
//! own parser. [`Prepared::origin`] leads back through all of them. Nothing here reads files or
//! runs a template.

mod apply;
mod attributes;
mod autolinks;
mod blocks;
mod code;
mod edits;
mod embed;
mod extensions;
mod formulas;
mod highlight;
mod ial;
mod lines;
mod raw;
mod scan;
mod tags;
mod value;

use std::collections::BTreeMap;
use std::ops::Range;

use attributes::Definitions;
use blocks::Blocks;
use code::Code;
use edits::{Draft, Origins};
use ial::{Note, Place};
use lines::Lines;
use scan::Scanner;

/// Rounds of looking for highlighted code; each can only reveal what the one before hid.
const ROUNDS: usize = 3;

/// What the tags of a post may ask for.
pub struct Context<'a> {
    /// Whether Liquid is used; `false` for `render_with_liquid: false`, where it stays as text.
    pub liquid: bool,
    /// Whether dollar signs may mean formulas.
    pub math: bool,
    /// The site.
    pub site: SiteFacts<'a>,
    /// The post.
    pub page: PageFacts<'a>,
    /// The path below the base, such as `posts/x/`, of the post a `{% post_url %}` names:
    /// `2026-01-14-name` or `dir/2026-01-14-name`.
    pub post: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// The path below the base of the file a `{% link %}` names: `_posts/2026-01-14-name.md`,
    /// `assets/a.pdf`, `/about.md`.
    pub file: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

/// What `{{ site.… }}` may say.
#[derive(Clone, Copy, Debug, Default)]
pub struct SiteFacts<'a> {
    /// The site's name.
    pub title: &'a str,
    /// What it is about.
    pub description: &'a str,
    /// Who writes it.
    pub author: &'a str,
    /// Its address without a slash at the end, such as `https://blog.example`; `None` if unknown.
    pub url: Option<&'a str>,
}

/// What `{{ page.… }}` may say.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageFacts<'a> {
    /// The post's title.
    pub title: &'a str,
    /// Its path below the base, such as `posts/x/`.
    pub path: &'a str,
    /// Its day, such as `2026-01-14`.
    pub date: &'a str,
}

/// What stands in place of a post or file that is not there; no link may have this scheme, so only
/// its text is shown.
pub const UNKNOWN: &str = "unknown:";

/// One thing that could not be taken over; the post is shown all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The bytes it is about, in the body as written.
    pub range: Range<usize>,
    /// What is wrong: the value quoted, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// A body that the browser understands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prepared {
    /// The Markdown.
    pub markdown: String,
    /// Width and height in pixels by image destination, as the parser of the result gives it.
    pub sizes: BTreeMap<String, (Option<u32>, Option<u32>)>,
    /// Where in `markdown` the list with `{:toc}` was, in bytes; an empty line is there now.
    /// `None` without one.
    pub toc_at: Option<usize>,
    origins: Origins,
}

impl Prepared {
    /// Where in the body as written a byte offset of `markdown` comes from.
    pub fn origin(&self, offset: usize) -> usize {
        self.origins.of(offset)
    }
}

/// Prepares a body whose line ends are `\n`. Findings come in the order of their places.
pub fn prepare(body: &str, context: &Context<'_>) -> (Prepared, Vec<Finding>) {
    let mut draft = Draft::new(body);
    let liquid = context.liquid && has_liquid(body);
    let raw = if liquid { raw_tags(&mut draft) } else { Vec::new() };
    for _ in 0..ROUNDS {
        let highlighted = liquid && highlighted(&mut draft, &raw);
        if !(extensions(&mut draft) || highlighted) {
            break;
        }
    }
    if liquid {
        tags(&mut draft, &raw, context);
    }
    if context.math {
        let marks = formulas::formulas(&draft.text);
        draft.apply(marks);
    }
    let marks = autolinks::autolinks(&draft.text);
    draft.apply(marks);
    let (mut sizes, mut toc_at) = (BTreeMap::new(), None);
    if has_kramdown(&draft.text) {
        (sizes, toc_at) = attributes(&mut draft);
    }
    let mut findings = draft.findings;
    findings.sort_by_key(|finding| finding.range.start);
    (Prepared { markdown: draft.text, sizes, toc_at, origins: draft.origins }, findings)
}

fn has_liquid(text: &str) -> bool {
    text.contains("{%") || text.contains("{{")
}

fn has_kramdown(text: &str) -> bool {
    let end_of_block = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), &text[at + 1..]);
        before.is_none_or(|c| matches!(c, '\n' | '>' | ' '))
            && after.chars().next().is_none_or(char::is_whitespace)
    };
    text.contains("{:") || text.match_indices('^').any(|(at, _)| end_of_block(at))
}

/// Takes the `{% raw %}` tags away; returns what is between them, in the body as written.
fn raw_tags(draft: &mut Draft) -> Vec<Range<usize>> {
    let (marks, raw) = raw::raw(&draft.text);
    draft.apply(marks);
    raw
}

/// Whether there was highlighted code or a Liquid comment.
fn highlighted(draft: &mut Draft, raw: &[Range<usize>]) -> bool {
    if !["highlight", "comment"].iter().any(|name| draft.text.contains(name)) {
        return false;
    }
    let (code, lines) = (Code::of(&draft.text), Lines::of(&draft.text));
    let is_raw = |at| in_order(raw, draft.origins.of(at));
    let scanner = Scanner::new(&draft.text, &code, &lines, raw, &draft.origins);
    let marks = highlight::blocks(&draft.text, &lines, scanner, is_raw);
    let changes = marks.changes();
    draft.apply(marks);
    changes
}

/// Whether there were extensions of kramdown.
fn extensions(draft: &mut Draft) -> bool {
    if !draft.text.contains("{::") && !draft.text.contains("{:/") {
        return false;
    }
    let (code, lines) = (Code::of(&draft.text), Lines::of(&draft.text));
    let marks = extensions::extensions(&draft.text, &lines, &code);
    let changes = marks.changes();
    draft.apply(marks);
    changes
}

fn tags(draft: &mut Draft, raw: &[Range<usize>], context: &Context<'_>) {
    let (code, lines) = (Code::of(&draft.text), Lines::of(&draft.text));
    let scanner = Scanner::new(&draft.text, &code, &lines, raw, &draft.origins);
    let marks = tags::tags(&draft.text, &lines, scanner, context);
    draft.apply(marks);
}

/// Whether an offset is in one of some ranges in order.
fn in_order(ranges: &[Range<usize>], offset: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= offset);
    ranges.get(next).is_some_and(|range| range.start <= offset)
}

/// Uses and takes away kramdown's attributes.
fn attributes(draft: &mut Draft) -> (apply::Sizes, Option<usize>) {
    let mut definitions = Definitions::new();
    let (code, lines) = (Code::of(&draft.text), Lines::of(&draft.text));
    let (marks, notes) = ial::lines_alone(&draft.text, &lines, &code, &mut definitions);
    let changed = marks.changes();
    draft.apply(marks);
    if !changed && !draft.text.contains("{:") {
        return (BTreeMap::new(), None);
    }
    let moved = notes.into_iter().map(|note| {
        let place = match note.place {
            _ if !changed => note.place,
            Place::Before(offset) => Place::Before(draft.forward(offset)),
            Place::After(offset) => Place::After(draft.forward(offset)),
        };
        Note { place, ..note }
    });
    let notes: Vec<Note> = moved.collect();
    let (blocks, lines) = (Blocks::of(&draft.text), Lines::of(&draft.text));
    let mut applied = apply::Applied::new(&draft.text, &lines, &blocks, &definitions);
    applied.notes(notes);
    applied.spans();
    let (marks, sizes, contents) = (applied.marks, applied.sizes, applied.contents);
    let changed = marks.changes();
    draft.apply(marks);
    (sizes, contents.map(|at| if changed { draft.forward(at) } else { at }))
}

#[cfg(test)]
mod tests;
