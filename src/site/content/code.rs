//! A post's blocks of code: their fences read, diagrams drawn.

use super::reader::Reader;
use crate::markdown::{self, Code};
use crate::model::{CodeBlock, Drawing};
use crate::site::diagnostic::Severity;
use crate::site::diagram;
use crate::site::fence::Fence;
use crate::site::file::hashed_name;
use crate::text;

/// What the browser has to know of each block, in their order; plain ones at the end are left out.
/// `origin` leads from the body to the file.
pub(super) fn blocks(
    body: &str,
    reader: &mut Reader<'_>,
    origin: impl Fn(usize) -> usize,
) -> Vec<CodeBlock> {
    let mut blocks = Vec::new();
    for code in markdown::code_blocks(body) {
        blocks.push(block(&code, reader, &origin));
    }
    while blocks.last().is_some_and(|block| *block == CodeBlock::default()) {
        blocks.pop();
    }
    blocks
}

fn block(code: &Code, reader: &mut Reader<'_>, origin: &impl Fn(usize) -> usize) -> CodeBlock {
    let fence = Fence::parse(&code.info);
    let drawn = fence.language.eq_ignore_ascii_case("mermaid") && reader.post.mermaid;
    let drawing = drawn.then(|| drawing(code, reader, origin)).flatten();
    CodeBlock {
        language: fence.language,
        title: fence.title,
        numbers: fence.numbers,
        marked: fence.marked,
        diff: fence.diff,
        // The build adds them (`colours`).
        runs: String::new(),
        drawing,
    }
}

/// The diagram as two files of the site; a warning where it can't be drawn.
fn drawing(
    code: &Code,
    reader: &mut Reader<'_>,
    origin: &impl Fn(usize) -> usize,
) -> Option<Drawing> {
    match diagram::draw(&code.text, reader.theme) {
        Ok(drawing) => {
            let mut file = |bytes: Vec<u8>| {
                let path = hashed_name("data/media/diagram", &bytes, "svg");
                reader.media.insert(path.clone());
                reader.made.insert(path.clone(), bytes);
                text::encode_path(&path)
            };
            let (light, dark) = (file(drawing.light), file(drawing.dark));
            let size = (drawing.width, drawing.height);
            Some(Drawing { light, dark, size, title: title(&code.text) })
        }
        Err(reason) => {
            let at = origin(code.range.start);
            let message = format!("this diagram is shown as code: {reason}");
            let help = "mend it, or write `mermaid: false` in the front matter";
            reader.say(Severity::Warning, at..at + 3, message, help);
            None
        }
    }
}

/// The title of a diagram: `accTitle: …`, else `title …` (Mermaid: accessibility options).
fn title(source: &str) -> Option<String> {
    let find = |name: &str| {
        let mut lines = source.lines().filter_map(|line| line.trim().strip_prefix(name));
        let title = lines.next()?.trim_start_matches(':').trim();
        (!title.is_empty()).then(|| title.to_owned())
    };
    find("accTitle").or_else(|| find("title:")).or_else(|| find("title "))
}
