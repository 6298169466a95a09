//! What a post can refer to: other posts by their files, files beside them, public files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::content::join;
use super::library::PublicFiles;
use super::load::{BesideFiles, relative};
use super::post::Post;

type Find<'a> = Box<dyn Fn(&str) -> Option<String> + Sync + 'a>;

/// Finds what references mean.
pub struct Index<'a> {
    /// The origin of the site, such as `https://blog.example`.
    pub origin: Option<String>,
    /// What Jekyll's `post_url` names -> path below the base.
    pub post: Find<'a>,
    /// What Jekyll's `link` names -> path below the base.
    pub file: Find<'a>,
    /// Public files with the size of images.
    pub public: &'a PublicFiles,
    /// Files beside posts by the path they are published at, with the size of images.
    pub media: BTreeMap<String, Option<(u32, u32)>>,
    /// The paths of posts and of files, by file relative to the folder of posts.
    files: BTreeMap<String, String>,
    /// The paths of posts, by file.
    posts: BTreeMap<String, String>,
    /// The folder of posts, as people know it.
    folder: PathBuf,
}

impl<'a> Index<'a> {
    /// Enters the posts that are shown, and the files beside them.
    pub fn new(
        posts: impl Iterator<Item = &'a Post>,
        folder: &Path,
        beside: &'a BesideFiles,
        public: &'a PublicFiles,
        origin: Option<String>,
    ) -> Self {
        let posts: BTreeMap<String, String> = posts
            .filter_map(|post| Some((relative(folder, &post.file)?, post.path.clone())))
            .collect();
        let mut files = posts.clone();
        files.extend(beside.iter().map(|(file, found)| (file.clone(), found.path.clone())));
        let by_name = posts.iter().map(|(file, path)| (plain(&name(file)), path.clone())).collect();
        let post = move |name: &str| find_post(&by_name, name);
        let all_posts = posts.clone();
        let file = move |file: &str| {
            let file = file.trim_start_matches('/');
            let inner = ["_posts/", "posts/"].iter().find_map(|folder| file.strip_prefix(folder));
            // `import` puts pages into a folder of their own.
            let page = format!("pages/{file}");
            let found = posts.get(file).or_else(|| posts.get(inner?));
            let found = found.or_else(|| posts.get(&page));
            found.cloned().or_else(|| public.contains_key(file).then(|| file.to_owned()))
        };
        Index {
            origin,
            post: Box::new(post),
            file: Box::new(file),
            public,
            media: beside.values().map(|found| (found.path.clone(), found.size)).collect(),
            files,
            posts: all_posts,
            folder: folder.to_owned(),
        }
    }

    /// All that it was made of; what it finds depends on nothing else.
    pub fn written(&self) -> String {
        let Index { origin, public, media, files, posts, folder, post: _, file: _ } = self;
        format!("{:?}", (origin, public, media, files, posts, folder))
    }

    /// What a path relative to a post's file leads to, as a path below the base.
    pub fn beside(&self, post: &Path, path: &str) -> Option<String> {
        let folder = relative(&self.folder, post.parent()?)?;
        self.files.get(&join(&folder, path)?).cloned()
    }

    /// What to do about an image that is not there: one of the same name, or where to put it.
    pub fn nearest_image(&self, path: &str, post: Option<&Path>) -> String {
        let name = path.rsplit('/').next().unwrap_or(path);
        let same = |file: &&String| {
            file.rsplit('/').next().is_some_and(|other| other.eq_ignore_ascii_case(name))
        };
        if let Some(near) = self.public.keys().find(same) {
            return format!("did you mean `/{near}`?");
        }
        match post.and_then(Path::parent) {
            Some(folder) => format!("put the file at {}", folder.join(path).display()),
            None => format!("put the file at public/{path}"),
        }
    }
}

/// A file's path without its extension.
fn name(file: &str) -> String {
    file.rsplit_once('.').map_or(file, |(name, _)| name).to_owned()
}

/// `2026-01-14-name`, also with folders in front or without those the file has (Jekyll:
/// `lib/jekyll/tags/post_url.rb`).
fn find_post(by_name: &BTreeMap<String, String>, wanted: &str) -> Option<String> {
    let wanted = plain(wanted);
    let inside = |name: &str| name.strip_suffix(&wanted).is_some_and(|rest| rest.ends_with('/'));
    let found = by_name.get(&wanted);
    let found =
        found.or_else(|| by_name.iter().find(|(name, _)| inside(name)).map(|(_, path)| path));
    found.cloned()
}

/// A post's name without `_posts`, which counts for nothing.
fn plain(name: &str) -> String {
    name.trim_start_matches('/').replace("_posts/", "")
}
