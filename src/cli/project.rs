//! The project folder, and the options that every command shares.

use super::Failure;
use crate::site::{self, number};
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Where the content is and which of it counts.
#[derive(clap::Args, Clone)]
pub struct Content {
    /// Folder of Markdown posts [default: posts]
    #[arg(long, global = true, value_name = "DIR")]
    pub posts: Option<PathBuf>,
    /// Settings of the site [default: inkstone.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of files to copy as they are [default: public]
    #[arg(long, global = true, value_name = "DIR")]
    pub public: Option<PathBuf>,
    /// Include drafts
    #[arg(long, global = true)]
    pub drafts: bool,
    /// Include posts dated in the future
    #[arg(long, global = true)]
    pub future: bool,
}

/// The project that a command works on. Its root is the working folder of the process.
pub struct Project {
    /// Absolute.
    pub root: PathBuf,
    /// Where the person stands; paths in arguments count from here. Absolute.
    standing: PathBuf,
    content: Content,
}

impl Project {
    /// Finds the project around the working folder and moves there.
    pub fn enter(content: &Content) -> Result<Self, Failure> {
        let standing = std::env::current_dir().context("cannot read the working folder")?;
        let root = root_above(&standing).to_path_buf();
        std::env::set_current_dir(&root)
            .with_context(|| format!("cannot enter {}", root.display()))?;
        Ok(Self { root, standing, content: content.clone() })
    }

    /// A project at a place, without moving there.
    #[cfg(test)]
    pub fn at(root: PathBuf, content: Content) -> Self {
        Self { standing: root.clone(), root, content }
    }

    /// A path from the arguments, relative to the root where it is inside, so that diagnostics
    /// stay short.
    pub fn path(&self, given: &Path) -> PathBuf {
        let whole = self.standing.join(given);
        match whole.strip_prefix(&self.root) {
            Ok(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
            Ok(inside) => inside.to_path_buf(),
            Err(_) => whole,
        }
    }

    /// A place for what can be made again; relative to the root.
    pub fn work(&self, name: &str) -> PathBuf {
        Path::new("target/inkstone").join(name)
    }

    /// What the site is made from. The caller sets what differs: `base`, `strict`, `live`.
    pub fn options(&self) -> site::Options {
        let path = |given: &Option<PathBuf>, default: &str| match given {
            Some(given) => self.path(given),
            None => PathBuf::from(default),
        };
        site::Options {
            posts: path(&self.content.posts, "posts"),
            config: path(&self.content.config, "inkstone.toml"),
            public: path(&self.content.public, "public"),
            base: None,
            drafts: self.content.drafts,
            future: self.content.future,
            strict: false,
            live: false,
            remove_worker: false,
            compress: true,
            cards: false,
            previous: None,
            fonts: None,
            number: number::source_date(std::env::var("SOURCE_DATE_EPOCH").ok().as_deref()),
        }
    }
}

/// The nearest folder with a `Trunk.toml`, the given folder if there is none.
fn root_above(standing: &Path) -> &Path {
    standing.ancestors().find(|folder| folder.join("Trunk.toml").is_file()).unwrap_or(standing)
}

/// Reads the value of `--base`: `sub`, `/sub` and `/sub/` all mean `/sub/`.
pub fn parse_base(text: &str) -> Result<String, String> {
    let inner = text.trim_matches('/');
    let plain = |c: char| c.is_alphanumeric() || "-._~/%".contains(c);
    if !inner.chars().all(plain) || inner.split('/').any(|part| part == "." || part == "..") {
        return Err("a base is a path such as /blog/".to_owned());
    }
    if inner.contains("//") {
        return Err("a base has no empty parts, as in /blog/".to_owned());
    }
    Ok(if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> Project {
        let content =
            Content { posts: None, config: None, public: None, drafts: false, future: false };
        Project { root: "/home/me/blog".into(), standing: "/home/me/blog/notes".into(), content }
    }

    #[test]
    fn paths_count_from_where_the_person_stands() {
        assert_eq!(project().path(Path::new("drafts")), Path::new("notes/drafts"));
        assert_eq!(project().path(Path::new("/srv/posts")), Path::new("/srv/posts"));
    }

    #[test]
    fn defaults_count_from_the_root() {
        assert_eq!(project().options().posts, Path::new("posts"));
    }

    #[test]
    fn the_root_is_the_nearest_folder_with_a_trunk_toml() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(folder.path().join("Trunk.toml"), "").unwrap();
        assert_eq!(root_above(&inner), folder.path());
    }

    #[test]
    fn a_base_is_a_clean_path() {
        assert_eq!(parse_base("blog").as_deref(), Ok("/blog/"));
        assert_eq!(parse_base("/a/b/").as_deref(), Ok("/a/b/"));
        assert_eq!(parse_base("/").as_deref(), Ok("/"));
        for bad in ["/a/../b", "a//b", "a b", "https://x.org/", "a?b", "a\\b"] {
            assert!(parse_base(bad).is_err(), "{bad}");
        }
    }
}
