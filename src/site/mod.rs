//! From a folder of posts to a folder of files. Native only. This file is the ordered list of
//! steps, and with `load`, `file`, `place`, `jekyll` and the caches of `compress` and `colours` the
//! only one that touches the disk.
//!
//! 1. [`read`]: configuration and posts to a [`library::Library`], every mistake in a [`Report`].
//! 2. `colours`, `bundle`: code is coloured; what the app reads (`neighbours`, `search_index`,
//!    `parts`).
//! 3. `app_files` (`shorten`), `icons`, `web_manifest`: what surrounds it.
//! 4. `prerender`, `redirect`: every route as a page, and every old address.
//! 5. `release`, `lists`, `number`: the manifest of all files, and the service worker (`minify`).
//! 6. `headers`, `compress`, `budget`: how it is served.
//! 7. [`build`]: all of it put in place at once, or nothing.

pub mod app_files;
pub mod budget;
pub mod bundle;
pub mod card;
pub mod cards;
pub mod clashes;
pub mod clock;
pub mod colours;
pub mod compress;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod diagram;
pub mod document;
pub mod feeds;
pub mod fence;
pub mod fields;
pub mod file;
pub mod front_matter;
pub mod headers;
pub mod highlight;
pub mod icons;
pub mod index;
pub mod jekyll;
pub mod library;
pub mod links;
pub mod lists;
pub mod load;
mod make;
pub mod math;
pub mod memo;
pub mod minify;
pub mod neighbours;
pub mod new_post;
pub mod number;
pub mod outputs;
pub mod parts;
pub mod permalink;
pub mod place;
pub mod post;
pub mod prepare;
pub mod prerender;
pub mod publish;
pub mod redirect;
pub mod related;
pub mod release;
pub mod report;
pub mod roles;
mod screenshots;
pub mod search_index;
pub mod shorten;
pub mod state_page;
pub mod style;
pub mod toml;
pub mod tree;
pub mod upload;
pub mod verify;
pub mod web_manifest;
pub mod when;
pub mod yaml;

use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;

use crate::route::Base;
use clock::Timings;
use config::Config;
use diagnostic::{Diagnostic, Source};
use library::{Library, PublicFiles, Show, Surroundings};
use memo::Memory;
use number::Numbers;
use post::Inputs;

pub use file::{content_type, is_compressible, is_hashed};
pub use report::Report;

/// Where the input is and how to read it.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of posts.
    pub posts: PathBuf,
    /// The site's configuration.
    pub config: PathBuf,
    /// Files that are copied as they are.
    pub public: PathBuf,
    /// Where the site is mounted, against what the configuration says.
    pub base: Option<String>,
    /// Show drafts.
    pub drafts: bool,
    /// Show posts whose date has not come.
    pub future: bool,
    /// Warnings are errors.
    pub strict: bool,
    /// For the local server: live reload, no service worker.
    pub live: bool,
    /// The kill switch: a worker that removes itself and what it kept, and pages without one.
    pub remove_worker: bool,
    /// Whether to write `.br` and `.gz` siblings.
    pub compress: bool,
    /// Whether to draw a picture of each post for previews.
    pub cards: bool,
    /// An earlier output whose hashed files are kept, for tabs that are open and hosts that don't
    /// switch at once.
    pub previous: Option<PathBuf>,
    /// The folder of the fonts for them; without it, a font of the system.
    pub fonts: Option<PathBuf>,
    /// The number of a new release, in seconds since 1970; without it, the time of the build.
    pub number: Option<u64>,
}

/// A site that was written.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// What was found in the input.
    pub report: Report,
    /// The table of sizes.
    pub summary: String,
    /// The release's id; empty where nothing was written.
    pub release: String,
    /// What breaks its budget.
    pub over_budget: Vec<String>,
    /// What else the author should know.
    pub notes: Vec<String>,
    /// In which order files are to be uploaded.
    pub upload: String,
    /// What each step took, in their order.
    pub timings: Timings,
}

/// Reads and checks the input; writes nothing.
pub fn check(options: &Options) -> anyhow::Result<Report> {
    Ok(read(options, &Memory::default())?.3)
}

/// Builds the site from trunk's output in `app` and puts it in place of `out` at once. With
/// errors in the report nothing is written.
pub fn build(options: &Options, app: &Path, out: &Path, cache: &Path) -> anyhow::Result<Built> {
    let output = file::read(app)?;
    let numbers = numbers(options, out);
    let (built, files) = make::make(options, &output, (cache, &numbers), &Memory::default())?;
    if let Some(files) = files {
        place::replace(out, &files)?;
    }
    Ok(built)
}

/// Builds the site again and again for one author, into a `folder` that nobody looks at meanwhile;
/// what `memory` has of the build before is not made anew. With errors in the report nothing is
/// written.
pub fn rebuild(
    options: &Options,
    app: &Path,
    folder: &Path,
    cache: &Path,
    memory: &mut Memory,
) -> anyhow::Result<Built> {
    let output = file::read(app)?;
    let numbers = numbers(options, folder);
    let (built, files) = make::make(options, &output, (cache, &numbers), memory)?;
    if let Some(files) = files {
        place::update(folder, &files)?;
        // A build with errors asked for little; what it left out is wanted once they are mended.
        memory.forget();
    }
    Ok(built)
}

/// Finishes trunk's own staging folder, which it then puts in the place of `out`, for its
/// post-build hook.
pub fn finish_in_place(
    options: &Options,
    (staging, out): (&Path, &Path),
    cache: &Path,
) -> anyhow::Result<Built> {
    let output = file::read(staging)?;
    let numbers = numbers(options, out);
    let (built, files) = make::make(options, &output, (cache, &numbers), &Memory::default())?;
    if let Some(files) = files {
        for path in output.keys() {
            let path = staging.join(path);
            std::fs::remove_file(&path)
                .with_context(|| format!("can't remove {}", path.display()))?;
        }
        file::write(staging, &files)?;
    }
    Ok(built)
}

/// Where the release's number comes from, if `out` is what it replaces.
fn numbers(options: &Options, out: &Path) -> Numbers {
    let current = std::fs::read(out.join(release::CURRENT)).ok();
    Numbers::new(current.as_deref(), options.number)
}

/// Step 1: the configuration, the library and what is wrong with them.
fn read(
    options: &Options,
    memory: &Memory,
) -> anyhow::Result<(Config, Library, PublicFiles, Report)> {
    let mut report = Report::default();
    let config = read_config(options, &mut report)?;
    if !options.posts.is_dir() {
        let error = Diagnostic::file_error(&options.posts, "there is no such folder of posts");
        report.push(error.help("make it, or name another with --posts DIR"));
    }
    let found =
        if options.posts.is_dir() { load::posts(&options.posts) } else { Default::default() };
    report.diagnostics.extend(found.problems);
    let inputs = Inputs { config: &config, folder: &options.posts, now: jiff::Timestamp::now() };
    let files = found.posts.len();
    let parsed: Vec<_> = found
        .posts
        .into_par_iter()
        .map(|source| {
            let mut problems = Vec::new();
            let post = post::parse(&source, inputs, &mut problems);
            (post.map(|post| (post, source)), problems)
        })
        .collect();
    let mut posts = Vec::new();
    for (post, problems) in parsed {
        report.diagnostics.extend(problems);
        posts.extend(post);
    }
    let (public, problems) = load::public(&options.public);
    report.diagnostics.extend(problems);
    report.diagnostics.extend(load::reserved(&options.public, &public));
    report.diagnostics.extend(screenshots::check(&options.public, &public));
    let show = Show { drafts: options.drafts, future: options.future };
    let around = Surroundings {
        folder: options.posts.clone(),
        public_folder: options.public.clone(),
        beside: &found.beside,
        public: &public,
        contents: &memory.contents,
    };
    let library = library::assemble(posts, &config, &around, show, &mut report);
    report.counts.files = files;
    report.finish(options.strict);
    Ok((config, library, public, report))
}

fn read_config(options: &Options, report: &mut Report) -> anyhow::Result<Config> {
    let path = &options.config;
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("the configuration can't be read: {error}");
            let help =
                "make the file with a line title = \"…\", or name another with --config FILE";
            report.push(Diagnostic::file_error(path, message).help(help));
            b"title = \"-\"".to_vec()
        }
    };
    let source = match Source::new(path, bytes) {
        Ok(source) => source,
        Err(problem) => {
            report.push(problem);
            Source { path: path.clone(), text: "title = \"-\"".to_owned() }
        }
    };
    let mut config = config::parse(&source, &mut report.diagnostics);
    if let Some(base) = &options.base {
        config.base = Base::new(base);
    }
    Ok(config)
}

fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("can't read {}", file.display()))
}

/// The author's colours, over those of the style sheet.
fn theme_css(config: &Config) -> String {
    let theme = &config.theme;
    if *theme == config::Theme::default() {
        return String::new();
    }
    let light = format!("--accent:{};--paper:{}", theme.accent, theme.background);
    let dark = format!("--accent:{};--paper:{}", theme.accent_dark, theme.background_dark);
    format!(
        ":root{{{light}}}@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\
         :root[data-theme=dark]{{{dark}}}\n"
    )
}

fn budgets(options: &Options) -> anyhow::Result<Option<budget::Budgets>> {
    let path = options.config.with_file_name("budgets.toml");
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(None) };
    let read = ::toml::from_str(&text).with_context(|| format!("{} is wrong", path.display()))?;
    Ok(Some(read))
}
