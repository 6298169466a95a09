//! What stands where in the output: no two files at one path, and no file where another needs a
//! folder, also on systems that don't tell case apart.

use std::collections::BTreeMap;
use std::path::Path;

use super::diagnostic::{Diagnostic, Source};
use super::fields::Text;
use super::library::{Parsed, Surroundings};
use super::load::OWN_FILES;
use super::prerender;
use crate::model::Catalogue;
use crate::route::{Route, page_file};
use crate::text;

/// A file of the output.
struct Output<'a> {
    /// Its path below the base.
    path: String,
    origin: Origin<'a>,
}

/// What a file is made of.
#[derive(Clone, Copy)]
enum Origin<'a> {
    /// The site itself.
    Site,
    Post(&'a Path, &'a Source),
    Public(&'a Path),
    Redirect(&'a Source, &'a Text),
}

/// Everything that can't be written beside something else. Two posts at one address, and public
/// files in place of the site's own, are said elsewhere.
pub fn clashes(
    posts: &[Parsed],
    catalogue: &Catalogue,
    around: &Surroundings<'_>,
) -> Vec<Diagnostic> {
    let mut by_path: BTreeMap<String, Output<'_>> = BTreeMap::new();
    let mut found = Vec::new();
    for output in outputs(posts, catalogue, around) {
        let key = text::fold(&output.path);
        match by_path.get(&key) {
            Some(other) if is_said_elsewhere(&output, other) => {}
            Some(other) => found.extend(output.problem("stands at the path of", other, around)),
            None => drop(by_path.insert(key, output)),
        }
    }
    for (path, output) in &by_path {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        for other in folders.filter_map(|folder| by_path.get(folder)) {
            let problem = output.problem("needs a folder in place of", other, around);
            found.extend(
                problem.or_else(|| other.problem("stands in place of a folder of", output, around)),
            );
        }
    }
    found
}

/// All files in the order in which they have a right to their paths.
fn outputs<'a>(
    posts: &'a [Parsed],
    catalogue: &Catalogue,
    around: &'a Surroundings<'_>,
) -> Vec<Output<'a>> {
    let site = |path: String| Output { path, origin: Origin::Site };
    let mut outputs: Vec<Output<'_>> =
        OWN_FILES.iter().chain(&["data/x"]).map(|path| site((*path).to_owned())).collect();
    let lists = prerender::routes(catalogue).into_iter();
    let lists = lists.filter(|route| !matches!(route, Route::Document { .. }));
    outputs.extend(lists.map(|route| site(page_file(&route.path()))));
    for (post, source) in posts {
        let origin = Origin::Post(&post.file, source);
        outputs.push(Output { path: page_file(&post.path), origin });
    }
    for path in around.public.keys() {
        outputs.push(Output { path: path.clone(), origin: Origin::Public(Path::new(path)) });
    }
    for (post, source) in posts {
        for old in post.redirects.iter().filter(|old| old.value != post.path) {
            let origin = Origin::Redirect(source, old);
            outputs.push(Output { path: page_file(&old.value), origin });
        }
    }
    outputs
}

fn is_said_elsewhere(one: &Output<'_>, other: &Output<'_>) -> bool {
    match (one.origin, other.origin) {
        (Origin::Post(..), Origin::Post(..)) | (Origin::Public(_), Origin::Site) => true,
        (Origin::Redirect(..), Origin::Post(..) | Origin::Redirect(..)) => one.path == other.path,
        _ => false,
    }
}

impl Output<'_> {
    /// What is wrong where it is made; `None` for the site's own, which nobody can mend.
    fn problem(
        &self,
        how: &str,
        other: &Output<'_>,
        around: &Surroundings<'_>,
    ) -> Option<Diagnostic> {
        let other = match other.origin {
            Origin::Site => "a page or file of the site itself".to_owned(),
            Origin::Post(file, _) => format!("the page of `{}`", file.display()),
            Origin::Public(path) => format!("`{}`", around.public_folder.join(path).display()),
            Origin::Redirect(source, old) => {
                format!("the old address /{} of `{}`", old.value, source.path.display())
            }
        };
        match self.origin {
            Origin::Site => None,
            Origin::Post(_, source) => {
                let message = format!("the address /{} {how} {other}", self.path);
                Some(source.error(0, message).help("choose another `permalink`"))
            }
            Origin::Public(path) => {
                let message = format!("it {how} {other}");
                let file = around.public_folder.join(path);
                Some(Diagnostic::file_error(&file, message).help("rename it"))
            }
            Origin::Redirect(source, old) => {
                let message = format!("the old address /{} {how} {other}", old.value);
                Some(source.error_in(old.range(), message).help("delete it here"))
            }
        }
    }
}
