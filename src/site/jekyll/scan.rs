//! Walking the site the way Jekyll's `lib/jekyll/reader.rb` does: which files there are, and which
//! part of the site each belongs to.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::report::Left;
use super::settings::Settings;
use super::{filter, reasons};
use crate::site::load::relative;

/// A file that Jekyll publishes, or that tells something.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its path in the site, with `/`.
    pub path: String,
    /// Where it is on the disk.
    pub file: PathBuf,
    /// What it is a part of.
    pub area: Area,
}

/// A part of a Jekyll site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// Below a `_posts` folder.
    Posts,
    /// Below a `_drafts` folder.
    Drafts,
    /// In the collection of this label.
    Collection(String),
    /// Anywhere else.
    Site,
}

/// What to do with an entry.
enum Verdict {
    Take,
    /// Not the site's own business; nothing to say.
    Pass,
    Leave(Left),
}

/// All files of a site in the order of their paths. `places` are canonical paths that an earlier
/// import may have written to; what is there is no part of the site.
pub fn scan(
    root: &Path,
    settings: &Settings,
    places: &[PathBuf],
    left: &mut Vec<Left>,
) -> Vec<Found> {
    let inside = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut found = Vec::new();
    let mut walk = WalkDir::new(root).min_depth(1).follow_links(true).sort_by_file_name();
    walk = walk.max_open(16);
    let mut walk = walk.into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                left.push(unreadable(root, &error));
                continue;
            }
        };
        let folder = entry.file_type().is_dir();
        let verdict = match relative(root, entry.path()) {
            None => Verdict::Leave(Left::new(lossy(root, entry.path()), "its name is not UTF-8")),
            Some(path) => verdict(&entry, &path, &inside, settings, places),
        };
        match verdict {
            Verdict::Take if !folder => found.extend(part(root, &entry, settings)),
            Verdict::Take => continue,
            Verdict::Pass => {}
            Verdict::Leave(one) => left.push(one),
        }
        if folder {
            walk.skip_current_dir();
        }
    }
    found
}

fn part(root: &Path, entry: &DirEntry, settings: &Settings) -> Option<Found> {
    let path = relative(root, entry.path())?;
    let area = area(&path, settings);
    Some(Found { file: entry.path().to_owned(), area, path })
}

fn verdict(
    entry: &DirEntry,
    path: &str,
    inside: &Path,
    settings: &Settings,
    places: &[PathBuf],
) -> Verdict {
    let folder = entry.file_type().is_dir();
    let name = path.rsplit('/').next().unwrap_or(path);
    let shown = if folder { format!("{path}/") } else { path.to_owned() };
    if let Ok(target) = entry.path().canonicalize() {
        if places.contains(&target) {
            return Verdict::Pass;
        }
        if entry.path_is_symlink() && !target.starts_with(inside) {
            return Verdict::Leave(Left::new(path, reasons::LINK));
        }
        // A link by another name must not publish `.git` or a folder of the theme.
        let special = |part: std::path::Component<'_>| {
            filter::is_special(&part.as_os_str().to_string_lossy())
        };
        let real = target.strip_prefix(inside).unwrap_or(&target);
        if entry.path_is_symlink() && real.components().any(special) {
            return Verdict::Leave(Left::new(path, reasons::LINK_TO_SPECIAL));
        }
    }
    if !folder && !entry.file_type().is_file() {
        return Verdict::Leave(Left::new(path, "neither a file nor a folder"));
    }
    let included = filter::is_included(settings, path, folder);
    if !included && filter::is_excluded(settings, path, folder) {
        return Verdict::Leave(Left::new(shown, reasons::EXCLUDED));
    }
    if !included && filter::is_always_excluded(path, folder) {
        return Verdict::Leave(Left::new(shown, reasons::REPOSITORY));
    }
    if folder {
        of_folder(entry.path(), path, settings, included)
    } else {
        of_file(path, name, included)
    }
}

fn of_folder(file: &Path, path: &str, settings: &Settings, included: bool) -> Verdict {
    let name = path.rsplit('/').next().unwrap_or(path);
    let built = path == settings.destination || path == "_site" || name == ".jekyll-cache";
    if built {
        return Verdict::Leave(Left::new(format!("{path}/"), "what Jekyll built"));
    }
    if name == "node_modules" || path == "vendor" {
        return Verdict::Leave(Left::new(format!("{path}/"), "code of other projects"));
    }
    // Below a folder of posts, special names count in the first place only (`EntryFilter#special?`).
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    let deep = area(path, settings) != Area::Site && !is_magic(parent, settings);
    let known = is_magic(path, settings) || (deep && !name.starts_with('.'));
    if included || known || path == "_pages" || !filter::is_special(name) {
        return Verdict::Take;
    }
    if name.starts_with('.') {
        return Verdict::Leave(Left::new(format!("{path}/"), reasons::HIDDEN));
    }
    let files = WalkDir::new(file).into_iter().filter_map(Result::ok);
    let count = files.filter(|entry| entry.file_type().is_file()).count();
    Verdict::Leave(Left::folder(path, count, reasons::of_folder(name)))
}

fn of_file(path: &str, name: &str, included: bool) -> Verdict {
    if !path.contains('/') && name.starts_with("_config.") {
        Verdict::Pass
    } else if filter::is_special(name) && !included {
        Verdict::Leave(Left::new(path, reasons::HIDDEN))
    } else {
        Verdict::Take
    }
}

/// Whether a folder is that of posts, drafts or a published collection. With `collections_dir`,
/// only those inside it count (`Reader#outside_configured_directory?`).
fn is_magic(path: &str, settings: &Settings) -> bool {
    let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
    let home = &settings.collections_dir;
    match name {
        "_posts" | "_drafts" => home.is_empty() || path.starts_with(&format!("{home}/")),
        _ => {
            let label = name.strip_prefix('_');
            let mut published = settings.collections.iter().filter(|known| known.output);
            parent == home && published.any(|known| label == Some(&known.label))
        }
    }
}

/// The part of the site that a path below a folder of posts, drafts or a collection belongs to.
fn area(path: &str, settings: &Settings) -> Area {
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    let magic = folders.into_iter().find(|folder| is_magic(folder, settings));
    let Some(folder) = magic else { return Area::Site };
    match folder.rsplit('/').next().unwrap_or(folder) {
        "_posts" => Area::Posts,
        "_drafts" => Area::Drafts,
        name => Area::Collection(name.trim_start_matches('_').to_owned()),
    }
}

fn lossy(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Left {
    let name = error.path().map(|path| lossy(root, path)).unwrap_or_default();
    let broken = error.path().is_some_and(Path::is_symlink);
    match error.io_error() {
        _ if error.loop_ancestor().is_some() => {
            Left::new(name, "a symbolic link to a folder around it")
        }
        Some(_) if broken => Left::new(name, "a symbolic link to nothing"),
        Some(io) => Left::new(name, format!("can't be read: {io}")),
        None => Left::new(name, "can't be read"),
    }
}
