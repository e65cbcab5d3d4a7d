//! What the explorer costs its readers: bytes, time and memory, measured in a browser; beside other tools if there is a
//! harness for them. `BENCHMARKS.md` is what comes of it.

use crate::{
    build::{self, Seeds},
    process, project,
    setup::{self, Toolbox},
    size,
};
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::{
    fs,
    path::{self, Path, PathBuf},
    process::{Command, Stdio},
};

#[derive(Args)]
pub struct Options {
    /// Folders to measure over, besides the project's own articles: articles as the explorer takes them
    collections: Vec<PathBuf>,
    /// A harness for other search tools (run.mjs, report.mjs), to measure over those collections that hold a docs.jsonl
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
    /// Which of its tools
    #[arg(long, default_value = "minisearch,pagefind")]
    engines: String,
}

/// What a run measures of other tools.
const STAGES: &str = "build,ready,memory,quality,latency,lazy";

/// `cargo xtask bench`
pub fn run(options: Options) -> Result<()> {
    let toolbox = setup::for_building()?;
    setup::for_browsing()?;
    let mut report = String::from("# Benchmarks\n\n");
    report += &format!("Made by `cargo xtask bench` on {}.\n", machine()?);
    for folder in [&project::root().join("seeds")].into_iter().chain(&options.collections) {
        let collection = Collection::of(folder)?;
        println!("\n=== {}", collection.name);
        report += &collection.measure(&toolbox)?;
        if let Some(peers) = options.peers.as_ref().filter(|_| collection.folder.join(DOCUMENTS).exists()) {
            report += &collection.compare(&path::absolute(peers)?, &options.engines)?;
        }
    }
    let file = project::root().join("BENCHMARKS.md");
    fs::write(&file, report).context("BENCHMARKS.md can't be written")?;
    println!("\nBENCHMARKS.md holds the figures");
    Ok(())
}

/// An article a line.
const DOCUMENTS: &str = "docs.jsonl";

struct Collection {
    name: String,
    /// As it was named.
    folder: PathBuf,
    /// The articles alone, without what belongs to a collection otherwise.
    articles: PathBuf,
    site: PathBuf,
}

impl Collection {
    fn of(folder: &Path) -> Result<Collection> {
        let folder = path::absolute(folder)?;
        ensure!(folder.is_dir(), "there is no folder at {}", folder.display());
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let own = project::target().join("bench").join(&name);
        let mut articles = folder.clone();
        if folder.join(DOCUMENTS).exists() {
            articles = own.join("articles");
            fs::create_dir_all(&articles)?;
            fs::copy(folder.join(DOCUMENTS), articles.join(DOCUMENTS))?;
        }
        Ok(Collection { name, folder, articles, site: own.join("site") })
    }

    /// A table of what the explorer over this collection costs.
    fn measure(&self, toolbox: &Toolbox) -> Result<String> {
        build::site(toolbox, &Seeds::in_folder(&self.articles), &self.site)?;
        let [raw, brotli] = size::to_be_ready(&self.site)?;
        let mut test = project::cargo();
        test.args(["test", "--locked", "--package=article-explorer", "--test=speed", "--", "--ignored", "--nocapture"]);
        test.env("ARTICLE_EXPLORER_LARGE_DIST", &self.site);
        let said = process::read(&mut test)?;
        let rows: Vec<&str> = said.lines().filter_map(|line| line.get(line.find("| ")?..)).collect();
        let mut table = format!("\n## {}\n\n", self.name);
        table += "| | median | 95 of 100 | 99 of 100 |\n|---|--:|--:|--:|\n";
        table += &format!("| bytes until the search is ready: raw, brotli | {raw} | {brotli} | |\n");
        Ok(table + &rows.join("\n") + "\n\nMilliseconds where nothing else is said.\n")
    }

    /// Tables of what others need for the same, in the same run.
    fn compare(&self, peers: &Path, engines: &str) -> Result<String> {
        ensure!(peers.join("node_modules").is_dir(), "`npm ci` in {} comes first", peers.display());
        let results = project::target().join("bench").join(&self.name).join("peers.json");
        let mut measure = node(peers, "run.mjs");
        measure.arg("--corpus").arg(&self.folder).arg("--ours").arg(&self.site).arg("--out").arg(&results);
        measure.arg("--work").arg(project::target().join("bench/peers"));
        process::run(measure.args(["--stages", STAGES, "--engines", &format!("ours,{engines}")]))?;
        Ok(["\n", &process::read(node(peers, "report.mjs").arg(&results))?].concat())
    }
}

fn node(folder: &Path, script: &str) -> Command {
    let mut command = Command::new("node");
    command.current_dir(folder).arg(script);
    command
}

/// Processor, number of its cores, and today.
fn machine() -> Result<String> {
    let known = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = known.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("a processor that does not say its name", |(_, name)| name);
    let cores = std::thread::available_parallelism()?;
    let today = process::read(Command::new("date").args(["-u", "+%Y-%m-%d"]).stderr(Stdio::inherit()))?;
    Ok(format!("{} with {cores} cores ({model})", today.trim()))
}
