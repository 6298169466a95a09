//! From the path of a request to a file of the folder, and never to one outside.

use percent_encoding::percent_decode_str;
use std::path::{Component, Path, PathBuf};

/// What a path leads to.
#[derive(Debug, PartialEq)]
pub enum Target {
    /// A file inside the folder, and its path there with slashes, such as `posts/a/index.html`.
    File(PathBuf, String),
    /// A folder with a page that was asked for without its closing slash.
    FolderWithoutSlash,
    /// A folder without a page, asked for without its closing slash.
    EmptyFolderWithoutSlash,
    Missing,
}

/// Finds the file for the path of a request, percent-encoded, with its leading slash.
pub fn find(folder: &Path, path: &str) -> Target {
    let Some(parts) = decode(path) else {
        return Target::Missing;
    };
    let asks_for_folder = path.ends_with('/');
    let mut name = parts.join("/");
    if asks_for_folder {
        name = if name.is_empty() { "index.html".to_owned() } else { name + "/index.html" };
    }
    match inside(folder, &name) {
        Some(file) if file.is_file() => Target::File(file, name),
        Some(inner) if inner.is_dir() && !asks_for_folder => {
            match inner.join("index.html").is_file() {
                true => Target::FolderWithoutSlash,
                false => Target::EmptyFolderWithoutSlash,
            }
        }
        _ => Target::Missing,
    }
}

/// The decoded parts between the slashes; `None` unless each is a plain name. A name that only
/// becomes a slash or `..` by decoding is none, and neither is an empty one in the middle.
fn decode(path: &str) -> Option<Vec<String>> {
    let inner = path.strip_prefix('/')?;
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    if inner.is_empty() {
        return (path == "/").then(Vec::new);
    }
    inner.split('/').map(decode_part).collect()
}

fn decode_part(part: &str) -> Option<String> {
    let name = percent_decode_str(part).decode_utf8().ok()?.into_owned();
    let mut components = Path::new(&name).components();
    let is_plain = matches!(components.next(), Some(Component::Normal(only)) if only == name.as_str())
        && components.next().is_none();
    (is_plain && !name.contains(['/', '\\', '\0'])).then_some(name)
}

/// The real path, if it exists and no link leads out of the folder.
fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let file = folder.join(name).canonicalize().ok()?;
    file.starts_with(&folder).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn site() -> tempfile::TempDir {
        let outer = tempfile::tempdir().unwrap();
        let put = |path: &str| {
            let path = outer.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        };
        put("secret.txt");
        put("dist/index.html");
        put("dist/feed.xml");
        put("dist/posts/a/index.html");
        put("dist/tags/中文 标签/index.html");
        put("dist/images/a.png");
        outer
    }

    fn check(path: &str, expected: &str) {
        let outer = site();
        let found = match find(&outer.path().join("dist"), path) {
            Target::File(_, name) => name,
            other => format!("{other:?}"),
        };
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn files_and_folders() {
        check("/", "index.html");
        check("/feed.xml", "feed.xml");
        check("/posts/a/", "posts/a/index.html");
        check("/posts/a", "FolderWithoutSlash");
        check("/images", "EmptyFolderWithoutSlash");
        check("/images/", "Missing");
        check("/feed.xml/", "Missing");
        check("/none", "Missing");
    }

    #[test]
    fn percent_encoded_names() {
        check("/tags/%E4%B8%AD%E6%96%87%20%E6%A0%87%E7%AD%BE/", "tags/中文 标签/index.html");
        check("/feed%2Exml", "feed.xml");
        check("/%FF", "Missing");
    }

    #[test]
    fn nothing_outside_the_folder() {
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/%2e%2e%2fsecret.txt",
            "/..%5csecret.txt",
            "/..\\secret.txt",
            "/posts/../../secret.txt",
            "/posts/%2e%2e/%2E%2E/secret.txt",
            "/.",
            "/./feed.xml",
            "/feed.xml%00",
            "/feed.xml%00.html",
            "//feed.xml",
            "//posts/a",
            "/posts//a",
            "feed.xml",
            "*",
            "",
        ] {
            check(path, "Missing");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_may_not_lead_out() {
        let outer = site();
        let dist = outer.path().join("dist");
        std::os::unix::fs::symlink("../secret.txt", dist.join("out.txt")).unwrap();
        std::os::unix::fs::symlink("..", dist.join("up")).unwrap();
        std::os::unix::fs::symlink("feed.xml", dist.join("in.xml")).unwrap();
        assert_eq!(find(&dist, "/out.txt"), Target::Missing);
        assert_eq!(find(&dist, "/up/secret.txt"), Target::Missing);
        assert!(matches!(find(&dist, "/in.xml"), Target::File(..)));
    }
}
