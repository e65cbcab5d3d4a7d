//! The finished site: everything that a static server needs, in one folder.

use crate::{
    articles, finish, prerender, process, project,
    setup::{self, Toolbox},
    site::{self, Facts, Site},
    size,
};
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use engine::index::Corpus;
use std::{
    env, fs,
    path::{self, Path, PathBuf},
    process::Command,
};

/// Bytes of articles from which on it pays to optimise the build script. As it is, it reads half a megabyte in a second,
/// and nine times as much if optimised, which takes minutes once, since cargo then optimises every macro as well.
const LARGE: u64 = 50_000_000;

/// Megabytes: with the program itself, what one file may have on the strictest of the usual hosts.
const MAX_EMBEDDED: u32 = 24;

/// Trunk's file against two builds into one folder.
const LOCK: &str = ".trunk-lock";

/// Where the articles' texts lie in the site, if they are too much for the program.
pub const TEXTS: &str = "texts";

/// Tells the build script where the articles are.
pub const SEEDS: &str = "ARTICLE_EXPLORER_SEEDS";

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    pub seeds: Seeds,
    /// The folder to leave the site in, instead of dist/
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Put the whole explorer into one HTML file as well, which needs no server
    #[arg(long)]
    single_file: bool,
}

/// Which articles to build the explorer over.
#[derive(Args)]
pub struct Seeds {
    /// The folder of articles, instead of seeds/
    #[arg(long = "seeds", value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Take warnings for errors: broken links, missing pictures
    #[arg(long)]
    strict: bool,
    /// Let articles show pictures of other sites, which readers' browsers then fetch from there
    #[arg(long)]
    remote_pictures: bool,
    /// The most megabytes of articles and index in the program; beyond that their texts are files beside it, fetched as they
    /// are read. No more than 25 suits every host
    #[arg(long, value_name = "MB", default_value_t = MAX_EMBEDDED)]
    max_embedded: u32,
    /// Leave out the postings, which the browser makes, however few or many articles there are
    #[arg(long, hide = true)]
    without_postings: bool,
    /// Where the site will be, instead of what site.toml says: https://example.org/articles/
    #[arg(long, value_name = "URL")]
    pub address: Option<String>,
}

/// `cargo xtask build`
pub fn run(options: Options) -> Result<()> {
    let toolbox = setup::for_building()?;
    let out = options.out.map_or_else(|| Ok(project::dist()), path::absolute)?;
    site(&toolbox, &options.seeds, &out)?;
    if options.single_file {
        single_file(&options.seeds, &out)?;
    }
    print!("\n{}", articles::report());
    size::print(&out)
}

/// Builds the site over `seeds` into `out`, where an older one is replaced.
pub fn site(toolbox: &Toolbox, seeds: &Seeds, out: &Path) -> Result<()> {
    unfinished(toolbox, seeds, out)?;
    finish::finish(out, Some(toolbox))?;
    with_site(seeds, out, |site| prerender::run(out, site))?;
    surround(seeds, out)
}

/// What Trunk makes of `seeds`, with the articles' pictures.
pub fn unfinished(toolbox: &Toolbox, seeds: &Seeds, out: &Path) -> Result<()> {
    refuse_to_replace_other_things(out)?;
    // What is wrong with it is better known before the long part.
    Facts::read(&seeds.folder()?, seeds.address.as_deref())?;
    let mut trunk = trunk(toolbox, "build", seeds)?;
    let (status, said) = articles::told(|| process::run_and_listen(trunk.arg("--dist").arg(out)))?;
    // Trunk's own, and no part of the site.
    fs::remove_file(out.join(LOCK)).context("Trunk's lock can't be removed")?;
    if !status.success() {
        bail!(why_it_failed(&said));
    }
    articles::place(out)
}

/// Writes what surrounds the explorer as a site, and says what of it could not be.
pub fn surround(seeds: &Seeds, out: &Path) -> Result<()> {
    with_site(seeds, out, |site| {
        for left_out in site::surround(out, &seeds.folder()?, site)? {
            println!("left out: {left_out}");
        }
        Ok(())
    })
}

/// Makes one file of the finished site in `out`, and puts it there.
pub fn single_file(seeds: &Seeds, out: &Path) -> Result<()> {
    if out.join(TEXTS).exists() {
        bail!(
            "the articles are too many for one file with {} MB of them; if it may be larger, say so: --max-embedded 1000",
            seeds.max_embedded
        );
    }
    with_site(seeds, out, |site| {
        site::write_single_file(out, site)?;
        Ok(())
    })
}

fn with_site(seeds: &Seeds, out: &Path, work: impl FnOnce(&Site) -> Result<()>) -> Result<()> {
    let facts = Facts::read(&seeds.folder()?, seeds.address.as_deref())?;
    let bytes = articles::corpus()?;
    let corpus = Corpus::open(&bytes, &[]).map_err(|error| anyhow!("the corpus can't be opened: {error}"))?;
    work(&Site { facts, corpus, pages: site::drawn(out)? })
}

/// `trunk <job>` as every job wants it: the release build, without a network, over `seeds`.
pub fn trunk(toolbox: &Toolbox, job: &str, seeds: &Seeds) -> Result<Command> {
    let mut command = toolbox.command("trunk");
    command.args([job, "--release", "--offline", "--locked"]);
    // Trunk would follow a failed build with its own call stack.
    command.env("RUST_BACKTRACE", "0");
    command.envs(setup::FOR_SIZE);
    // Flags reach the wasm alone: cargo keeps them from build scripts when it is told a target, as Trunk tells it.
    command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags()?.join("\u{1f}"));
    // The build script runs in the project's folder, and names bad files as they are named here.
    let folder = seeds.folder()?;
    command.env(SEEDS, folder.strip_prefix(project::root()).unwrap_or(&folder));
    // An empty setting is none, and keeps one of this shell's out.
    command.env("ARTICLE_EXPLORER_STRICT", if seeds.strict { "1" } else { "" });
    command.env("ARTICLE_EXPLORER_REMOTE_PICTURES", if seeds.remote_pictures { "1" } else { "" });
    command.env("ARTICLE_EXPLORER_DERIVED", if seeds.without_postings { "1" } else { "" });
    command.env("ARTICLE_EXPLORER_MAX_EMBEDDED", seeds.max_embedded.to_string());
    if unpacked(&folder)? > LARGE {
        command.env("CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_OPT_LEVEL", "3");
    }
    Ok(command)
}

/// About how many bytes the articles in a folder are once they are unpacked.
fn unpacked(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for file in size::files(folder)? {
        let packed = file.extension().is_some_and(|end| ["gz", "xz"].iter().any(|known| end == *known));
        bytes += fs::metadata(file)?.len() * if packed { 4 } else { 1 };
    }
    Ok(bytes)
}

impl Seeds {
    /// A folder of the project's, whatever the environment says.
    pub fn of_the_project(folder: &str) -> Seeds {
        Seeds::in_folder(&project::root().join(folder))
    }

    /// This folder, whatever the environment says.
    pub fn in_folder(folder: &Path) -> Seeds {
        Seeds {
            folder: Some(folder.to_owned()),
            strict: false,
            remote_pictures: false,
            max_embedded: MAX_EMBEDDED,
            without_postings: false,
            address: None,
        }
    }

    /// The same, with nothing but titles and index in the program.
    pub fn with_texts_outside(self) -> Seeds {
        Seeds { max_embedded: 0, ..self }
    }

    /// The same, without postings, which it has too few articles to go without.
    pub fn without_postings(self) -> Seeds {
        Seeds { without_postings: true, ..self }
    }

    /// The same, for a site that will be at this address.
    pub fn at(self, address: &str) -> Seeds {
        Seeds { address: Some(address.to_owned()), ..self }
    }

    /// The folder that the option names, or else the environment, or else `seeds/`. It exists.
    pub fn folder(&self) -> Result<PathBuf> {
        let folder = match (&self.folder, env::var_os(SEEDS)) {
            (Some(folder), _) => path::absolute(folder)?,
            (None, Some(folder)) => project::root().join(folder),
            (None, None) => project::root().join("seeds"),
        };
        if !folder.is_dir() {
            bail!("there is no folder of articles at {}", folder.display());
        }
        Ok(folder)
    }
}

/// Bytes of stack. Linkers give a megabyte, which every page would keep for good; the deepest articles that were tried, lists
/// in lists, take 68 kB to be drawn.
const STACK: u32 = 256 << 10;

/// What the compiler is told about the program for the browser.
fn flags() -> Result<Vec<String>> {
    let mut flags = nameless_paths()?;
    // Two functions that do the same would become one, of the first part of the program or of the second as chance has
    // it, and the first part could no longer do without the second. Where both are in one part, wasm-opt sees to it.
    flags.push("-Zmerge-functions=disabled".to_owned());
    flags.push(format!("-Clink-arg=-zstack-size={STACK}"));
    // What of the data is named by whom: see `finish::links`.
    flags.push("-Clink-arg=--emit-relocs".to_owned());
    Ok(flags)
}

/// The program for the browser as it comes from the linker.
pub fn linked() -> PathBuf {
    project::target().join("wasm32-unknown-unknown/release/article-explorer.wasm")
}

/// Flags that take this machine's folders out of the panic messages in the wasm, which would tell readers about the
/// machine and make the same source build to other bytes elsewhere. Where several fit, the last wins.
fn nameless_paths() -> Result<Vec<String>> {
    let version = process::read(Command::new("rustc").arg("-vV"))?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");

    let mut names = vec![
        (project::rustup_home()?, "/rustup".to_owned()),
        (project::cargo_home()?, "/cargo".to_owned()),
        (project::target(), "/target".to_owned()),
        (project::root().to_owned(), "/article-explorer".to_owned()),
        // Where the sources of the standard library are installed, paths lead there instead of to this name.
        (setup::std_folder()?, format!("/rustc/{commit}")),
    ];
    // One folder per registry, named after its address.
    let registries = fs::read_dir(project::cargo_home()?.join("registry/src"));
    for registry in registries.into_iter().flatten() {
        names.push((registry?.path(), "/crates".to_owned()));
    }
    Ok(names.into_iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect())
}

/// Trunk empties the folder it builds into.
fn refuse_to_replace_other_things(out: &Path) -> Result<()> {
    let mut names = fs::read_dir(out).into_iter().flatten().flatten().map(|entry| entry.file_name());
    // What a build that failed or was broken off left behind does not count.
    let empty = names.all(|name| name == LOCK || name == ".stage");
    if !empty && out != project::dist() && !out.join("article-explorer.js").exists() {
        bail!(
            "{} holds other things than an explorer, and all of it would be deleted; name an empty or a new folder",
            out.display()
        );
    }
    Ok(())
}

/// The last words of a build that failed: the articles that can't be read, if that was it.
fn why_it_failed(said: &str) -> String {
    let problems = seed_problems(said);
    if problems.is_empty() {
        return "the site could not be built; what stopped it is said above".to_owned();
    }
    format!("the articles can't all be read:\n{}", problems.join("\n"))
}

/// The lines `file:line: what is wrong; what to do` that the build script gave cargo, each once and in order.
fn seed_problems(said: &str) -> Vec<&str> {
    let mut problems = Vec::new();
    for line in said.lines().filter_map(seed_problem) {
        if !problems.contains(&line) {
            problems.push(line);
        }
    }
    problems
}

fn seed_problem(line: &str) -> Option<&str> {
    // `cargo::error=…` comes out as `error: <package>@<version>: …` and once more, indented, as it was.
    let line = line.trim_start();
    let shown = line.strip_prefix("error: article-explorer@").and_then(|rest| rest.split_once(": "));
    let line = shown.map_or(line, |(_, problem)| problem);
    let line = line.strip_prefix("cargo::error=").unwrap_or(line);
    let (place, _) = line.split_once(": ")?;
    let (file, number) = place.rsplit_once(':')?;
    let of_a_seed = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && !file.ends_with(".rs");
    of_a_seed.then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_articles_are_the_last_words() {
        let said = "\
   Compiling article-explorer v0.1.0\n\
error: article-explorer@0.1.0: seeds/a b.txt:1: the file is empty; write a title\n\
error: article-explorer@0.1.0: seeds/c.txt:4: a teaser without a summary; add one\n\
error: failed to run custom build command\n\
  --- stdout\n\
  cargo::error=seeds/c.txt:4: a teaser without a summary; add one\n\
2026-01-01T00:00:00.000000Z ERROR error\n";
        assert_eq!(
            why_it_failed(said),
            "the articles can't all be read:\n\
             seeds/a b.txt:1: the file is empty; write a title\n\
             seeds/c.txt:4: a teaser without a summary; add one"
        );
    }

    #[test]
    fn errors_of_the_compiler_are_not_taken_for_bad_articles() {
        assert_eq!(
            seed_problems("error[E0308]: mismatched types\n --> src/main.rs:3:5\nsrc/lib.rs:1: warning: x"),
            [""; 0]
        );
    }
}
