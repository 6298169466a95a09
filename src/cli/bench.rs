//! `bench`: how large and how fast a blog of many posts is.
//!
//! 1. A blog is made from a seed (`corpus`), unless it was before.
//! 2. It is built without compression; what each step took is printed.
//! 3. What a reader downloads is measured (`sizes`), and so is the search (`search`).

pub mod corpus;
mod search;
mod sizes;

use std::path::PathBuf;

use anyhow::Context;

use super::project::Project;
use super::{Failure, app, report};
use crate::site::{self, Options};
use corpus::Corpus;

#[derive(clap::Args)]
pub struct Args {
    /// How many posts the blog has
    #[arg(long, value_name = "N", default_value_t = 1000)]
    count: u32,
    /// Only write the posts, into this folder
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
}

/// The blog that is measured.
const SEED: u64 = 1;

/// Measures a generated blog and prints what was found.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let corpus = Corpus { seed: SEED, posts: args.count };
    if let Some(folder) = &args.corpus {
        corpus::write(&project.path(folder), &corpus).context("can't write the posts")?;
        return Ok(());
    }
    let folder = project.work("bench").join(args.count.to_string());
    let posts = folder.join("posts");
    if !posts.is_dir() {
        corpus::write(&posts, &corpus).context("can't write the posts")?;
    }
    let app = app::ensure(project, app::Profile::Release)?;
    let options = Options { posts, compress: false, ..project.options() };
    let out = folder.join("dist");
    let built = site::build(&options, &app, &out, &project.work("compressed"))?;
    if built.release.is_empty() {
        return Err(Failure::Input(built.report.to_string()));
    }
    println!("{} posts\n\n{}\n", args.count, report::timings(&built.timings));
    let site = site::file::read(&out)?;
    println!("{}", sizes::table(&site)?);
    println!("{}", search::table(&site, &corpus)?);
    Ok(())
}
