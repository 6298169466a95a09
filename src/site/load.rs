//! Reading the author's files from disk; what they mean is decided elsewhere.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::diagnostic::{Diagnostic, Source};
use super::library::PublicFiles;
use super::post::MAX_BYTES;

/// Jekyll's `markdown_ext`.
const EXTENSIONS: [&str; 5] = ["md", "markdown", "mkd", "mkdn", "mkdown"];

/// Reads every post below a folder, in the order of their paths.
pub fn posts(folder: &Path) -> (Vec<Source>, Vec<Diagnostic>) {
    let (files, mut problems) = list(folder);
    let read: Vec<Result<Source, Diagnostic>> =
        files.par_iter().map(|file| read(folder, file)).collect();
    let mut sources = Vec::new();
    for outcome in read {
        match outcome {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    (sources, problems)
}

/// Markdown files below a folder; anything else there is reported.
fn list(folder: &Path) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                problems.push(Diagnostic::file_error(&path, reason(&error)));
                continue;
            }
        };
        let path = entry.path();
        let post = path
            .extension()
            .is_some_and(|found| EXTENSIONS.iter().any(|known| found.eq_ignore_ascii_case(known)));
        let dotted = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().is_dir() {
            if post && entry.depth() > 0 {
                let error = Diagnostic::file_error(path, "a folder with the name of a post");
                problems.push(error.help("rename the folder"));
            }
        } else if post {
            files.push(path.to_owned());
        } else if !dotted {
            let mut note = Diagnostic::file_error(path, "not a post, left out");
            note.severity = super::diagnostic::Severity::Warning;
            problems.push(note.help("posts end in .md; images belong into public/"));
        }
    }
    (files, problems)
}

fn reason(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), |io| format!("can't be read: {io}"))
}

fn read(folder: &Path, file: &Path) -> Result<Source, Diagnostic> {
    let failed = |error: std::io::Error| {
        Diagnostic::file_error(file, format!("can't be read: {error}"))
            .help("check that the file exists and that you may read it")
    };
    let inside = folder.canonicalize().map_err(failed)?;
    let target = file.canonicalize().map_err(failed)?;
    if !target.starts_with(&inside) {
        let message = format!("a link out of the folder, to `{}`", target.display());
        return Err(Diagnostic::file_error(file, message).help("copy the file itself"));
    }
    let length = target.metadata().map_err(failed)?.len();
    if length > MAX_BYTES {
        let message = format!("{length} bytes; a post has at most {MAX_BYTES}");
        return Err(Diagnostic::file_error(file, message).help("split it into several posts"));
    }
    Source::new(file, std::fs::read(&target).map_err(failed)?)
}

/// Every file below the folder of public files, with the size of images.
pub fn public(folder: &Path) -> PublicFiles {
    if !folder.is_dir() {
        return PublicFiles::new();
    }
    let files: Vec<PathBuf> = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().to_owned())
        .collect();
    files.par_iter().filter_map(|file| Some((relative(folder, file)?, image_size(file)))).collect()
}

/// Public files that the site's own would replace.
pub fn reserved(folder: &Path, files: &PublicFiles) -> Vec<Diagnostic> {
    const OWN: [&str; 7] = [
        "index.html",
        "shell.html",
        "404.html",
        "sw.js",
        "manifest.webmanifest",
        "_headers",
        ".nojekyll",
    ];
    let own = |path: &&String| path.starts_with("data/") || OWN.contains(&path.as_str());
    let error = |path: &String| {
        let message = "the site writes a file of its own at this path";
        Diagnostic::file_error(&folder.join(path), message).help("rename or delete this one")
    };
    files.keys().filter(own).map(error).collect()
}

/// A path below a folder, with `/` on every system.
pub fn relative(folder: &Path, file: &Path) -> Option<String> {
    let parts = file.strip_prefix(folder).ok()?.components();
    let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

fn image_size(file: &Path) -> Option<(u32, u32)> {
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        let svg = std::fs::read(file).ok()?;
        let tree = resvg::usvg::Tree::from_data(&svg, &resvg::usvg::Options::default()).ok()?;
        let size = tree.size().to_int_size();
        return Some((size.width(), size.height()));
    }
    let size = imagesize::size(file).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}
