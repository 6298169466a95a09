//! `serve`: the site while its author writes it.

use super::app::{self, Profile};
use super::project::Project;
use super::server::{self, Host, Live, Site};
use super::watch::{Change, Watch};
use super::{Failure, report};
use crate::site::memo::Memory;
use crate::site::{self, Options};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Args {
    /// Port on this machine; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Compile the app faster but larger, for those who change it
    #[arg(long)]
    dev: bool,
}

/// 1. Takes the port, so that a taken one costs no compilation.
/// 2. Compiles the app and builds the site.
/// 3. Serves it, and builds again whenever a source changes. A failed build leaves the last good
///    site in place.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let listener = server::bind(args.port)?;
    let address = server::address(&listener, "/")?;
    let watch = Watch::start(project)?;
    let profile = if args.dev { Profile::Dev } else { Profile::Release };
    let live = Arc::new(Live::new());
    let mut builder = Builder {
        options: Options { base: Some("/".to_owned()), live: true, ..project.options() },
        app: app::ensure(project, profile)?,
        project,
        live: live.clone(),
        second: false,
        memory: Memory::new(),
    };
    builder.build_and_report("built", Instant::now());
    println!("listening on {address}");
    if args.open {
        open(&address);
    }
    std::thread::spawn(move || {
        if let Err(failure) = server::run(listener, live.router()) {
            eprintln!("{failure}");
            std::process::exit(3);
        }
    });
    loop {
        let change = watch.next()?;
        builder.rebuild(change, profile);
    }
}

/// Builds the site again and again, into two folders in turn: one is served meanwhile.
struct Builder<'a> {
    project: &'a Project,
    options: Options,
    /// The compiled app.
    app: PathBuf,
    live: Arc<Live>,
    /// Which of the two folders is next.
    second: bool,
    /// What the last build left.
    memory: Memory,
}

impl Builder<'_> {
    fn rebuild(&mut self, change: Change, profile: Profile) {
        let started = Instant::now();
        if change == Change::App {
            match app::ensure(self.project, profile) {
                Ok(app) => self.app = app,
                Err(failure) => return eprintln!("{failure}\nkeeping the last good app"),
            }
        }
        self.build_and_report("rebuilt", started);
    }

    fn build_and_report(&mut self, done: &str, started: Instant) {
        match self.build() {
            Ok(report) => {
                anstream::println!("{report}\n{done} in {:.2} s", started.elapsed().as_secs_f32());
            }
            Err(failure) => {
                anstream::eprintln!("{failure}\nnot built, waiting for a change");
                let plain = anstream::adapter::strip_str(&failure.to_string()).to_string();
                self.live.explain(plain);
            }
        }
    }

    fn build(&mut self) -> Result<String, Failure> {
        let name = if self.second { "serve-b" } else { "serve-a" };
        let folder = self.project.work(name);
        let cache = self.project.work("compressed");
        let built = site::rebuild(&self.options, &self.app, &folder, &cache, &mut self.memory)
            .map_err(Failure::input)?;
        let report = report::accepted(&built.report)?;
        let folder = self.project.root.join(folder);
        self.live
            .show(Site { folder, base: "/".to_owned(), rules: Host::Cdn.rules() }, built.release);
        self.second = !self.second;
        Ok(report)
    }
}

/// Asks the system to open the address; the person can do so too, so a failure is no matter.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let found = std::process::Command::new(Path::new(program)).args(arguments).arg(address).spawn();
    if found.is_err() {
        eprintln!("cannot open a browser: open {address} yourself");
    }
}
