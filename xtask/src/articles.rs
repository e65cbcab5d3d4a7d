//! What the build script leaves beside the wasm: how far it is with the articles, its report, files for the site.

use crate::{finish, project};
use anyhow::{Context, Result};
use clap::Args;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

/// Where the build script keeps all this, in the folder of the profile.
fn folder() -> PathBuf {
    project::target().join("wasm32-unknown-unknown/release/articles")
}

/// Where the corpus of the last build is.
pub fn corpus_file() -> PathBuf {
    folder().join("corpus.bin")
}

/// Puts the pictures and the report into the site, beside what Trunk put there.
pub fn place(site: &Path) -> Result<()> {
    let from = folder().join("site");
    for file in crate::size::files(&from)? {
        let to = site.join(file.strip_prefix(&from)?);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &to).with_context(|| format!("{} can't be written", to.display()))?;
    }
    Ok(())
}

/// The corpus of the last build.
pub fn corpus() -> Result<Vec<u8>> {
    let file = corpus_file();
    fs::read(&file).with_context(|| format!("{} can't be read", file.display()))
}

/// Does that again whenever Trunk, which empties its folder at each build, has built the site anew. It ends with the
/// program that takes the place of this one.
#[cfg(unix)]
pub fn keep_placing(site: &Path) -> Result<()> {
    let mut keeper = std::process::Command::new(std::env::current_exe()?);
    keeper.arg("place-articles").arg(site);
    keeper.spawn().context("a second xtask could not be started")?;
    Ok(())
}

/// Does that again whenever Trunk, which empties its folder at each build, has built the site anew.
#[cfg(not(unix))]
pub fn keep_placing(site: &Path) -> Result<()> {
    let site = site.to_owned();
    thread::spawn(move || run(Options { site }));
    Ok(())
}

#[derive(Args)]
pub struct Options {
    site: PathBuf,
}

/// `cargo xtask place-articles`, which `serve` starts beside itself
pub fn run(options: Options) -> Result<()> {
    #[cfg(unix)]
    let parent = std::os::unix::process::parent_id();
    let report = options.site.join("build-report.json");
    loop {
        thread::sleep(Duration::from_millis(300));
        #[cfg(unix)]
        if std::os::unix::process::parent_id() != parent {
            return Ok(());
        }
        if options.site.join("index.html").exists() && !report.exists() {
            // Trunk may be emptying the folder just now; then it is done again.
            _ = place(&options.site).and_then(|()| finish::finish(&options.site, None));
        }
    }
}

/// The report of the last build, as people read it.
pub fn report() -> String {
    fs::read_to_string(folder().join("build-report.txt")).unwrap_or_default()
}

/// Does `work` and says meanwhile how far the reading of articles is, if it takes more than a moment.
pub fn told<T>(work: impl FnOnce() -> T) -> T {
    let file = folder().join("progress");
    _ = fs::remove_file(&file);
    let (done, waiting) = mpsc::channel::<()>();
    let teller = thread::spawn(move || {
        let (mut start, mut said) = (None, String::new());
        while let Err(RecvTimeoutError::Timeout) = waiting.recv_timeout(Duration::from_secs(2)) {
            let Ok(text) = fs::read_to_string(&file) else { continue };
            if text.starts_with(|first: char| !first.is_ascii_digit()) {
                if said != text {
                    eprintln!("     {text}");
                    said = text;
                }
                continue;
            }
            let start: &mut (Instant, String) = start.get_or_insert_with(|| (Instant::now(), text.clone()));
            if let Some(line) = line(&start.1, &text, start.0.elapsed()) {
                eprintln!("{line}");
            }
        }
    });
    let result = work();
    drop(done);
    teller.join().expect("the teller only reads a file");
    result
}

/// How far it is, from what the file says now and said `since` then: articles, bytes read, bytes in all.
fn line(then: &str, now: &str, since: Duration) -> Option<String> {
    let numbers = |text: &str| text.split(' ').map(|number| number.parse().ok()).collect::<Option<Vec<u64>>>();
    let (then, now) = (numbers(then)?, numbers(now)?);
    let ([_, before, _], [articles, read, all]) = (&then[..], &now[..]) else { return None };
    let percent = read * 100 / (*all).max(1);
    let mut line = format!("     Reading articles: {articles} so far, {percent} %");
    let newly = read.saturating_sub(*before);
    if newly > 0 {
        let left = since.as_secs_f64() * all.saturating_sub(*read) as f64 / newly as f64;
        line += &format!(", about {left:.0} s left");
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_follows_from_what_was_read() {
        let check = |then: &str, now: &str, expected: Option<&str>| {
            assert_eq!(line(then, now, Duration::from_secs(4)).as_deref(), expected);
        };
        check("10 100 1000", "30 300 1000", Some("     Reading articles: 30 so far, 30 %, about 14 s left"));
        check("10 100 1000", "10 100 1000", Some("     Reading articles: 10 so far, 10 %"));
        check("10 100 1000", "30 3", None);
    }
}
