//! `{% raw %}` … `{% endraw %}`: the tags go, what is between them is no Liquid.
//!
//! Liquid knows nothing of code, so the pair counts wherever it stands (Liquid:
//! lib/liquid/tags/raw.rb). One exception, for posts about Liquid: a tag that is all there is in
//! an inline code, as in "write `{% raw %}` before it", is shown.

use std::ops::Range;

use super::edits::Marks;

/// A `{% name %}` without arguments and where it is.
struct Bare {
    range: Range<usize>,
    opens: bool,
}

/// Takes the tags away; returns the stretches between them, too.
pub(super) fn raw(text: &str) -> (Marks, Vec<Range<usize>>) {
    let (mut marks, mut stretches) = (Marks::default(), Vec::new());
    let mut open: Option<Range<usize>> = None;
    for tag in tags(text) {
        match (tag.opens, open.take()) {
            (true, None) => open = Some(tag.range),
            (true, Some(first)) => open = Some(first),
            (false, Some(first)) => {
                stretches.push(first.end..tag.range.start);
                remove(&mut marks, text, first, true);
                remove(&mut marks, text, tag.range, false);
            }
            // Without its partner it is left to the pass over all tags.
            (false, None) => {}
        }
    }
    (marks, stretches)
}

fn tags(text: &str) -> impl Iterator<Item = Bare> {
    text.match_indices("{%").filter_map(|(start, _)| {
        let names: [(&[&str], bool); 2] = [(&["raw"], true), (&["endraw"], false)];
        let (end, opens) =
            names.iter().find_map(|(names, opens)| Some((bare(text, start, names)?.0, *opens)))?;
        let (before, after) = (&text[..start], &text[end..]);
        let shown = before.ends_with('`') && after.starts_with('`');
        // `{{% raw %}}` is one of Hugo's shortcodes.
        let shortcode = before.ends_with('{');
        (!shown && !shortcode).then_some(Bare { range: start..end, opens })
    })
}

/// The end of a tag that begins at an offset, has one of some names and nothing else, with the
/// name.
pub(super) fn bare<'n>(text: &str, start: usize, names: &[&'n str]) -> Option<(usize, &'n str)> {
    let inner = text.get(start..)?.strip_prefix("{%")?;
    let inner = inner.strip_prefix('-').unwrap_or(inner).trim_ascii_start();
    let name = names.iter().find(|name| {
        let rest = inner.strip_prefix(**name);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })?;
    let rest = inner[name.len()..].trim_ascii_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some((text.len() - rest.len(), name))
}

/// A tag alone on its line beside a fence takes its line along: it would be an empty first or
/// last line of the code.
fn remove(marks: &mut Marks, text: &str, tag: Range<usize>, opens: bool) {
    let blank = [' ', '\t', '>'];
    let before = text[..tag.start].trim_end_matches(blank);
    let after = text[tag.end..].trim_start_matches([' ', '\t']);
    let starts = before.is_empty() || before.ends_with('\n');
    let beside = match (starts, after.strip_prefix('\n'), opens) {
        (true, Some(_), true) => before.trim_end_matches('\n').rsplit('\n').next(),
        (true, Some(next), false) => Some(next),
        _ => None,
    };
    let fence = beside.map(|line| line.trim_start_matches(blank));
    if fence.is_some_and(|line| line.starts_with("```") || line.starts_with("~~~")) {
        marks.replace(before.len()..text.len() - after.len() + 1, "");
    } else {
        marks.replace(tag, "");
    }
}
