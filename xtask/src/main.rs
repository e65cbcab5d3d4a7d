//! The project's jobs. `cargo xtask help` lists them.
//!
//! A job is a module with its `Options` and a `run`; a variant of [`Job`] gives it its name. What a job needs on
//! the machine it asks of [`setup`], so that a fresh clone on a fresh machine needs nothing done by hand.

mod articles;
mod bench;
mod build;
#[cfg(test)]
mod documents;
mod finish;
mod fuzz;
mod package;
mod prerender;
mod process;
mod progress;
mod project;
mod quality;
mod serve;
mod setup;
mod site;
mod size;
mod test;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The jobs of the article explorer. Each installs what it lacks before it starts.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Build the explorer, serve it on this machine, and rebuild it at every change
    Serve(serve::Options),
    /// Run every check and every test, those in a real browser included
    Test(test::Options),
    /// Build the finished site into `dist/` and print what it weighs
    Build(build::Options),
    /// Build the site, and from it the package for npm in `dist/npm/`; nothing is published
    Package(build::Options),
    #[command(hide = true)]
    PlaceArticles(articles::Options),
    #[command(hide = true)]
    FinishSite(finish::Options),
    /// Build the explorer and say what its bytes are spent on, by crate and module
    Size(build::Seeds),
    /// Measure what readers wait for, in a browser, and write it to BENCHMARKS.md
    Bench(bench::Options),
    /// Look for input that breaks a parser, the query or the corpus: ten minutes with each
    Fuzz(fuzz::Options),
    /// Measure how well the search ranks judged collections
    Quality(quality::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().job {
        Job::Serve(options) => serve::run(options),
        Job::Test(options) => test::run(options),
        Job::Build(options) => build::run(options),
        Job::Package(options) => package::run(options),
        Job::PlaceArticles(options) => articles::run(options),
        Job::FinishSite(options) => finish::run(options),
        Job::Size(seeds) => size::run(seeds),
        Job::Bench(options) => bench::run(options),
        Job::Fuzz(options) => fuzz::run(options),
        Job::Quality(options) => quality::run(options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
