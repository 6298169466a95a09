//! What hosts do differently, as data. `respond` and its helpers consult it; each file of `hosts`
//! holds the values of one host.

use super::encoding::Encoding;
use crate::site;

/// How a host answers.
#[derive(Debug)]
pub struct Rules {
    /// At which addresses a file `about.html` is found.
    pub html: Html,
    /// What happens to a folder that is asked for without its closing slash.
    pub folder: Folder,
    /// The redirect from a file with a slash after its name to the file; else nothing is there.
    pub file_with_slash: Option<u16>,
    /// Several slashes count as one.
    pub merges_slashes: bool,
    /// Which page says that nothing was found.
    pub missing: Missing,
    /// Whether that page has an entity tag.
    pub missing_has_tag: bool,
    /// Its cache time, whatever else is said of the address.
    pub missing_cache: Option<&'static str>,
    /// Names that are not served: a name at the root, or an ending that begins with `*`.
    pub hidden: &'static [&'static str],
    /// Reads `_redirects`, and the status of its rules that name none.
    pub redirects: Option<Redirection>,
    /// Where the headers of the site come from.
    pub headers: Headers,
    /// Headers that the host sends by itself.
    pub own: &'static [(&'static str, &'static str, When)],
    /// Types by the end of the name, before those of the site's own table.
    pub types: &'static [(&'static str, &'static str)],
    /// How files are compressed.
    pub packing: Packing,
    /// What a request for a part gets.
    pub ranges: Ranges,
    /// Whether `Last-Modified` is sent, and how `If-Modified-Since` is understood.
    pub dates: Dates,
    /// What a method other than GET and HEAD gets.
    pub other_method: u16,
    /// Whether that answer names the methods that are allowed.
    pub names_methods: bool,
}

/// At which addresses a file `about.html` is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Html {
    /// `/about.html` only.
    Named,
    /// `/about` too.
    Short,
    /// `/about` and `/about/` too.
    Any,
    /// `/about`; the others, and `/index.html`, are redirected with this status.
    Clean(u16),
}

/// What happens to a folder that is asked for without its closing slash.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Folder {
    /// A redirect if it has a page.
    WithPage(u16),
    /// A redirect, page or not.
    Exists(u16),
    /// A redirect for every last name without a dot, be there a folder or not.
    Undotted(u16),
    /// Its page, at this address.
    Shown,
}

/// Which page says that nothing was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Missing {
    /// `404.html` at the root of the site.
    AtRoot,
    /// The nearest `404.html` upwards; without any, the home page with status 200.
    NearestOrHome,
}

/// How `_redirects` is read.
#[derive(Clone, Copy, Debug)]
pub struct Redirection {
    /// Of rules that name none.
    pub usual_status: u16,
    /// Those that a rule may name; it is left out if it names another one.
    pub statuses: &'static [u16],
    /// Whether a rule may end with a comment, and its status with `!`.
    pub marks: bool,
    /// Whether a file goes before a rule without `!`.
    pub file_first: bool,
}

/// Where the headers of the site come from.
#[derive(Clone, Copy, Debug)]
pub enum Headers {
    /// The host takes none.
    None,
    /// `_headers`, read by the host.
    File(Limits),
    /// Settings made from `_headers`: its security headers everywhere, and a cache time by whether
    /// a name carries a hash.
    Settings {
        /// Whether answers that are no file, such as redirects, have a cache time too.
        without_file: bool,
    },
}

/// What of `_headers` counts.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Rules after this many are left out.
    pub rules: usize,
    /// Longer lines are left out, in bytes.
    pub line: usize,
    /// `! Name` takes away also what the host sends by itself.
    pub removes_own: bool,
    /// Names that can't be set, in lower case.
    pub fixed: &'static [&'static str],
}

impl Limits {
    /// Everything counts.
    pub const NONE: Self =
        Self { rules: usize::MAX, line: usize::MAX, removes_own: false, fixed: &[] };
}

/// Which answers carry a header of the host.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// All.
    Always,
    /// Files.
    Found,
    /// Files and redirects.
    NoError,
}

impl When {
    /// Whether an answer of this status carries it.
    pub fn holds(self, status: u16) -> bool {
        match self {
            Self::Always => true,
            Self::Found => matches!(status, 200 | 206),
            Self::NoError => status < 400,
        }
    }
}

/// How files are compressed.
#[derive(Clone, Copy, Debug)]
pub enum Packing {
    /// By the `.br` and `.gz` files beside them.
    Siblings,
    /// By the host, as they are asked for.
    Dynamic {
        /// Best first.
        encodings: &'static [Encoding],
        /// Types without parameters; `*` stands for those that the site compresses.
        types: &'static [&'static str],
        /// In bytes; smaller files are sent as they are.
        least: usize,
        /// In bytes; larger files are sent as they are.
        most: usize,
        /// The tag of what is compressed is the file's own, marked as weak.
        weak: bool,
    },
}

/// What a request for a part gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ranges {
    /// The part of the file itself, never compressed.
    OfFile,
    /// The part of the file itself, but all of it if the browser takes it compressed.
    UnlessPacked,
    /// The part of what would be sent, compressed or not.
    OfPacked,
    /// Everything.
    Ignored,
}

/// Whether `Last-Modified` is sent, and how `If-Modified-Since` is understood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dates {
    /// No dates at all.
    Unused,
    /// The date must be the very one.
    Exact,
    /// The date may be a later one.
    Since,
}

impl Rules {
    /// The type of a file by its name.
    pub fn content_type(&self, name: &str) -> &'static str {
        let file = name.rsplit('/').next().unwrap_or(name);
        let known = self.types.iter().find(|(end, _)| match end.starts_with('.') {
            true => file.ends_with(end),
            false => file == *end,
        });
        known.map_or_else(|| site::content_type(name), |(_, kind)| kind)
    }

    /// Whether a file, by its path in the site, is not served.
    pub fn hides(&self, name: &str) -> bool {
        self.hidden.iter().any(|hidden| match hidden.strip_prefix('*') {
            Some(end) => name.ends_with(end),
            None => name == *hidden,
        })
    }
}
