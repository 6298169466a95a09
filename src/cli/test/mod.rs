//! `test`: everything that has to hold, in one run.
//!
//! All steps run, also after a failed one, and a table closes the run. A tool that is missing is a
//! failure and never a skip.

mod steps;

use super::Failure;
use super::project::Project;
use std::time::{Duration, Instant};
use steps::Step;

#[derive(clap::Args)]
pub struct Args {
    /// Run only these groups; may be given several times
    #[arg(long, value_name = "GROUP")]
    only: Vec<Group>,
}

/// Steps that belong together.
#[derive(Clone, Copy, Debug, PartialEq, clap::ValueEnum)]
pub enum Group {
    /// Formatting and clippy, for the host and for wasm32
    Lint,
    /// The Rust tests
    Host,
    /// The service worker's tests, and the types of all JavaScript
    Worker,
    /// The built site in a real browser
    Browser,
}

/// How a step went.
struct Outcome {
    name: &'static str,
    took: Duration,
    failure: Option<Failure>,
}

/// Runs the steps in their order and reports all failures at the end.
pub fn run(args: &Args, project: &Project) -> Result<(), Failure> {
    let chosen = |step: &&Step| {
        args.only.is_empty() || step.groups.iter().any(|group| args.only.contains(group))
    };
    let mut outcomes = Vec::new();
    for step in steps::ALL.iter().filter(chosen) {
        println!("\n== {}", step.name);
        let started = Instant::now();
        let failure = (step.run)(project).err();
        if let Some(failure) = &failure {
            eprintln!("{failure}");
        }
        outcomes.push(Outcome { name: step.name, took: started.elapsed(), failure });
    }
    println!("\n{}", table(&outcomes));
    verdict(outcomes)
}

fn table(outcomes: &[Outcome]) -> String {
    let width = outcomes.iter().map(|outcome| outcome.name.len()).max().unwrap_or(0);
    let line = |outcome: &Outcome| {
        let result = if outcome.failure.is_some() { "FAILED" } else { "ok" };
        format!("{:width$}  {:>7.1} s  {result}\n", outcome.name, outcome.took.as_secs_f32())
    };
    outcomes.iter().map(line).collect()
}

/// Exit code 3 if the machine lacks something, else 1 if anything failed.
fn verdict(outcomes: Vec<Outcome>) -> Result<(), Failure> {
    let (count, failures): (usize, Vec<Failure>) =
        (outcomes.len(), outcomes.into_iter().filter_map(|outcome| outcome.failure).collect());
    if failures.is_empty() {
        println!("all {count} steps passed");
        return Ok(());
    }
    let message = format!("{} of {count} steps failed", failures.len());
    let lacking = failures.iter().find_map(|failure| match failure {
        Failure::Environment(what) => Some(what),
        _ => None,
    });
    Err(match lacking {
        Some(what) => Failure::Environment(format!("{message}; {what}")),
        None => Failure::Input(message),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(failure: Option<Failure>) -> Outcome {
        Outcome { name: "a step", took: Duration::from_millis(1234), failure }
    }

    #[test]
    fn the_table_names_what_failed() {
        let outcomes = [outcome(None), outcome(Some(Failure::Input("x".to_owned())))];
        assert_eq!(table(&outcomes), "a step      1.2 s  ok\na step      1.2 s  FAILED\n");
    }

    #[test]
    fn a_missing_tool_is_a_failure_of_the_environment() {
        assert!(verdict(vec![outcome(None)]).is_ok());
        let wrong = outcome(Some(Failure::Input("x".to_owned())));
        let missing = outcome(Some(Failure::Environment("no node".to_owned())));
        assert!(matches!(verdict(vec![wrong]), Err(Failure::Input(_))));
        let wrong = outcome(Some(Failure::Input("x".to_owned())));
        assert!(matches!(verdict(vec![wrong, missing]), Err(Failure::Environment(_))));
    }

    #[test]
    fn every_group_has_steps() {
        for group in [Group::Lint, Group::Host, Group::Worker, Group::Browser] {
            assert!(steps::ALL.iter().any(|step| step.groups.contains(&group)), "{group:?}");
        }
    }
}
