//! Looks for input that breaks what reads it: libFuzzer makes up more and more of what leads to code that nothing has led to
//! before.

use crate::{process, progress, project};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

#[derive(Args)]
pub struct Options {
    /// What to break, instead of everything: html, markdown, query, corpus, …
    targets: Vec<String>,
    /// How long to try with each
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    seconds: u64,
}

/// Counts which way a program goes, as libFuzzer wants it; the compiler's own flag for it is not in stable ones. Overflow and
/// what is asserted while one debugs are found as well.
const WATCHED: [&str; 9] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cdebug-assertions",
    "-Coverflow-checks",
    "-Ccodegen-units=1",
];

/// Articles would be no good beginning for these.
const OF_A_LINE: [&str; 3] = ["corpus", "dates", "query"];

/// `cargo xtask fuzz`
pub fn run(options: Options) -> Result<()> {
    let folder = project::target().join("fuzz");
    let programs = programs(&folder)?;
    let known: Vec<String> = targets()?;
    if let Some(unknown) = options.targets.iter().find(|name| !known.contains(name)) {
        bail!("there is no target {unknown}; these there are: {}", known.join(", "));
    }
    let names = if options.targets.is_empty() { known } else { options.targets };
    let cores = thread::available_parallelism()?.get();
    let rounds = names.len().div_ceil(cores) as u64;
    println!("{} targets, {} s each, {cores} at a time: {} s", names.len(), options.seconds, rounds * options.seconds);

    let (next, done, broken) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let start = Instant::now();
    thread::scope(|threads| {
        for _ in 0..cores {
            threads.spawn(|| {
                while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match attack(&programs, &folder, name, options.seconds) {
                        Ok(said) => println!("{name}: {said}"),
                        Err(error) => broken.lock().expect("nothing panics with it").push(format!("{name}: {error:#}")),
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while done.load(Ordering::Relaxed) < names.len() {
            progress::show(start.elapsed().as_secs() as usize, (rounds * options.seconds) as usize);
            thread::sleep(Duration::from_millis(500));
        }
    });
    let broken = broken.into_inner().expect("nothing panics with it");
    ensure!(broken.is_empty(), "{}", broken.join("\n"));
    Ok(())
}

/// The names of the targets, sorted.
fn targets() -> Result<Vec<String>> {
    let manifest =
        fs::read_to_string(project::root().join("fuzz/Cargo.toml")).context("fuzz/Cargo.toml can't be read")?;
    let programs = manifest.split("[[bin]]").skip(1);
    let names = programs.filter_map(|program| Some(program.split_once("name = \"")?.1.split_once('"')?.0.to_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    Ok(names)
}

/// Builds the targets, and returns the folder that they are in.
fn programs(folder: &Path) -> Result<PathBuf> {
    let version = process::read(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not say its host")?;
    let mut build = project::cargo();
    // With a target, build scripts and macros are as ever.
    build.args(["build", "--release", "--locked", "--manifest-path=fuzz/Cargo.toml", "--target", host]);
    build.arg("--target-dir").arg(folder);
    build.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", WATCHED.join("\u{1f}"));
    process::run(&mut build)?;
    Ok(folder.join(host).join("release"))
}

/// Runs one target for so long. What led to new code is kept for the next time.
fn attack(programs: &Path, folder: &Path, name: &str, seconds: u64) -> Result<String> {
    let found = folder.join("found").join(name);
    let broke = folder.join("broke").join(name);
    for folder in [&found, &broke] {
        fs::create_dir_all(folder)?;
    }
    let log = folder.join(format!("{name}.log"));
    let program = programs.join(name);
    let mut attack = Command::new(&program);
    attack.arg(&found);
    if !OF_A_LINE.contains(&name) {
        attack.arg(project::root().join("tests/articles"));
    }
    attack.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", broke.display()));
    attack.args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=4096", "-print_final_stats=1"]);
    let file = File::create(&log)?;
    let status = attack.stdout(file.try_clone()?).stderr(file).status()?;
    let said = fs::read_to_string(&log).unwrap_or_default();
    let counted = |what: &str| said.lines().find_map(|line| line.strip_prefix(what)?.split_whitespace().last());
    if status.success() {
        let runs = counted("stat::number_of_executed_units:").context("it does not say how often it tried")?;
        return Ok(format!("{runs} inputs, none broke it"));
    }
    let panic = said.lines().find(|line| line.contains("panicked at")).unwrap_or("no panic");
    match said.lines().rev().find_map(|line| line.split_once("Test unit written to ")) {
        Some((_, input)) => bail!("broken ({panic}); once more: {} {input}", program.display()),
        None => bail!("it stopped ({status}): see {}", log.display()),
    }
}
