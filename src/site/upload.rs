//! What a host without a switch from one release to the next needs: an order of uploading in which
//! no reader meets a page whose files are not there yet, and the files of the release before, which
//! open tabs still use.

use std::path::Path;

use anyhow::anyhow;

use super::file::{self, Files, is_hashed};
use super::verify::release::Release;

/// The groups of files in the order in which they are to be uploaded, each with what it holds.
pub fn order(files: &Files) -> [(&'static str, usize); 4] {
    let mut groups = [
        ("names with a hash: assets/, data/, og/, release-*.json, others-*.json", 0),
        ("pictures, feeds and all other files", 0),
        ("pages: *.html", 0),
        ("sw.js and release.json", 0),
    ];
    for path in files.keys() {
        groups[group(plain(path))].1 += 1;
    }
    groups
}

fn group(path: &str) -> usize {
    match path {
        "sw.js" | "release.json" => 3,
        _ if is_hashed(path) => 0,
        _ if path.ends_with(".html") => 2,
        _ => 1,
    }
}

/// The path of the file that a compressed one stands beside.
fn plain(path: &str) -> &str {
    path.strip_suffix(".br").or(path.strip_suffix(".gz")).unwrap_or(path)
}

/// The text for people.
pub fn text(order: &[(&str, usize)]) -> String {
    let line = |(at, (name, count)): (usize, &(&str, usize))| {
        format!("  {}. {name} ({count} files)\n", at + 1)
    };
    let lines: String = order.iter().enumerate().map(line).collect();
    format!("upload in this order, or all at once where the host can:\n{}", lines.trim_end())
}

/// The files of an earlier output whose names carry a hash, as far as its own release names them,
/// so that what it had kept itself goes. With their compressed siblings. An output of the release
/// `id`, which is built once more, keeps what it had kept: its tabs are still open.
pub fn previous(folder: &Path, id: &str) -> anyhow::Result<Files> {
    let mut all = file::read(folder)?;
    let (build, release) = Release::of_folder(&all)
        .map_err(|why| anyhow!("{} holds no site to keep files of: {why}", folder.display()))?;
    if release.id == id {
        all.retain(|path, _| is_hashed(plain(path)));
        return Ok(all);
    }
    let mut kept = Files::new();
    for path in release.files.keys().chain([&build.manifest]).filter(|path| is_hashed(path)) {
        for path in [path.clone(), format!("{path}.br"), format!("{path}.gz")] {
            kept.extend(all.remove_entry(&path));
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_need_comes_before_them() {
        let names = [
            "sw.js.br",
            "index.html",
            "a/index.html.gz",
            "feed.xml",
            "icon.svg",
            "x.pdf",
            "assets/app-0123456789abcdef.js.br",
            "release-0123456789abcdef.json",
            "data/posts/a-0123456789abcdef.json",
            "og/a-0123456789abcdef.png",
        ];
        let files = names.map(|path| (path.to_owned(), Vec::new())).into();
        assert_eq!(order(&files).map(|(_, count)| count), [4, 3, 2, 1]);
        assert_eq!(
            ["data/x-0123456789abcdef.json", "x.pdf", "x.html", "release.json"].map(group),
            [0, 1, 2, 3]
        );
    }
}
