//! `build`: the site as files for any static host.

use super::project::{Project, parse_base};
use super::report::{self, Format, accepted};
use super::{Failure, app, tools};
use crate::site::{self, Options};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Path of the site on its host, such as /blog/
    #[arg(long, value_name = "PATH", value_parser = parse_base)]
    base: Option<String>,
    /// Folder to write; what is in it is replaced
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// Treat warnings as errors, and fail where a budget is broken
    #[arg(long)]
    strict: bool,
    /// Leave out the .br and .gz files, which take most of the time
    #[arg(long)]
    no_compress: bool,
    /// Draw no pictures for the previews of chats and feeds
    #[arg(long)]
    no_cards: bool,
    /// Keep the hashed files of an earlier output, such as dist, which open tabs still use
    #[arg(long, value_name = "DIR")]
    keep_previous: Option<PathBuf>,
    /// Ship a service worker that removes itself and all it kept, and pages that install none
    #[arg(long)]
    remove_worker: bool,
    /// Print what each step took
    #[arg(long)]
    timings: bool,
    /// How to report on the posts: text for people, json for editors and CI
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What an author should know who has thrown the kill switch.
const REMOVES: &str = "this site removes its service worker and all that readers keep offline; \
                       leave it deployed for some weeks, until they have been back, then build \
                       without `--remove-worker`";

/// 1. Checks the content where the app is to be compiled, so that a bad post costs no compilation.
/// 2. Compiles the app, unless it is compiled already.
/// 3. Writes the site.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let options = Options {
        base: args.base.clone(),
        strict: args.strict,
        compress: !args.no_compress,
        remove_worker: args.remove_worker,
        ..project.options()
    };
    let out = out_folder(project, &args.out);
    refuse_to_overwrite(&out, project, &options)?;
    let previous = previous(args.keep_previous.as_deref(), project, &out)?;
    if !app::is_ready(project, app::Profile::Release)? {
        let checked = site::check(&options).map_err(Failure::input)?;
        if checked.has_errors() {
            return say(args.format, &checked).map(|_| ());
        }
    }
    let app = app::ensure(project, app::Profile::Release)?;
    let fonts = if args.no_cards { None } else { tools::fonts() };
    let options = Options { cards: !args.no_cards, fonts, previous, ..options };
    let built = site::build(&options, &app, &out, &project.work("compressed"))?;
    let said = say(args.format, &built.report)?;
    if args.format == Format::Text {
        anstream::println!("{said}\n{}", built.summary.trim_end());
    }
    if args.timings {
        eprintln!("\n{}", report::timings(&built.timings));
    }
    for note in &built.notes {
        eprintln!("note: {note}");
    }
    if args.strict && !built.over_budget.is_empty() {
        let over = built.over_budget.join(", ");
        return Err(Failure::Input(format!("over the budget of budgets.toml: {over}")));
    }
    if args.remove_worker {
        eprintln!("note: {REMOVES}");
    }
    eprintln!("\n{}", built.upload);
    eprintln!("\nwrote {}; look at it with `{}`", out.display(), preview_command(args));
    Ok(())
}

/// What the input is like, said at once in JSON; a failure where it has errors.
fn say(format: Format, found: &site::Report) -> Result<String, Failure> {
    match format {
        Format::Text => accepted(found),
        Format::Json => report::print_json(found).map(|()| String::new()),
    }
}

/// Where `--out` leads: by default next to `Trunk.toml`, else from where the person stands.
pub fn out_folder(project: &Project, out: &Path) -> PathBuf {
    if out == Path::new("dist") { out.to_path_buf() } else { project.path(out) }
}

/// The folder will be replaced, so it must hold nothing but a site.
fn refuse_to_overwrite(out: &Path, project: &Project, options: &Options) -> Result<(), Failure> {
    let whole = |path: &Path| {
        let path = project.root.join(path);
        path.canonicalize().unwrap_or(path)
    };
    let place = whole(out);
    let sources = [&options.posts, &options.config, &options.public].map(|path| whole(path));
    let own = ["src", "tests"].map(|path| whole(Path::new(path)));
    let holds_source = |source: &PathBuf| source.starts_with(&place);
    let inside_source = |source: &PathBuf| place.starts_with(source);
    if sources.iter().chain(&own).any(|source| holds_source(source) || inside_source(source)) {
        return Err(Failure::Usage(format!(
            "`--out {}` would replace what the site is made from; choose another folder",
            out.display()
        )));
    }
    let is_empty = std::fs::read_dir(&place).map_or(true, |mut entries| entries.next().is_none());
    if is_empty || place.join("index.html").is_file() || place.join(".stage").is_dir() {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "`--out {}` holds something that is not a site (it has no index.html); \
         choose another folder or empty it",
        out.display()
    )))
}

/// The site whose files are to be kept. It is missed now rather than after the compilation; only
/// the first build of all has none where it will write.
fn previous(
    given: Option<&Path>,
    project: &Project,
    out: &Path,
) -> Result<Option<PathBuf>, Failure> {
    let Some(given) = given else { return Ok(None) };
    let folder = out_folder(project, given);
    match project.root.join(&folder).join("sw.js").is_file() {
        true => Ok(Some(folder)),
        false if folder == out => Ok(None),
        false => Err(Failure::Usage(format!(
            "`--keep-previous {}` holds no site (it has no sw.js)",
            given.display()
        ))),
    }
}

fn preview_command(args: &Args) -> String {
    let mut command = "cargo inkstone preview".to_owned();
    if args.out != Path::new("dist") {
        command += &format!(" --out {}", args.out.display());
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::project::Content;

    const FILES: [&str; 6] = [
        "posts/a.md",
        "public/a.svg",
        "src/lib.rs",
        "dist/index.html",
        "photos/1.jpg",
        "older/sw.js",
    ];

    /// A project with a folder of posts, a site in `dist`, one in `older` and something else in
    /// `photos`.
    fn project() -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().unwrap();
        for file in FILES {
            let file = folder.path().join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        let content =
            Content { posts: None, config: None, public: None, drafts: false, future: false };
        let project = Project::at(folder.path().to_path_buf(), content);
        (folder, project)
    }

    fn check(out: &str, allowed: bool) {
        let (_folder, project) = project();
        let result = refuse_to_overwrite(Path::new(out), &project, &project.options());
        assert_eq!(result.is_ok(), allowed, "{out}: {result:?}");
    }

    #[test]
    fn a_new_folder_or_a_site_may_be_written() {
        check("dist", true);
        check("elsewhere", true);
        check("/no/such/place", true);
    }

    #[test]
    fn files_are_kept_of_a_site_only() {
        let (_folder, project) = project();
        let check = |given: Option<&str>, out: &str, want: Result<Option<&str>, ()>| {
            let found = previous(given.map(Path::new), &project, Path::new(out));
            let found = found.map_err(|_| ()).map(|folder| folder.is_some().then_some(given));
            assert_eq!(found.map(Option::flatten), want, "{given:?} {out}");
        };
        check(None, "dist", Ok(None));
        check(Some("older"), "dist", Ok(Some("older")));
        check(Some("older"), "older", Ok(Some("older")));
        check(Some("dist"), "dist", Ok(None));
        check(Some("photos"), "dist", Err(()));
        check(Some("none"), "dist", Err(()));
    }

    #[test]
    fn nothing_else_is_overwritten() {
        for out in [".", "posts", "posts/deep", "public", "src", "photos", "/"] {
            check(out, false);
        }
    }
}
