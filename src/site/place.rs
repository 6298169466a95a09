//! Files put in their folder. What is there already with the same bytes stays as it is, with its
//! time of change: a tool that uploads by it has little to do, and files are made dearly.
//!
//! - [`replace`] makes a new folder and renames it, so that nobody sees half of a site.
//! - [`update`] changes a folder that nobody looks at meanwhile.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;

use super::file::{Files, write_one};

/// Puts a new folder with the files in place of `out`, at once. Equal files are hard links to the
/// old ones; where a file system has none, copies.
pub fn replace(out: &Path, files: &Files) -> anyhow::Result<()> {
    let beside = |ending: &str| {
        let mut name = out.file_name().unwrap_or_default().to_owned();
        name.push(ending);
        out.with_file_name(name)
    };
    let (new, old) = (beside(".new"), beside(".old"));
    let rename = |from: &Path, to: &Path| {
        std::fs::rename(from, to)
            .with_context(|| format!("can't rename {} to {}", from.display(), to.display()))
    };
    remove(&new)?;
    remove(&old)?;
    make_folders(&new, files)?;
    files.par_iter().try_for_each(|(path, bytes)| {
        let (kept, target) = (out.join(path), new.join(path));
        if holds(&kept, bytes) && std::fs::hard_link(&kept, &target).is_ok() {
            return Ok(());
        }
        write_one(&target, bytes)
    })?;
    if out.exists() {
        rename(out, &old)?;
    }
    rename(&new, out)?;
    remove(&old)
}

/// Makes a folder hold the files and nothing else. One that is cut short is put right by the next.
pub fn update(folder: &Path, files: &Files) -> anyhow::Result<()> {
    let folders = folders_of(files);
    clear(folder, Path::new(""), files, &folders)?;
    make_folders(folder, files)?;
    files.par_iter().try_for_each(|(path, bytes)| {
        let target = folder.join(path);
        if holds(&target, bytes) { Ok(()) } else { write_one(&target, bytes) }
    })
}

/// Whether a file has these bytes. What is a link to a file elsewhere is not ours.
fn holds(file: &Path, bytes: &[u8]) -> bool {
    let same_length = std::fs::symlink_metadata(file)
        .is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
    same_length && std::fs::read(file).is_ok_and(|found| found == bytes)
}

/// All folders that files are in, relative.
fn folders_of(files: &Files) -> BTreeSet<&Path> {
    let mut folders = BTreeSet::new();
    for path in files.keys() {
        // Files of one folder stand together, so its first file enters all above.
        for folder in Path::new(path).ancestors().skip(1) {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

fn make_folders(root: &Path, files: &Files) -> anyhow::Result<()> {
    folders_of(files).into_par_iter().try_for_each(|folder| {
        let folder = root.join(folder);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("can't make the folder {}", folder.display()))
    })
}

/// Removes what is below `root/inside` and no file or folder of the site.
fn clear(
    root: &Path,
    inside: &Path,
    files: &Files,
    folders: &BTreeSet<&Path>,
) -> anyhow::Result<()> {
    let folder = root.join(inside);
    let cannot = || format!("can't read the folder {}", folder.display());
    let entries = match std::fs::read_dir(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(cannot)?,
    };
    let entries: Vec<_> = entries.collect::<Result<_, _>>().with_context(cannot)?;
    entries.into_par_iter().try_for_each(|entry| {
        let path = inside.join(entry.file_name());
        let kind = entry.file_type().with_context(cannot)?;
        if kind.is_dir() && folders.contains(&*path) {
            return clear(root, &path, files, folders);
        }
        let ours = slashed(&path).is_some_and(|path| files.contains_key(&path));
        if kind.is_file() && ours { Ok(()) } else { remove(&entry.path()) }
    })
}

/// With `/` on every system.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(OsStr::to_str).collect();
    parts.map(|parts| parts.join("/"))
}

/// Removes a file, a link or a folder, if there is one.
fn remove(path: &Path) -> anyhow::Result<()> {
    let is_folder = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    let removed = if is_folder { remove_folder(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// A folder with all that is in it; its folders in parallel.
fn remove_folder(path: &Path) -> std::io::Result<()> {
    let (mut folders, mut others): (Vec<PathBuf>, Vec<PathBuf>) = Default::default();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { &mut folders } else { &mut others }.push(entry.path());
    }
    others.into_par_iter().try_for_each(std::fs::remove_file)?;
    folders.par_iter().try_for_each(|folder| remove_folder(folder))?;
    std::fs::remove_dir(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    fn files(list: &[(&str, &str)]) -> Files {
        let file = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        list.iter().map(file).collect()
    }

    /// All below a folder but folders that are not empty.
    fn found(folder: &Path) -> Vec<String> {
        let all = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name();
        let all = all.into_iter().map(Result::unwrap).filter(|entry| {
            !entry.file_type().is_dir() || entry.path().read_dir().unwrap().next().is_none()
        });
        all.map(|entry| slashed(entry.path().strip_prefix(folder).unwrap()).unwrap()).collect()
    }

    /// Puts one set of files in place of another: what was equal keeps its time, the rest is new.
    fn check(put: fn(&Path, &Files) -> anyhow::Result<()>) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let before = files(&[("a/b/c", "1"), ("a/d", "2"), ("e/f", "3"), ("g", "4"), ("h/i", "5")]);
        put(&out, &before).unwrap();
        assert_eq!(super::super::file::read(&out).unwrap(), before);
        let past = SystemTime::now() - Duration::from_secs(1000);
        for path in before.keys() {
            let file = std::fs::File::options().write(true).open(out.join(path)).unwrap();
            file.set_modified(past).unwrap();
        }
        std::fs::create_dir_all(out.join("empty/folder")).unwrap();
        // Folders become files and files folders; `a/d` has other bytes of the same length.
        let after = files(&[("a/b/c", "1"), ("a/d", "6"), ("e", "3"), ("g/k", "4"), ("l/m", "")]);
        put(&out, &after).unwrap();
        assert_eq!(super::super::file::read(&out).unwrap(), after);
        assert_eq!(found(&out), ["a/b/c", "a/d", "e", "g/k", "l/m"]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "something is left");
        let changed = |path: &str| out.join(path).metadata().unwrap().modified().unwrap();
        assert_eq!(changed("a/b/c"), past);
        assert!(["a/d", "e", "g/k", "l/m"].iter().all(|path| changed(path) > past));
    }

    #[test]
    fn equal_files_keep_their_time() {
        check(replace);
        check(update);
    }

    #[test]
    fn what_is_left_of_a_build_cut_short_is_no_matter() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        for place in ["out.new/x", "out.old/x", "out/x"] {
            let file = folder.path().join(place);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "half").unwrap();
        }
        replace(&out, &files(&[("a", "1")])).unwrap();
        assert_eq!(found(folder.path()), ["out/a"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_and_what_it_leads_to_stays() {
        for put in [replace, update] {
            let folder = tempfile::tempdir().unwrap();
            let (out, other) = (folder.path().join("out"), folder.path().join("other"));
            std::fs::create_dir_all(&out).unwrap();
            std::fs::create_dir_all(&other).unwrap();
            std::fs::write(other.join("a"), "1").unwrap();
            std::os::unix::fs::symlink(other.join("a"), out.join("a")).unwrap();
            std::os::unix::fs::symlink(&other, out.join("b")).unwrap();
            put(&out, &files(&[("a", "1"), ("b/a", "2")])).unwrap();
            assert_eq!(found(folder.path()), ["other/a", "out/a", "out/b/a"]);
            assert!(!out.join("a").is_symlink() && !out.join("b").is_symlink());
            assert_eq!(std::fs::read(other.join("a")).unwrap(), b"1");
        }
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_old_folder() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let before = files(&[("a", "1")]);
        replace(&out, &before).unwrap();
        let long = "x".repeat(300);
        assert!(replace(&out, &files(&[("a", "2"), (&long, "3")])).is_err());
        assert_eq!(super::super::file::read(&out).unwrap(), before);
    }
}
