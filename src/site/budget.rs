//! What a reader is made to download, held against `budgets.toml`.

use std::fmt::Write;

use serde::Deserialize;

use super::app_files::AppFiles;
use super::compress::Sizes;
use super::file::Files;

/// The limits, in bytes after Brotli.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budgets {
    /// The wasm and its JavaScript.
    pub app: usize,
    /// All CSS.
    pub style: usize,
    /// What the home page needs before it can be read.
    pub first_view: usize,
    /// What lists and filters need.
    pub catalogue: usize,
    /// `sw.js`.
    pub worker: usize,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is measured.
    pub name: &'static str,
    /// Bytes after Brotli.
    pub size: usize,
    /// The most it may be; `None` where the site sets no budget.
    pub limit: Option<usize>,
}

/// Measures a finished site.
pub fn measure(
    files: &Files,
    sizes: &Sizes,
    app: &AppFiles,
    catalogue: &str,
    budgets: Option<&Budgets>,
) -> Vec<Row> {
    let size = |paths: &[&str]| -> usize {
        let one = |path: &str| {
            sizes.get(path).copied().or_else(|| files.get(path).map(Vec::len)).unwrap_or(0)
        };
        paths.iter().map(|path| one(path)).sum()
    };
    let row = |name, paths: &[&str], limit: fn(&Budgets) -> usize| Row {
        name,
        size: size(paths),
        limit: budgets.map(limit),
    };
    vec![
        row("app: wasm and js", &[&app.wasm, &app.module], |budgets| budgets.app),
        row("style", &[&app.style], |budgets| budgets.style),
        row("first view of /", &["index.html", &app.style, &app.boot], |b| b.first_view),
        row("catalogue", &[catalogue], |budgets| budgets.catalogue),
        row("worker: sw.js", &["sw.js"], |budgets| budgets.worker),
    ]
}

/// The table that every build prints.
pub fn table(rows: &[Row]) -> String {
    let mut out = format!("{:<20} {:>10} {:>10}\n", "brotli", "bytes", "budget");
    for row in rows {
        let limit = row.limit.map_or_else(|| "-".to_owned(), |limit| limit.to_string());
        let over = if is_over(row) { "  OVER" } else { "" };
        // Writing to a string can't fail.
        let _ = writeln!(out, "{:<20} {:>10} {limit:>10}{over}", row.name, row.size);
    }
    out.trim_end().to_owned()
}

/// Whether a row breaks its budget.
pub fn is_over(row: &Row) -> bool {
    row.limit.is_some_and(|limit| row.size > limit)
}
