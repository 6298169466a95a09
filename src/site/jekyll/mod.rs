//! Taking a Jekyll site over: posts, pages, files and settings. The plan is made without writing
//! anything; only [`Plan::apply`] touches the project.
//!
//! 1. `settings` and `site_keys`: `_config.yml`, for `inkstone.toml` and for the steps below.
//! 2. `scan` and `filter`: the files that Jekyll publishes, and the part of the site each is of.
//! 3. `take`: where each file goes; `pages` and `address`: what a page needs to keep its address.
//! 4. `defaults` and `inkstone_toml`: front matter defaults and settings in Inkstone's terms.
//! 5. `report`: what was taken, changed and left. Nothing is left without a reason.
//!
//! Liquid, themes and plug-ins are not read. What Jekyll does not publish is not taken.

mod address;
mod defaults;
mod filter;
mod inkstone_toml;
mod node;
mod pages;
mod reasons;
mod report;
mod scan;
mod settings;
mod site_keys;
mod take;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::diagnostic::Diagnostic;
use report::{Left, Report};
use settings::{Collection, Settings};
use take::Taken;

/// Where an import writes.
#[derive(Clone, Debug)]
pub struct Places {
    /// The folder of posts.
    pub posts: PathBuf,
    /// The file of settings.
    pub config: PathBuf,
    /// The folder of files that are copied as they are.
    pub public: PathBuf,
}

/// All that an import will write, and what it says.
#[derive(Debug)]
pub struct Plan {
    files: Vec<Planned>,
    report: Report,
}

/// One file to write.
#[derive(Debug)]
struct Planned {
    to: PathBuf,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// The bytes of a file, which may be large.
    CopyOf(PathBuf),
    Bytes(Vec<u8>),
}

impl Content {
    fn bytes(&self) -> anyhow::Result<std::borrow::Cow<'_, [u8]>> {
        match self {
            Content::Bytes(bytes) => Ok(bytes.into()),
            Content::CopyOf(file) => {
                let bytes = std::fs::read(file);
                Ok(bytes.with_context(|| format!("can't read {}", file.display()))?.into())
            }
        }
    }
}

/// Reads the Jekyll site; writes nothing. Fails where the folder is no Jekyll site, where its
/// settings can't be read, and where it is the project itself.
pub fn plan(source: &Path, places: &Places) -> Result<Plan, Vec<Diagnostic>> {
    if !source.is_dir() {
        return Err(vec![Diagnostic::file_error(source, "there is no such folder")]);
    }
    let file = settings::find(source);
    if file.is_none() && !source.join("_posts").is_dir() {
        let problem = Diagnostic::file_error(source, "there is no `_config.yml` and no `_posts`");
        return Err(vec![problem.help("name the folder of a Jekyll site")]);
    }
    let own = own_places(source, places)?;
    let mut settings = settings::read(file.as_deref())?;
    let root = source.join(&settings.source);
    assume_theme(&root, &mut settings);
    let mut left = std::mem::take(&mut settings.left);
    let found = scan::scan(&root, &settings, &own, &mut left);
    let mut taken = take::take(found, &settings, places);
    left.append(&mut taken.left);
    let defaults = defaults::map(&settings, &taken.posts, &mut left);
    let title = source.canonicalize().unwrap_or_else(|_| source.to_owned());
    let title = title.file_name().unwrap_or_default().to_string_lossy();
    let text = inkstone_toml::text(&settings, &title, &defaults);
    let config = Planned { to: places.config.clone(), content: Content::Bytes(text.into_bytes()) };
    taken.files.push(config);
    let report = report(&taken, settings.file.clone(), left, places);
    Ok(Plan { files: taken.files, report })
}

fn report(taken: &Taken, settings: Option<String>, left: Vec<Left>, places: &Places) -> Report {
    let folder = |path: &Path| format!("{}/", path.display());
    let (posts, public) = (folder(&places.posts), folder(&places.public));
    Report {
        taken: vec![
            ("post", taken.counts.posts, posts),
            ("draft", taken.counts.drafts, folder(&places.posts)),
            ("page", taken.counts.pages, folder(&places.posts.join("pages"))),
            ("other file", taken.counts.others, public),
        ],
        settings,
        config: places.config.display().to_string(),
        changed: taken.changed.clone(),
        left,
        next: report::next(places),
    }
}

/// The canonical paths of what an earlier import wrote, where that is inside the site.
fn own_places(source: &Path, places: &Places) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let project = match places.config.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let canonical = |path: &Path| path.canonicalize().ok();
    if canonical(project).is_some() && canonical(project) == canonical(source) {
        let problem = Diagnostic::file_error(source, "this is the folder of the project itself");
        let help = "move the Jekyll site into a folder of its own and name that";
        return Err(vec![problem.help(help)]);
    }
    let all = [&places.posts, &places.config, &places.public, project].map(canonical);
    Ok(all.into_iter().flatten().collect())
}

/// Chirpy's collection of pages, for sites that get the settings of the theme from a gem
/// (`load_theme_configuration` in Jekyll's `lib/jekyll/site.rb`, `_config.yml` of Chirpy).
fn assume_theme(source: &Path, settings: &mut Settings) {
    let declared = settings.collections.iter().any(|collection| collection.label == "tabs");
    if !declared && source.join("_tabs").is_dir() {
        let permalink = Some("/:title/".to_owned());
        let tabs = Collection { label: "tabs".to_owned(), output: true, permalink };
        settings.collections.push(tabs);
    }
}

impl Plan {
    /// Folders in the place of files, and files in the place of folders, which nothing replaces.
    pub fn obstacles(&self) -> Vec<PathBuf> {
        let mut found = BTreeSet::new();
        for file in &self.files {
            if file.to.is_dir() {
                found.insert(file.to.clone());
            }
            let above = file.to.ancestors().skip(1).filter(|path| path.symlink_metadata().is_ok());
            found.extend(above.filter(|path| !path.is_dir()).map(Path::to_owned));
        }
        found.into_iter().collect()
    }

    /// Destinations that exist with other bytes.
    pub fn conflicts(&self) -> Vec<PathBuf> {
        let taken = self.files.iter().filter(|file| {
            // A link counts even if it leads nowhere: writing would go where it leads.
            file.to.symlink_metadata().is_ok() && !file.is_done()
        });
        taken.map(|file| file.to.clone()).collect()
    }

    /// Writes every file that is not there yet with the same bytes. Replaces what is in the way,
    /// so the caller asks for [`Plan::conflicts`] first.
    pub fn apply(&self) -> anyhow::Result<()> {
        self.files.iter().filter(|file| !file.is_done()).try_for_each(Planned::write)
    }

    /// What is taken, changed and left; the last line says what to do next.
    pub fn report(&self) -> String {
        self.report.text()
    }
}

impl Planned {
    /// Whether the destination has these bytes already.
    fn is_done(&self) -> bool {
        let Ok(there) = self.to.metadata() else { return false };
        let length = match &self.content {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::CopyOf(file) => file.metadata().ok().map(|file| file.len()),
        };
        // The length spares reading large files.
        there.is_file()
            && length == Some(there.len())
            && matches!((self.content.bytes(), std::fs::read(&self.to)),
                (Ok(new), Ok(old)) if *new == *old)
    }

    fn write(&self) -> anyhow::Result<()> {
        let to = &self.to;
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("can't make the folder {}", parent.display()))?;
        }
        if to.is_symlink() {
            // The link is replaced, not what it leads to.
            std::fs::remove_file(to)
                .with_context(|| format!("can't remove the link {}", to.display()))?;
        }
        std::fs::write(to, self.content.bytes()?)
            .with_context(|| format!("can't write {}", to.display()))
    }
}

#[cfg(test)]
mod tests;
