//! Steps 2 to 6 of a build: what was read becomes the files of the site.

use std::path::Path;

use super::app_files::AppFiles;
use super::bundle::Bundle;
use super::cards::Cards;
use super::clock::Clock;
use super::config::Config;
use super::document::Shared;
use super::file::Files;
use super::icons::Icons;
use super::library::{Library, PublicFiles};
use super::memo::{self, Memory};
use super::number::Numbers;
use super::release::Roles;
use super::{
    Built, Options, app_files, budget, budgets, bundle, bytes, cards, colours, compress, headers,
    icons, prerender, publish, read, redirect, release, roles, screenshots, state_page, theme_css,
    upload, web_manifest,
};

const DEFAULT_ICON: &[u8] = include_bytes!("../../public/icon.svg");

/// The files of the site; none where the report has errors. `output` is what trunk made.
pub fn make(
    options: &Options,
    output: &Files,
    (cache, numbers): (&Path, &Numbers),
    memory: &Memory,
) -> anyhow::Result<(Built, Option<Files>)> {
    let mut clock = Clock::start();
    let (config, library, public, report) = read(options, memory)?;
    clock.step("posts");
    if report.has_errors() {
        return Ok((Built { report, timings: clock.timings, ..Built::default() }, None));
    }
    let app = app_files::collect(output, &theme_css(&config))?;
    let mut material =
        gather(options, app, (config, library, public), (cache, memory), &mut clock)?;
    let notes = notes(&material.config, material.cards.note.take());
    let (files, roles) = assemble(options, &mut material, memory, &mut clock)?;
    let (built, files) = finish(options, &material, (files, roles), (cache, numbers), &mut clock)?;
    Ok((Built { report, notes, timings: clock.timings, ..built }, Some(files)))
}

/// What the files are made of.
struct Material {
    config: Config,
    library: Library,
    app: AppFiles,
    icons: Icons,
    cards: Cards,
    bundle: Bundle,
    /// The author's own files.
    public: Files,
    screenshots: Vec<screenshots::Screenshot>,
    /// What the policy calls the styles that pages carry.
    styles: Vec<String>,
}

impl Material {
    /// What all pages have in common.
    fn shared(&self, options: &Options) -> Shared<'_> {
        Shared {
            config: &self.config,
            base: &self.config.base,
            app: &self.app,
            icons: &self.icons,
            styles: &self.styles,
            manifest: "manifest.webmanifest",
            worker: !self.removes_worker(options),
            live_script: options.live,
        }
    }

    /// Whether the worker of this release only removes itself and what it kept.
    fn removes_worker(&self, options: &Options) -> bool {
        options.remove_worker || self.is_live(options)
    }

    /// Whether a local server shows the site while it is written.
    fn is_live(&self, options: &Options) -> bool {
        options.live || headers::is_served_by_trunk(&self.app.inline_scripts)
    }
}

/// Colours, pictures and data.
fn gather(
    options: &Options,
    app: AppFiles,
    (config, mut library, public): (Config, Library, PublicFiles),
    (cache, memory): (&Path, &Memory),
    clock: &mut Clock,
) -> anyhow::Result<Material> {
    let mut own = Files::new();
    for path in public.keys() {
        own.insert(path.clone(), bytes(&options.public.join(path))?);
    }
    let icon = own.get("icon.svg").map_or(DEFAULT_ICON, Vec::as_slice);
    let drawn = memory.icons.get(|| memo::key(&[icon]), || icons::draw(icon).ok());
    // Drawn again where it can't be, which tells why.
    let icons = memo::owned(drawn).map_or_else(|| icons::draw(icon), Ok)?;
    colours::colour(library.documents.values_mut(), cache, &memory.colours)?;
    clock.step("colours");
    // Previews take whole addresses only.
    let cards = match options.cards && config.url.is_some() {
        true => cards::draw(&config, &mut library, (options.fonts.as_ref(), icon), cache)?,
        false => Cards::default(),
    };
    clock.step("cards");
    let bundle = bundle::bundle(&mut library, memory, &mut |step| clock.step(step))?;
    let styles = app.styles.groups.iter().map(|group| group.hash.clone()).collect();
    let screenshots = screenshots::of(&public);
    Ok(Material { config, library, app, icons, cards, bundle, public: own, screenshots, styles })
}

/// Every file but those that tell of the others, and what each is for.
fn assemble(
    options: &Options,
    material: &mut Material,
    memory: &Memory,
    clock: &mut Clock,
) -> anyhow::Result<(Files, Roles)> {
    let mut files = std::mem::take(&mut material.public);
    let made = std::mem::take(&mut material.library.made);
    let lists = material.bundle.lists_size();
    let data = std::mem::take(&mut material.bundle.files);
    let cards = std::mem::take(&mut material.cards.files);
    let Material { config, library, app, icons, bundle, screenshots, .. } = &*material;
    let shared = material.shared(options);
    let pages = prerender::prerender(&shared, library, bundle, &memory.pages);
    let redirects = redirect::redirects(&shared, library);
    clock.step("pages");
    let state = state_page::files(&shared, &pages.scene);
    let mut roles = roles::roles(config, library, (bundle, lists), app, icons, &pages);
    roles.core.extend(state.keys().cloned());
    // For the browser's own dialog.
    roles.others.extend(screenshots.iter().map(|one| one.path.clone()));
    // The app's shell can't stand in for it.
    roles.needs.insert(state_page::page_path(), vec![state_page::page_path()]);
    for part in [app.files.clone(), icons.files.clone(), data, redirects, pages.files, state] {
        files.extend(part);
    }
    for (path, file) in &library.media {
        files.insert(path.clone(), bytes(file)?);
    }
    files.extend(made);
    let manifest = web_manifest::manifest(config, icons, screenshots);
    files.insert(shared.manifest.to_owned(), manifest.into_bytes());
    let (scene, common, source_files) = (&pages.scene, pages.common, &files);
    let source =
        publish::Source { config, library, scene, common, memory, icons, files: source_files };
    for (path, bytes) in publish::publish(source).into_iter().chain(cards) {
        roles.others.insert(path.clone());
        // An author's own robots.txt counts.
        files.entry(path).or_insert(bytes);
    }
    clock.step("feeds");
    Ok((files, roles))
}

/// The release, compressed siblings, and what hosts are told.
fn finish(
    options: &Options,
    material: &Material,
    (mut files, roles): (Files, Roles),
    (cache, numbers): (&Path, &Numbers),
    clock: &mut Clock,
) -> anyhow::Result<(Built, Files)> {
    let catalogue = &material.bundle.catalogue;
    let sources = || material.shared(options);
    let security = headers::security(sources().sources()).into_iter().collect();
    let removes = material.removes_worker(options);
    let release = release::finish(&mut files, &roles, &security, (removes, catalogue), numbers)?;
    clock.step("release");
    // While an author writes, nobody waits for the last per cent.
    let sizes = match material.is_live(options) || !options.compress {
        true => Default::default(),
        false => compress::compress(&mut files, cache)?,
    };
    clock.step("compression");
    if let Some(folder) = &options.previous {
        for (path, bytes) in upload::previous(folder, &release)? {
            files.entry(path).or_insert(bytes);
        }
    }
    let headers = headers::headers_file(&material.config.base, &files, sources().sources());
    let upload = upload::text(&upload::order(&files));
    files.insert("_headers".to_owned(), headers.into_bytes());
    files.insert(".nojekyll".to_owned(), Vec::new());
    let budgets = budgets(options)?;
    let rows = budget::measure(&files, &sizes, &material.app, catalogue, budgets.as_ref());
    let over = rows.iter().filter(|row| budget::is_over(row)).map(|row| row.name.to_owned());
    let (over_budget, summary) = (over.collect(), budget::table(&rows));
    Ok((Built { release, over_budget, summary, upload, ..Built::default() }, files))
}

/// What an author who publishes should know.
fn notes(config: &Config, other: Option<String>) -> Vec<String> {
    let no_url = "without `url` in the configuration, feeds and the sitemap have paths instead of \
                  whole addresses, and pages have no canonical address and no preview";
    let no_url = config.url.is_none().then(|| no_url.to_owned());
    no_url.into_iter().chain(other).collect()
}
