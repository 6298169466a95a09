//! From a folder of posts to a folder of files. Native only. This file is the ordered list of
//! steps, and with `load`, `file`, `place`, `jekyll` and the caches of `compress` and `colours` the
//! only one that touches the disk.
//!
//! 1. [`read`]: configuration and posts to a [`library::Library`], every mistake in a [`Report`].
//! 2. `colours`, `bundle`: code is coloured; what the app reads (`neighbours`, `search_index`,
//!    `parts`).
//! 3. `app_files` (`shorten`), `icons`, `web_manifest`: what surrounds it.
//! 4. `prerender`, `redirect`: every route as a page, and every old address.
//! 5. `release`, `lists`: the manifest of all files, and the service worker (`minify`).
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
pub mod math;
pub mod memo;
pub mod minify;
pub mod neighbours;
pub mod new_post;
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
pub mod search_index;
pub mod shorten;
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
use clock::{Clock, Timings};
use config::Config;
use diagnostic::{Diagnostic, Source};
use file::Files;
use library::{Library, PublicFiles, Show, Surroundings};
use memo::Memory;
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
    /// Whether to write `.br` and `.gz` siblings.
    pub compress: bool,
    /// Whether to draw a picture of each post for previews.
    pub cards: bool,
    /// An earlier output whose hashed files are kept, for tabs that are open and hosts that don't
    /// switch at once.
    pub previous: Option<PathBuf>,
    /// The folder of the fonts for them; without it, a font of the system.
    pub fonts: Option<PathBuf>,
}

/// A site that was written.
#[derive(Clone, Debug)]
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
    let (built, files) = make(options, &output, cache, &Memory::default())?;
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
    let (built, files) = make(options, &output, cache, memory)?;
    if let Some(files) = files {
        place::update(folder, &files)?;
        // A build with errors asked for little; what it left out is wanted once they are mended.
        memory.forget();
    }
    Ok(built)
}

/// Finishes trunk's own staging folder, for its post-build hook.
pub fn finish_in_place(options: &Options, staging: &Path, cache: &Path) -> anyhow::Result<Built> {
    let output = file::read(staging)?;
    let (built, files) = make(options, &output, cache, &Memory::default())?;
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

/// Steps 2 to 6: the files of the site; none where the report has errors.
fn make(
    options: &Options,
    output: &Files,
    cache: &Path,
    memory: &Memory,
) -> anyhow::Result<(Built, Option<Files>)> {
    let mut clock = Clock::start();
    let (config, mut library, public, report) = read(options, memory)?;
    clock.step("posts");
    if report.has_errors() {
        let (summary, release) = (String::new(), String::new());
        let timings = clock.timings;
        let (over_budget, notes, upload) = Default::default();
        let built = Built { report, summary, release, over_budget, notes, upload, timings };
        return Ok((built, None));
    }
    let app = app_files::collect(output, &theme_css(&config))?;
    let mut public_files = Files::new();
    for path in public.keys() {
        public_files.insert(path.clone(), bytes(&options.public.join(path))?);
    }
    let icon = public_files.get("icon.svg").map_or(DEFAULT_ICON, Vec::as_slice);
    let drawn = memory.icons.get(|| memo::key(&[icon]), || icons::draw(icon).ok());
    // Drawn again where it can't be, which tells why.
    let icons = memo::owned(drawn).map_or_else(|| icons::draw(icon), Ok)?;
    colours::colour(library.documents.values_mut(), cache, &memory.colours)?;
    clock.step("colours");
    // Previews take whole addresses only.
    let cards = match options.cards && config.url.is_some() {
        true => cards::draw(&config, &mut library, (options.fonts.as_ref(), icon), cache)?,
        false => cards::Cards::default(),
    };
    clock.step("cards");
    let bundle = bundle::bundle(&mut library, memory, &mut |step| clock.step(step))?;
    let manifest = web_manifest::manifest(&config, &config.base, &icons);
    let live = options.live || headers::is_served_by_trunk(&app.inline_scripts);
    let styles: Vec<String> = app.styles.groups.iter().map(|group| group.hash.clone()).collect();
    let shared = document::Shared {
        config: &config,
        base: &config.base,
        app: &app,
        icons: &icons,
        styles: &styles,
        manifest: "manifest.webmanifest",
        live,
        live_script: options.live,
    };
    let pages = prerender::prerender(&shared, &library, &bundle, &memory.pages);
    let redirects = redirect::redirects(&shared, &library);
    clock.step("pages");
    let mut roles = roles::roles(&config, &library, &bundle, &app, &icons, &pages);
    let mut files = public_files;
    for part in [app.files.clone(), icons.files.clone(), bundle.files, redirects, pages.files] {
        files.extend(part);
    }
    for (path, file) in &library.media {
        files.insert(path.clone(), bytes(file)?);
    }
    files.extend(std::mem::take(&mut library.made));
    files.insert("manifest.webmanifest".to_owned(), manifest.into_bytes());
    let source = publish::Source {
        config: &config,
        library: &library,
        scene: &pages.scene,
        common: pages.common,
        memory,
        icons: &icons,
        files: &files,
    };
    let notes = notes(&config, cards.note);
    for (path, bytes) in publish::publish(source).into_iter().chain(cards.files) {
        roles.others.insert(path.clone());
        // An author's own robots.txt counts.
        files.entry(path).or_insert(bytes);
    }
    clock.step("feeds");
    let security = headers::security(shared.sources()).into_iter().collect();
    let release = release::finish(&mut files, &roles, &security, (live, &bundle.catalogue))?;
    clock.step("release");
    // While an author writes, nobody waits for the last per cent.
    let sizes = match live || !options.compress {
        true => Default::default(),
        false => compress::compress(&mut files, cache)?,
    };
    clock.step("compression");
    if let Some(folder) = &options.previous {
        for (path, bytes) in upload::previous(folder)? {
            files.entry(path).or_insert(bytes);
        }
    }
    let headers = headers::headers_file(&config.base, &files, shared.sources());
    let upload = upload::text(&upload::order(&files));
    files.insert("_headers".to_owned(), headers.into_bytes());
    files.insert(".nojekyll".to_owned(), Vec::new());
    let budgets = budgets(options)?;
    let rows = budget::measure(&files, &sizes, &app, &bundle.catalogue, budgets.as_ref());
    let over = rows.iter().filter(|row| budget::is_over(row)).map(|row| row.name.to_owned());
    let (over_budget, summary, timings) = (over.collect(), budget::table(&rows), clock.timings);
    let built = Built { report, summary, release, over_budget, notes, upload, timings };
    Ok((built, Some(files)))
}

/// What an author who publishes should know.
fn notes(config: &Config, other: Option<String>) -> Vec<String> {
    let no_url = "without `url` in the configuration, feeds and the sitemap have paths instead of \
                  whole addresses, and pages have no canonical address and no preview";
    let no_url = config.url.is_none().then(|| no_url.to_owned());
    no_url.into_iter().chain(other).collect()
}

fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("can't read {}", file.display()))
}

const DEFAULT_ICON: &[u8] = include_bytes!("../../public/icon.svg");

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
