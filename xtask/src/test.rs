//! Every check and every test, in the order in which they are quickest to fail.

use crate::{
    build::{self, Seeds},
    package, process, project, setup, size,
};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::{
    env, fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

#[derive(Args)]
pub struct Options {
    /// Drive Firefox and WebKit as well, and install what they lack; otherwise whichever is here is driven
    #[arg(long)]
    all_browsers: bool,
}

/// `cargo xtask test`
pub fn run(options: Options) -> Result<()> {
    let mut steps = Steps::default();
    let (axe, modules, others, toolbox) = steps.take("Set-up", || {
        let others = setup::other_browsers(options.all_browsers)?;
        Ok((setup::for_browsing()?, setup::for_bundling()?, others, setup::for_building()?))
    })?;
    steps.take("Format", || {
        let mut format = project::cargo();
        process::run(format.args(["fmt", "--all", "--check", "--", "--files-with-diff"]))
            .context("`cargo fmt --all` mends the files above")
    })?;
    steps.take("Clippy", || process::run(&mut clippy(&["--workspace", "--all-targets", PAGES])))?;
    // As the site is built, so that the macros and build scripts compiled here serve there too.
    let browser = ["--package=article-explorer", "--lib", "--bins", "--release", "--target", setup::WASM_TARGET];
    steps.take("Clippy for the browser", || process::run(&mut clippy(&browser)))?;
    // The whole workspace in each of these, although some packages have nothing to test: cargo would otherwise settle
    // on other features of shared crates, and build them once more.
    steps.take("Tests without a browser", || {
        process::run(test(&["--lib", "--bins"]).args(named("engine/tests")?))?;
        process::run(&mut test(&["--doc"]))
    })?;
    steps.take("The site", || {
        let seeds = Seeds::of_the_project("seeds").at("https://articles.example/");
        build::site(&toolbox, &seeds, &project::dist())?;
        build::single_file(&seeds, &project::dist())?;
        package::pack(&project::dist(), "https://articles.example/")?;
        size::print(&project::dist())?;
        size::hold_budget(&project::dist())?;
        refuse_machine_paths(&project::dist())
    })?;
    let other = project::target().join("tests/site");
    steps.take("The site over the tests' articles", || {
        // Where the tests serve it: a page for what is not there has to know the path.
        let seeds =
            Seeds::of_the_project("tests/articles").at("https://articles.example/some/where/").without_postings();
        build::site(&toolbox, &seeds, &other)?;
        build::single_file(&seeds, &other)
    })?;
    let outside = project::target().join("tests/outside");
    steps.take("The site with its texts outside of the program", || {
        let seeds = Seeds::of_the_project("seeds").at("https://articles.example/").with_texts_outside();
        build::site(&toolbox, &seeds, &outside)
    })?;
    let whole_program = |names: &[String], edition: &str, browser: Option<&setup::OtherBrowser>| {
        let mut tests = test(&[]);
        if let Some(browser) = browser {
            let path = env::var_os("PATH").unwrap_or_default();
            let folders = browser.folder.iter().cloned().chain(env::split_paths(&path));
            tests.env("PATH", env::join_paths(folders)?).env("ARTICLE_EXPLORER_BROWSER", browser.name);
        }
        tests.args(names).env("ARTICLE_EXPLORER_EDITION", edition).env("ARTICLE_EXPLORER_DIST", project::dist());
        tests.env("ARTICLE_EXPLORER_TEST_DIST", &other).env("ARTICLE_EXPLORER_OUTSIDE_DIST", &outside);
        tests.env("ARTICLE_EXPLORER_AXE", &axe);
        tests.env("ARTICLE_EXPLORER_MODULES", &modules);
        // A failure says where in the test it was and what the page showed; the frames below add nothing.
        tests.env("RUST_BACKTRACE", "0");
        process::run(&mut tests)
    };
    let all = named("tests")?;
    steps.take("Whole-program tests", || whole_program(&all, "site", None))?;
    // What is about the pages of a site and about the pages of others opens those itself.
    const OF_EDITIONS: [&str; 10] =
        ["accessibility", "failing", "faults", "finding", "inert", "keeping", "page", "reading", "suiting", "world"];
    let of_editions = OF_EDITIONS.map(|name| format!("--test={name}"));
    steps.take("The same without a server", || whole_program(&of_editions, "offline", None))?;
    steps.take("The same in one file", || whole_program(&of_editions, "single-file", None))?;
    for browser in &others {
        let alone = |name| patiently(|| whole_program(std::slice::from_ref(name), "site", Some(browser)));
        steps.take(&format!("Whole-program tests in {}", browser.title), || all.iter().try_for_each(alone))?;
    }
    steps.finish();
    Ok(())
}

/// Runs a test program up to three times until it passes, and says so: drivers of other browsers than Chromium lose a session or
/// the focus now and then, and what is wrong with the page fails each time.
fn patiently(run: impl Fn() -> Result<()>) -> Result<()> {
    for _ in 1..3 {
        let Err(error) = run() else { return Ok(()) };
        println!("\nFAILED, and tried again: {error:#}");
    }
    run()
}

/// With the program that draws the site's pages.
const PAGES: &str = "--features=article-explorer/prerender";

fn clippy(what: &[&str]) -> Command {
    let mut command = project::cargo();
    command.env_remove(build::SEEDS).args(["clippy", "--locked"]).args(what).args(["--", "--deny=warnings"]);
    command
}

fn test(what: &[&str]) -> Command {
    let mut command = project::cargo();
    command.env_remove(build::SEEDS).args(["test", "--locked", "--workspace", PAGES]).args(what);
    command
}

/// `--test=<name>` for each test program in `folder`, of which there may be none.
fn named(folder: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(project::root().join(folder)).into_iter().flatten() {
        let path = entry?.path();
        if let (Some(name), Some("rs")) = (path.file_stem(), path.extension().and_then(|end| end.to_str())) {
            names.push(format!("--test={}", name.to_string_lossy()));
        }
    }
    names.sort();
    Ok(names)
}

/// Fails if a file of the site names a folder of the machine that built it.
fn refuse_machine_paths(site: &Path) -> Result<()> {
    let ours = [
        project::cargo_home()?.join("registry"),
        project::rustup_home()?.join("toolchains"),
        project::target().join(setup::WASM_TARGET),
        project::root().join("src"),
        project::root().join("engine"),
    ];
    for file in size::files(site)? {
        let bytes = fs::read(&file)?;
        for path in &ours {
            let path = path.to_string_lossy();
            if bytes.windows(path.len()).any(|window| window == path.as_bytes()) {
                bail!("{} tells its readers of {path}", file.display());
            }
        }
    }
    Ok(())
}

/// The steps so far and how long each took.
#[derive(Default)]
struct Steps {
    taken: Vec<(String, Duration)>,
}

impl Steps {
    fn take<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n=== {name}");
        let start = Instant::now();
        let done = work();
        let time = start.elapsed();
        self.taken.push((name.to_owned(), time));
        done.with_context(|| format!("{name} failed after {:.1} s", time.as_secs_f64()))
    }

    fn finish(self) {
        let total: Duration = self.taken.iter().map(|(_, time)| *time).sum();
        println!("\n=== All passed in {:.1} s", total.as_secs_f64());
        for (name, time) in self.taken {
            println!("{:>8.1} s  {name}", time.as_secs_f64());
        }
    }
}
