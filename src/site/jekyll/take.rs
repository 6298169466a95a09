//! Where each file of the site goes: to the posts, to the public files, or nowhere.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use super::pages::{self, Outcome};
use super::report::{Change, Left};
use super::scan::{Area, Found};
use super::settings::{Collection, Settings};
use super::{Content, Places, Planned, address, reasons};
use crate::site::load;

/// The files to write and what is to be said of them.
#[derive(Debug, Default)]
pub struct Taken {
    /// Everything to write but the settings.
    pub files: Vec<Planned>,
    /// Below the folder of posts: the paths of posts, drafts and pages.
    pub posts: Vec<String>,
    /// How many there are.
    pub counts: Counts,
    /// Files that are not copied byte for byte, and those that the author has to mend.
    pub changed: Vec<Change>,
    /// Files that are not taken.
    pub left: Vec<Left>,
    /// All destinations so far.
    destinations: BTreeSet<std::path::PathBuf>,
}

/// Numbers of files.
#[derive(Debug, Default)]
pub struct Counts {
    /// Below `_posts` folders.
    pub posts: usize,
    /// Below `_drafts` folders.
    pub drafts: usize,
    /// Pages in Markdown.
    pub pages: usize,
    /// Files that are copied as they are.
    pub others: usize,
}

/// Texts at the root of a repository that nobody wants on a site.
const TEXTS: [&str; 7] =
    ["readme", "license", "licence", "copying", "changelog", "contributing", "code_of_conduct"];

/// Files of other tools there.
const TOOLS: [&str; 8] = [
    "rakefile",
    "makefile",
    "dockerfile",
    "docker-compose.yml",
    "gulpfile.js",
    "gruntfile.js",
    "yarn.lock",
    "pnpm-lock.yaml",
];

/// Sorts all files of a site.
pub fn take(found: Vec<Found>, settings: &Settings, places: &Places) -> Taken {
    let mut taken = Taken::default();
    for file in found {
        match file.area.clone() {
            Area::Posts => taken.post(&file, settings, places),
            Area::Drafts => taken.draft(&file, settings, places),
            Area::Collection(label) => {
                let collection = settings.collections.iter().find(|known| known.label == label);
                taken.document(&file, collection, settings, places);
            }
            Area::Site => taken.of_site(&file, settings, places),
        }
    }
    taken
}

impl Taken {
    fn leave(&mut self, file: &Found, why: &str) {
        self.left.push(Left::file(&file.path, why));
    }

    /// Named one by one: other pages of the same folder may be taken.
    fn leave_own(&mut self, file: &Found) {
        self.left.push(Left::new(&file.path, reasons::OWN));
    }

    /// Jekyll takes a file for a post if its name begins with a date (`PostReader`).
    fn post(&mut self, file: &Found, settings: &Settings, places: &Places) {
        let stem = file.path.rsplit('/').next().unwrap_or_default();
        if !is_markdown(&file.path) {
            self.leave(file, reasons::NOT_MARKDOWN);
        } else if address::undated(stem).is_none() {
            self.leave(file, reasons::UNDATED);
        } else {
            let path = below_home(&file.path, settings);
            let path = path.strip_prefix("_posts/").unwrap_or(path).to_owned();
            self.counts.posts += usize::from(self.markdown(file, path, None, places));
        }
    }

    fn draft(&mut self, file: &Found, settings: &Settings, places: &Places) {
        if !is_markdown(&file.path) {
            return self.leave(file, reasons::NOT_MARKDOWN);
        }
        let path = below_home(&file.path, settings).to_owned();
        self.counts.drafts += usize::from(self.markdown(file, path, None, places));
    }

    /// A document of a collection is a page; its other files keep their path without the `_`.
    fn document(
        &mut self,
        file: &Found,
        collection: Option<&Collection>,
        settings: &Settings,
        places: &Places,
    ) {
        if has_front_matter(&file.file) {
            self.page(file, collection, settings, places);
        } else {
            let path = below_home(&file.path, settings);
            self.public(file, path.strip_prefix('_').unwrap_or(path), places);
        }
    }

    fn of_site(&mut self, file: &Found, settings: &Settings, places: &Places) {
        let compiled = ["scss", "sass", "less", "coffee"].contains(&&*extension(&file.path));
        if has_front_matter(&file.file) && !compiled {
            self.page(file, None, settings, places);
        } else if compiled {
            self.leave(file, reasons::SASS);
        } else if is_of_repository(&file.path) {
            self.leave(file, reasons::REPOSITORY);
        } else {
            self.public(file, &file.path, places);
        }
    }

    fn page(
        &mut self,
        file: &Found,
        collection: Option<&Collection>,
        settings: &Settings,
        places: &Places,
    ) {
        if !is_markdown(&file.path) {
            return match why_no_page(&file.path) {
                reasons::OWN => self.leave_own(file),
                why => self.leave(file, why),
            };
        }
        let bytes = match std::fs::read(&file.file) {
            Ok(bytes) => bytes,
            Err(error) => return self.leave(file, &format!("can't be read: {error}")),
        };
        let path = format!("pages/{}", below_home(&file.path, settings));
        let (bytes, what, kind) = match pages::turn(&file.path, collection, bytes, settings) {
            Outcome::Own => return self.leave_own(file),
            Outcome::Taken { bytes, changes } => (bytes, changes.join(", "), Some(kind(&changes))),
            Outcome::Unclear { bytes, why } => (bytes, why, None),
        };
        let to = places.posts.join(&path);
        if self.markdown(file, path, Some(bytes), places) {
            self.counts.pages += 1;
            if !what.is_empty() {
                let text = |part: Option<&std::ffi::OsStr>| {
                    part.unwrap_or_default().to_string_lossy().into_owned()
                };
                let folder = text(to.parent().map(Path::as_os_str));
                self.changed.push(Change { folder, name: text(to.file_name()), what, kind });
            }
        }
    }

    fn public(&mut self, file: &Found, path: &str, places: &Places) {
        if load::is_own(path) {
            return self.leave(file, reasons::RESERVED);
        }
        let content = Content::CopyOf(file.file.clone());
        self.counts.others += usize::from(self.add(file, places.public.join(path), content));
    }

    /// Whether it was added below the folder of posts; without bytes, the file as it is.
    fn markdown(
        &mut self,
        file: &Found,
        path: String,
        bytes: Option<Vec<u8>>,
        places: &Places,
    ) -> bool {
        let copy = || Content::CopyOf(file.file.clone());
        let added =
            self.add(file, places.posts.join(&path), bytes.map_or_else(copy, Content::Bytes));
        if added {
            self.posts.push(path);
        }
        added
    }

    fn add(&mut self, file: &Found, to: std::path::PathBuf, content: Content) -> bool {
        if !self.destinations.insert(to.clone()) {
            let why = format!("another file goes to {}", to.display());
            self.leave(file, &why);
            return false;
        }
        self.files.push(Planned { to, content });
        true
    }
}

/// The path without the folder of all collections, which Jekyll's own paths lack as well
/// (`Document#relative_path`).
fn below_home<'a>(path: &'a str, settings: &Settings) -> &'a str {
    let home = &settings.collections_dir;
    let inner = path.strip_prefix(home.as_str()).and_then(|rest| rest.strip_prefix('/'));
    inner.filter(|rest| !home.is_empty() && rest.starts_with('_')).unwrap_or(path)
}

/// Whether a file serves those who work on the site, not its readers.
fn is_of_repository(path: &str) -> bool {
    let name = path.to_lowercase();
    let (stem, extension) = name.split_once('.').unwrap_or((&name, ""));
    let text = ["", "md", "markdown", "txt", "rst"].contains(&extension);
    !name.contains('/')
        && (text && TEXTS.contains(&stem)
            || TOOLS.contains(&&*name)
            || name.starts_with("gemfile")
            || name.ends_with(".gemspec")
            || (name.starts_with("package") && extension == "json"))
}

/// Changes without the address, which is another one for each page.
fn kind(changes: &[String]) -> String {
    let kinds = changes.iter().map(|change| match change.starts_with("permalink:") {
        true => "the old address as `permalink`",
        false => change,
    });
    kinds.collect::<Vec<_>>().join(", ")
}

fn why_no_page(path: &str) -> &'static str {
    let extension = extension(path);
    let html = ["html", "htm", "xhtml"].contains(&&*extension);
    let address = path.strip_suffix("index.html").unwrap_or(path);
    match &*extension {
        _ if load::is_own(path) => reasons::OWN,
        _ if html && pages::is_own(address, None) => reasons::OWN,
        _ if html => reasons::HTML,
        "css" | "js" => reasons::SASS,
        _ => reasons::LIQUID,
    }
}

fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
}

fn is_markdown(path: &str) -> bool {
    load::is_post(Path::new(path))
}

/// Whether the first line is a fence (`Utils.has_yaml_header?`). A byte order mark is let pass,
/// unlike in Jekyll, which would publish the source of such a page.
fn has_front_matter(file: &Path) -> bool {
    let mut head = Vec::new();
    let read = std::fs::File::open(file).and_then(|file| file.take(256).read_to_end(&mut head));
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    let line = head.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    let fence = line.strip_prefix(b"---").filter(|_| line.ends_with(b"\n"));
    read.is_ok() && fence.is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace))
}
