//! Which files of a large site are compared.

use super::release::{Release, Set};
use crate::site::file::sha256;

/// So many files besides those of the core are compared unless the person says otherwise.
pub const DEFAULT: usize = 2000;

/// All files of the core and `most` others. Which ones follows from the release alone, so that a
/// second run looks at the same files and the next release at others.
pub fn choose(release: &Release, most: usize) -> Vec<&str> {
    let all = release.files.iter();
    let (core, mut others): (Vec<_>, Vec<_>) = all.partition(|(_, entry)| entry.set == Set::Core);
    if others.len() > most {
        others.sort_by_cached_key(|(path, _)| sha256(format!("{}\0{path}", release.id).as_bytes()));
        others.truncate(most);
    }
    let mut chosen: Vec<&str> =
        core.into_iter().chain(others).map(|(path, _)| path.as_str()).collect();
    chosen.sort_unstable();
    chosen
}

/// Some pages to ask in other ways, chosen like files; those whose names are not ASCII first.
pub fn pages(release: &Release, most: usize) -> Vec<&str> {
    let folders = release.files.iter().filter(|(path, entry)| {
        entry.is_html() && path.strip_suffix("/index.html").is_some_and(|folder| !folder.is_empty())
    });
    let mut pages: Vec<&str> = folders.map(|(path, _)| path.as_str()).collect();
    let hash = |path: &str| sha256(format!("{}\0{path}", release.id).as_bytes());
    pages.sort_by_cached_key(|path| (path.is_ascii(), hash(path)));
    pages.truncate(most);
    pages
}

#[cfg(test)]
mod tests {
    use super::super::made;
    use super::*;

    #[test]
    fn the_core_is_always_chosen_and_the_rest_is_the_same_each_time() {
        let (_, release) = Release::of_folder(&made::site("/")).unwrap();
        let core = release.files.values().filter(|entry| entry.set == Set::Core).count();
        assert!(core > 3 && release.files.len() > core + 3);
        for (most, want) in [(0, core), (2, core + 2), (DEFAULT, release.files.len())] {
            let chosen = choose(&release, most);
            assert_eq!(chosen.len(), want);
            assert_eq!(chosen, choose(&release, most));
        }
        assert_eq!(pages(&release, 1), ["posts/云/index.html"]);
    }
}
