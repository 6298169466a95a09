//! The command line: `cargo inkstone <command>`.
//!
//! A command is a file with `Args` and `run`. They share a few steps: `project` finds the folder,
//! `tools` installs what is missing, `app` compiles the app unless nothing changed, `server` serves
//! a folder the way a CDN would. What a site *is* stands in `crate::site`.
//!
//! Exit codes: 0 fine, 1 the input is wrong, 2 wrong usage, 3 the environment.

mod bench;
mod build;
mod check;
mod hook;
mod host;
mod import;
mod new;
mod preview;
mod serve;
mod setup;
mod test;
mod verify;

mod app;
mod failure;
mod files;
mod fingerprint;
mod process;
mod project;
mod report;
mod server;
mod tools;
mod watch;

pub use bench::corpus;
pub use failure::Failure;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A folder of Markdown in, an installable offline blog out.
#[derive(Parser)]
#[command(name = "inkstone", bin_name = "cargo inkstone", version)]
struct Cli {
    #[command(flatten)]
    content: project::Content,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build, watch and serve the site with live reload
    Serve(serve::Args),
    /// Write the site to a folder for any static host
    Build(build::Args),
    /// Serve a built site the way a CDN would
    Preview(preview::Args),
    /// Print what a host needs to serve the built site: its settings, its commands
    Host(host::Args),
    /// Compare a folder or a deployed site with its release, byte for byte
    Verify(verify::Args),
    /// Start a post: a dated file with its front matter
    New(new::Args),
    /// Take over the posts, pages, files and settings of a Jekyll site
    Import(import::Args),
    /// Report what is wrong in the posts and the settings, without building
    Check(check::Args),
    /// Run every test: host, lints, service worker, browser
    Test(test::Args),
    /// Measure a generated blog of many posts
    Bench(bench::Args),
    /// Install the tools now, and print how to put them on the PATH
    Setup,
    /// What trunk runs after it has built the app
    #[command(hide = true)]
    Hook,
}

/// Runs the command that the arguments name and reports its failure, if any.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => Failure::Told.exit_code(),
        Err(failure) => {
            anstream::eprintln!("{failure}");
            failure.exit_code()
        }
    }
}

fn run(cli: &Cli) -> Result<(), Failure> {
    let project = project::Project::enter(&cli.content)?;
    match &cli.command {
        Command::Serve(args) => serve::run(args, &project),
        Command::Build(args) => build::run(args, &project),
        Command::Preview(args) => preview::run(args, &project),
        Command::Host(args) => host::run(args, &project),
        Command::Verify(args) => verify::run(args, &project),
        Command::New(args) => new::run(args, &project),
        Command::Import(args) => import::run(args, &project),
        Command::Check(args) => check::run(args, &project),
        Command::Test(args) => test::run(args, &project),
        Command::Bench(args) => bench::run(args, &project),
        Command::Setup => setup::run(&project),
        Command::Hook => hook::run(&project),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn content_options_work_after_the_command_too() {
        let cli = Cli::try_parse_from(["inkstone", "check", "--posts", "elsewhere"]).unwrap();
        assert_eq!(cli.content.posts.as_deref(), Some(std::path::Path::new("elsewhere")));
    }
}
