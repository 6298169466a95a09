//! The colours of all code, once it is known that the site is built: finding them takes a thousand
//! times as long as reading the post, and a check has no use for them.
//!
//! What was found once is kept in the cache, in a file named by the grammars' versions, so that a
//! build colours only code that is new.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::Context;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::fence::Fence;
use super::highlight;
use super::memo::{self, Memo};
use crate::markdown;
use crate::model::Document;

/// Runs by [`key`]; empty for code without colours.
type Runs = BTreeMap<String, String>;

/// The versions of all crates, the grammars among them, and of our own runs.
static VERSIONS: LazyLock<String> =
    LazyLock::new(|| hash(&["1", include_str!("../../Cargo.lock")]));

/// The runs of a document's blocks that have a language, by their places, each with its [`key`].
pub type Coloured = Vec<(usize, String, String)>;

/// Puts the runs into every document.
pub fn colour<'a>(
    documents: impl Iterator<Item = &'a mut Document>,
    cache: &Path,
    memo: &Memo<Coloured>,
) -> anyhow::Result<()> {
    let path = cache.join(format!("code-{}.json", *VERSIONS));
    let known: Runs = match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Err(_) => Runs::new(),
    };
    let documents: Vec<&mut Document> = documents.collect();
    let used: Vec<Runs> =
        documents.into_par_iter().map(|document| colour_one(document, &known, memo)).collect();
    let used: Runs = used.into_iter().flatten().collect();
    if used == known {
        return Ok(());
    }
    let json = serde_json::to_vec(&used).context("can't write the colours of code as JSON")?;
    std::fs::create_dir_all(cache)
        .and_then(|()| std::fs::write(&path, json))
        .with_context(|| format!("can't write {}", path.display()))
}

fn colour_one(document: &mut Document, known: &Runs, memo: &Memo<Coloured>) -> Runs {
    let inputs = || memo::key(&[document.markdown.as_bytes()]);
    let coloured = memo.get(inputs, || coloured(&document.markdown, known));
    for (at, _, runs) in &*coloured {
        if let Some(block) = document.code.get_mut(*at) {
            block.runs.clone_from(runs);
        }
    }
    coloured.iter().map(|(_, key, runs)| (key.clone(), runs.clone())).collect()
}

fn coloured(text: &str, known: &Runs) -> Coloured {
    let mut coloured = Coloured::new();
    for (at, code) in markdown::code_blocks(text).into_iter().enumerate() {
        let fence = Fence::parse(&code.info);
        if fence.language.is_empty() {
            continue;
        }
        let key = key(&fence, &code.text);
        let find = || highlight::runs(&fence.language, &code.text, fence.diff).unwrap_or_default();
        let runs = known.get(&key).cloned().unwrap_or_else(find);
        coloured.push((at, key, runs));
    }
    coloured
}

fn key(fence: &Fence, text: &str) -> String {
    hash(&[&fence.language, if fence.diff { "diff" } else { "" }, text])
}

/// The first 128 bits of SHA-256 over some texts, in hexadecimal digits.
fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CodeBlock;

    fn coloured(cache: &Path) -> Document {
        let mut document = Document {
            markdown: "```rust\nlet a = 1;\n```\n\n```\nplain\n```\n".to_owned(),
            code: vec![CodeBlock::default()],
            ..Document::default()
        };
        colour([&mut document].into_iter(), cache, &Memo::default()).unwrap();
        document
    }

    #[test]
    fn what_was_found_once_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let first = coloured(folder.path());
        assert!(!first.code[0].runs.is_empty());
        let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        let kept = std::fs::read_to_string(&file).unwrap();
        assert_eq!(kept.matches("\":\"").count(), 1, "{kept}");
        std::fs::write(&file, kept.replace(&first.code[0].runs, "kept")).unwrap();
        assert_eq!(coloured(folder.path()).code[0].runs, "kept");
        std::fs::write(&file, "broken").unwrap();
        assert_eq!(coloured(folder.path()), first);
    }
}
