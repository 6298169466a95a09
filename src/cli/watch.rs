//! Waiting for the author to change something.

use super::fingerprint;
use super::project::Project;
use anyhow::Context;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// An editor saves in several steps; this much silence ends them.
const SILENCE: Duration = Duration::from_millis(80);
/// A folder that changes without a pause is rebuilt all the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// What has to be made again; the app's change includes the content's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Content,
    App,
}

/// Watches the sources of a project.
pub struct Watch {
    places: Places,
    events: Receiver<notify::Result<Event>>,
    _watcher: RecommendedWatcher,
}

/// Where the sources are; absolute.
struct Places {
    root: PathBuf,
    /// Folders of content, and the file of settings.
    content: Vec<PathBuf>,
}

impl Watch {
    /// Starts to collect changes.
    pub fn start(project: &Project) -> anyhow::Result<Self> {
        let options = project.options();
        let (sender, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).context("cannot watch files")?;
        // A file is watched by its folder: editors replace files, and the new one is another.
        let config = real(&options.config);
        let config_folder = config.parent().unwrap_or(&config).to_path_buf();
        let posts = real(&options.posts);
        let public = real(&options.public);
        let root = real(Path::new("."));
        for (folder, mode) in [
            (&root, RecursiveMode::NonRecursive),
            (&root.join("src"), RecursiveMode::Recursive),
            (&posts, RecursiveMode::Recursive),
            (&public, RecursiveMode::Recursive),
            (&config_folder, RecursiveMode::NonRecursive),
        ] {
            if folder.is_dir() {
                watcher
                    .watch(folder, mode)
                    .with_context(|| format!("cannot watch {}", folder.display()))?;
            }
        }
        let places = Places { root, content: vec![posts, public, config] };
        Ok(Self { places, events, _watcher: watcher })
    }

    /// Waits for the next change, and for the silence after it.
    pub fn next(&self) -> anyhow::Result<Change> {
        loop {
            let mut change = self.places.classify(self.events.recv()?);
            let started = Instant::now();
            while started.elapsed() < PATIENCE {
                let Ok(event) = self.events.recv_timeout(SILENCE) else { break };
                change = change.max(self.places.classify(event));
            }
            if let Some(change) = change {
                return Ok(change);
            }
        }
    }
}

impl Places {
    /// What an event changes, if anything.
    fn classify(&self, event: notify::Result<Event>) -> Option<Change> {
        let event = event.ok()?;
        if matches!(event.kind, EventKind::Access(_)) {
            return None;
        }
        event.paths.iter().filter_map(|path| self.change_at(path)).max()
    }

    fn change_at(&self, path: &Path) -> Option<Change> {
        let name = path.file_name()?.to_string_lossy();
        // What editors leave beside a file that is open.
        let is_temporary = name.starts_with(['.', '#']) || name.ends_with(['~']) || name == "4913";
        if path.strip_prefix(&self.root).is_ok_and(fingerprint::concerns_app) && !is_temporary {
            return Some(Change::App);
        }
        let is_content = self.content.iter().any(|place| path.starts_with(place));
        (is_content && !is_temporary).then_some(Change::Content)
    }
}

/// As the system reports it; some resolve links on the way.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or(path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<Change>) {
        let content = ["/blog/posts", "/blog/public", "/elsewhere/inkstone.toml"];
        let places = Places { root: "/blog".into(), content: content.map(PathBuf::from).into() };
        assert_eq!(places.change_at(Path::new(path)), expected, "{path}");
    }

    #[test]
    fn content_is_not_the_app() {
        check("/blog/posts/2026/a.md", Some(Change::Content));
        check("/blog/public/images/a.png", Some(Change::Content));
        check("/elsewhere/inkstone.toml", Some(Change::Content));
        check("/blog/src/view/page.rs", Some(Change::App));
        check("/blog/src/style/tokens.css", Some(Change::App));
        check("/blog/index.html", Some(Change::App));
    }

    #[test]
    fn the_rest_is_nothing() {
        check("/blog/dist/index.html", None);
        check("/blog/README.md", None);
        check("/blog/src/cli/mod.rs", None);
        check("/elsewhere/other.toml", None);
        check("/blog/posts/.a.md.swp", None);
        check("/blog/posts/a.md~", None);
        check("/blog/src/.#lib.rs", None);
    }

    #[test]
    fn the_larger_change_wins() {
        assert!(Some(Change::App) > Some(Change::Content) && Some(Change::Content) > None);
    }
}
