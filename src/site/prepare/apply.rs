//! Puts into effect what kramdown's attributes say on blocks and on inline elements, as far as a
//! page can show it: kinds of prompts, names of headings, titles of code, sizes of images.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attributes::{self, Attributes, Definitions};
use super::blocks::{Blocks, beginning, ending};
use super::edits::Marks;
use super::ial::{Note, Place};
use super::lines::{self, Lines};

/// Width and height in pixels by image destination.
pub(super) type Sizes = BTreeMap<String, (Option<u32>, Option<u32>)>;

/// Chirpy's prompts and the alerts that GitHub's Markdown has for them.
const PROMPTS: [(&str, &str); 4] = [
    ("prompt-tip", "TIP"),
    ("prompt-info", "NOTE"),
    ("prompt-warning", "WARNING"),
    ("prompt-danger", "CAUTION"),
];

/// What all the attributes of a text come to.
pub(super) struct Applied<'a> {
    text: &'a str,
    lines: &'a Lines<'a>,
    blocks: &'a Blocks,
    definitions: &'a Definitions,
    pub(super) marks: Marks,
    pub(super) sizes: Sizes,
    /// Where the table of contents was.
    pub(super) contents: Option<usize>,
}

impl<'a> Applied<'a> {
    pub(super) fn new(
        text: &'a str,
        lines: &'a Lines<'a>,
        blocks: &'a Blocks,
        definitions: &'a Definitions,
    ) -> Self {
        let (marks, sizes) = (Marks::default(), Sizes::new());
        Applied { text, lines, blocks, definitions, marks, sizes, contents: None }
    }

    /// Applies what lines said on the blocks beside them.
    pub(super) fn notes(&mut self, notes: Vec<Note>) {
        for mut note in notes {
            note.attributes.resolve(self.definitions);
            self.quote(&note);
            self.heading(&note);
            self.fence(&note);
            match note.place {
                Place::Before(end) => {
                    self.contents(&note.attributes, end);
                    let image = self.blocks.image_before(end).map(|image| &image.destination);
                    self.size(image, &note.attributes);
                }
                Place::After(start) => {
                    let images = &self.blocks.images;
                    let next = images.partition_point(|image| image.range.start < start);
                    let image = images.get(next).filter(|image| image.range.start == start);
                    self.size(image.map(|image| &image.destination), &note.attributes);
                }
            }
        }
    }

    /// The line an offset is on, to its end.
    fn line_end(&self, offset: usize) -> usize {
        self.lines.range(self.lines.number(offset)).end
    }

    fn quote(&mut self, note: &Note) {
        let kind = PROMPTS
            .iter()
            .find(|(class, _)| note.attributes.classes.iter().any(|known| known == class));
        let Some((_, kind)) = kind else { return };
        // The attributes within the quote, `> {: .prompt-tip }`, are meant for it, too.
        let depths = [Some(note.depth), note.depth.checked_sub(1)];
        let mut found = depths.into_iter().flatten().filter_map(|depth| match note.place {
            Place::Before(end) => self.blocks.quotes_before(end).find(|quote| quote.depth == depth),
            Place::After(start) => {
                let quotes = self.blocks.quotes_after(start, self.line_end(start));
                quotes.iter().find(|quote| quote.depth == depth)
            }
        });
        let Some(start) = found.next().map(|quote| quote.range.start) else { return };
        let inside = self.text[start..].trim_start_matches(['>', ' ', '\t']);
        if inside.starts_with("[!") {
            return;
        }
        let line = self.lines.range(self.lines.number(start)).start;
        let indent = lines::continuation(&self.text[line..start]);
        self.marks.replace(start..start, format!("> [!{kind}]\n{indent}"));
    }

    fn heading(&mut self, note: &Note) {
        let Some(id) = &note.attributes.id else { return };
        let headings = &self.blocks.headings;
        let heading = match note.place {
            Place::Before(end) => ending(headings, end),
            Place::After(start) => beginning(headings, start, start),
        };
        let heading = heading.cloned();
        if let Some(heading) = heading {
            self.name_heading(heading, id);
        }
    }

    /// Writes a heading's name at the end of its line, which is the first one of an underlined
    /// heading, too.
    fn name_heading(&mut self, heading: Range<usize>, id: &str) {
        let content = self.text[heading.clone()].trim_end();
        let underline = content.rsplit_once('\n').filter(|(_, line)| {
            line.trim_start_matches(['>', ' ', '\t']).trim_end_matches(['=', '-']).is_empty()
        });
        let content = underline.map_or(content, |(content, _)| content).trim_end();
        let at = heading.start + content.len();
        let has_name = content.ends_with('}') && content.contains("{#");
        let plain = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'));
        if !has_name && plain {
            self.marks.replace(at..at, format!(" {{#{id}}}"));
        }
    }

    /// Writes the name of a code's file behind the language (Chirpy: `file`).
    fn fence(&mut self, note: &Note) {
        let Some(file) = note.attributes.get(&["file"]) else { return };
        let fences = &self.blocks.fences;
        let fence = match note.place {
            Place::Before(end) => ending(fences, end),
            Place::After(start) => beginning(fences, start, start),
        };
        let Some(start) = fence.map(|fence| fence.start) else { return };
        let line = self.text[start..self.line_end(start)].trim_end();
        let file = file.replace('\\', "\\\\").replace('&', "\\&").replace('`', "");
        let file = file.replace(['"', '\n'], "'");
        // Without a language the title would be taken for one.
        let language = if line.trim_matches(['`', '~']).trim().is_empty() { "text" } else { "" };
        let at = start + line.len();
        self.marks.replace(at..at, format!("{language} title=\"{file}\""));
    }

    /// Takes the list of a `{:toc}` away and notes its place.
    fn contents(&mut self, attributes: &Attributes, end: usize) {
        if !attributes.names.iter().any(|name| name == "toc") {
            return;
        }
        let lists = &self.blocks.lists;
        let count = lists.partition_point(|(list, _)| list.start < end);
        let innermost = lists[..count].iter().rev().take(8);
        let mut ending = innermost.filter(|(_, items)| items.contains(&end));
        if let Some((list, _)) = ending.next() {
            self.contents = self.contents.or(Some(list.start));
            self.marks.replace(list.start..end, "");
        }
    }

    fn size(&mut self, image: Option<&String>, attributes: &Attributes) {
        let size = attributes.size();
        if let (Some(image), (Some(_), _) | (_, Some(_))) = (image, size) {
            self.sizes.entry(image.clone()).or_insert(size);
        }
    }

    /// Applies and takes away the attributes that stand behind inline elements (kramdown: syntax,
    /// Span IAL) and before the text of list items.
    pub(super) fn spans(&mut self) {
        let mut at = 0;
        // Where attributes that were just taken away end, and the image they are of.
        let mut chain: (usize, Option<&'a String>) = (usize::MAX, None);
        while let Some(start) = self.text[at..].find("{:").map(|found| at + found) {
            at = start + 2;
            if let Some(stretch) = self.blocks.code.at(start) {
                at = stretch.range.end;
                continue;
            }
            if self.text[..start].ends_with('\\') {
                continue;
            }
            let Some(end) = attributes::end(self.text, start) else { continue };
            let mut attributes = attributes::parse(&self.text[start + 2..end - 1]);
            attributes.resolve(self.definitions);
            let blanks = [' ', '\t'];
            let gap = start - self.text[..start].trim_end_matches(blanks).len();
            let image = match chain {
                (before, image) if before == start => image,
                _ => self.blocks.image_before(start - gap).map(|image| &image.destination),
            };
            let follows = chain.0 == start || self.blocks.spans.contains(&start);
            if follows || (image.is_some() && attributes.is_certain()) {
                self.size(image, &attributes);
                let from = if follows { start } else { start - gap };
                self.marks.replace(from..end, "");
                (at, chain) = (end, (end, image));
            } else if self.elsewhere(start, end, gap, &attributes) {
                at = end;
            }
        }
    }

    /// Attributes of an item or a heading; others are text to kramdown, too.
    fn elsewhere(&mut self, start: usize, end: usize, gap: usize, list: &Attributes) -> bool {
        let (prefix, first) = self.lines.prefix(start);
        if first && prefix.len() != lines::quote_prefix(prefix) && list.valid {
            let rest = &self.text[end..];
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            self.marks.replace(start..end + blanks, "");
            return true;
        }
        if !list.is_certain() {
            return false;
        }
        let headings = &self.blocks.headings;
        let heading = headings.get(headings.partition_point(|heading| heading.end < end));
        if let Some(heading) = heading.filter(|heading| heading.start < start)
            && self.lines.ends(end)
        {
            let id = list.id.as_ref().map(|id| format!(" {{#{id}}}")).unwrap_or_default();
            let from = (start - gap).max(heading.start);
            self.marks.replace(from..end, id);
            return true;
        }
        let message = format!(
            "kramdown attributes `{}` stand in plain text, they are shown as written",
            &self.text[start..end],
        );
        self.marks.warn(start..end, message, "put them on a line of their own below the block");
        true
    }
}
