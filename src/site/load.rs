//! Reading the author's files from disk; what they mean is decided elsewhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::diagnostic::{Diagnostic, Source};
use super::library::PublicFiles;
use super::post::MAX_BYTES;
use crate::route::STATE;

/// Files that the build writes besides pages below folders, and `data/`.
pub const OWN_FILES: [&str; 13] = [
    "index.html",
    "shell.html",
    "404.html",
    "sw.js",
    "manifest.webmanifest",
    "release.json",
    "feed.xml",
    "rss.xml",
    "feed.json",
    "sitemap.xml",
    "opensearch.xml",
    "_headers",
    ".nojekyll",
];

/// Whether a path of the output is the site's own.
pub fn is_own(path: &str) -> bool {
    let folders = ["data/", "og/", STATE];
    folders.iter().any(|folder| path.starts_with(folder)) || OWN_FILES.contains(&path)
}

/// Jekyll's `markdown_ext`.
const EXTENSIONS: [&str; 5] = ["md", "markdown", "mkd", "mkdn", "mkdown"];

/// Files beside posts, by their path below the folder of posts.
pub type BesideFiles = BTreeMap<String, Beside>;

/// A file that is no post.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The file itself.
    pub file: PathBuf,
    /// Where it is published if a post shows it, below the base: a name with its hash.
    pub path: String,
    /// Width and height, where it is an image of known size.
    pub size: Option<(u32, u32)>,
}

/// All that stands in the folder of posts.
#[derive(Default)]
pub struct Folder {
    /// The posts in the order of their paths.
    pub posts: Vec<Source>,
    /// The other files.
    pub beside: BesideFiles,
    /// What can't be read.
    pub problems: Vec<Diagnostic>,
}

/// Reads every post below a folder, and what stands beside them.
pub fn posts(folder: &Path) -> Folder {
    let (files, others, mut problems) = list(folder);
    let read: Vec<_> = files.par_iter().map(|file| read(folder, file)).collect();
    let found: Vec<_> = others.par_iter().map(|file| beside(folder, file)).collect();
    let (mut posts, mut beside) = (Vec::new(), BesideFiles::new());
    for outcome in read {
        match outcome {
            Ok(source) => posts.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    for outcome in found {
        match outcome {
            Ok(entry) => beside.extend([entry]),
            Err(problem) => problems.push(problem),
        }
    }
    Folder { posts, beside, problems }
}

/// Markdown files below a folder, and all others. Names that begin with a dot are those of editors
/// and of version control.
fn list(folder: &Path) -> (Vec<PathBuf>, Vec<PathBuf>, Vec<Diagnostic>) {
    let dotted = |name: &str| name.starts_with('.');
    let (all, folders, mut problems) = walk(folder, dotted);
    for folder in folders.iter().filter(|folder| is_post(folder)) {
        let error = Diagnostic::file_error(folder, "a folder with the name of a post");
        problems.push(error.help("rename the folder"));
    }
    let (files, others) = all.into_iter().partition(|file| is_post(file));
    (files, others, problems)
}

/// All files and all folders below a folder, in the order of their names, without those of some
/// names. Links are followed while they stay in the folder.
fn walk(
    folder: &Path,
    skipped: impl Fn(&str) -> bool,
) -> (Vec<PathBuf>, Vec<PathBuf>, Vec<Diagnostic>) {
    let (mut files, mut folders, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let mut walk =
        WalkDir::new(folder).follow_links(true).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let error = Diagnostic::file_error(&path, reason(&error));
                problems.push(error.help("check that the file exists and that you may read it"));
                continue;
            }
        };
        let (path, kind) = (entry.path(), entry.file_type());
        // Following every path would take longer than reading the files.
        let leads_out = || inside(folder, path).err();
        if skipped(&entry.file_name().to_string_lossy()) {
            skip(&mut walk, kind.is_dir());
        } else if let Some(problem) = entry.path_is_symlink().then(leads_out).flatten() {
            problems.push(problem);
            skip(&mut walk, kind.is_dir());
        } else if kind.is_dir() {
            folders.push(path.to_owned());
        } else if kind.is_file() {
            files.push(path.to_owned());
        } else {
            let error = Diagnostic::file_error(path, "neither a file nor a folder");
            problems.push(error.help("delete it, or move it away"));
        }
    }
    (files, folders, problems)
}

fn skip(walk: &mut walkdir::IntoIter, is_folder: bool) {
    if is_folder {
        walk.skip_current_dir();
    }
}

/// Whether a file is named like a post.
pub fn is_post(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|found| EXTENSIONS.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// Names a file that stands beside posts by its content.
fn beside(folder: &Path, file: &Path) -> Result<(String, Beside), Diagnostic> {
    let target = inside(folder, file)?;
    let bytes = std::fs::read(target).map_err(|error| unreadable(file, &error))?;
    let name = relative(folder, file).ok_or_else(|| {
        Diagnostic::file_error(file, "the name of the file is not UTF-8").help("rename the file")
    })?;
    let text =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (text(file.file_stem()), text(file.extension()).to_lowercase());
    // The hash tells files apart, so the name may be cut to what every file system takes.
    let stem: String = super::permalink::segment(&stem).chars().take(40).collect();
    let extension: String =
        extension.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
    let path = super::file::hashed_name(&format!("data/media/{stem}"), &bytes, &extension);
    Ok((name, Beside { file: file.to_owned(), path, size: image_size(file) }))
}

fn unreadable(file: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::file_error(file, format!("can't be read: {error}"))
        .help("check that the file exists and that you may read it")
}

/// The real path of a file, which must lie in the folder.
fn inside(folder: &Path, file: &Path) -> Result<PathBuf, Diagnostic> {
    let real = |path: &Path| path.canonicalize().map_err(|error| unreadable(file, &error));
    let (folder, target) = (real(folder)?, real(file)?);
    if target.starts_with(&folder) {
        return Ok(target);
    }
    let message = format!("a link out of the folder, to `{}`", target.display());
    Err(Diagnostic::file_error(file, message).help("copy the file itself"))
}

fn reason(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), |io| format!("can't be read: {io}"))
}

fn read(folder: &Path, file: &Path) -> Result<Source, Diagnostic> {
    let target = inside(folder, file)?;
    let length = target.metadata().map_err(|error| unreadable(file, &error))?.len();
    if length > MAX_BYTES {
        let message = format!("the file has {length} bytes, a post at most {MAX_BYTES}");
        return Err(Diagnostic::file_error(file, message).help("split it into several posts"));
    }
    Source::new(file, std::fs::read(&target).map_err(|error| unreadable(file, &error))?)
}

/// Every file below the folder of public files, with the size of images.
pub fn public(folder: &Path) -> (PublicFiles, Vec<Diagnostic>) {
    if !folder.is_dir() {
        return Default::default();
    }
    let (files, _, mut problems) = walk(folder, |name| name == ".DS_Store");
    let found: Vec<_> = files
        .par_iter()
        .map(|file| match relative(folder, file) {
            Some(name) => Ok((name, image_size(file))),
            None => Err(Diagnostic::file_error(file, "the name of the file is not UTF-8")
                .help("rename the file")),
        })
        .collect();
    let mut public = PublicFiles::new();
    for outcome in found {
        match outcome {
            Ok(entry) => public.extend([entry]),
            Err(problem) => problems.push(problem),
        }
    }
    (public, problems)
}

/// Public files that the site's own would replace.
pub fn reserved(folder: &Path, files: &PublicFiles) -> Vec<Diagnostic> {
    let own = |path: &&String| is_own(path);
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
