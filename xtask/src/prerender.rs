//! The pages of the site, drawn without a browser by the components that draw them in one.

use crate::{
    articles, build, finish, process, project,
    site::{self, Site},
};
use anyhow::{Context, Result};
use engine::page::Page;
use std::path::Path;

/// Draws the pages of the finished site.
pub fn run(folder: &Path, site: &Site) -> Result<()> {
    // The pages are called as the start page is.
    let start = folder.join("index.html");
    finish::write(&start, &site::with_head(&finish::read(&start)?, site, Page::Start)?)?;
    let mut draw = project::cargo();
    draw.args([
        "run",
        "--locked",
        "--quiet",
        "--package=article-explorer",
        "--features=prerender",
        "--bin=prerender",
        "--",
    ]);
    draw.arg(folder).arg(articles::corpus_file());
    draw.env("ARTICLE_EXPLORER_MOST_FILES", site::room(folder)?.to_string());
    // It reads the articles from that file, so it is built once, whatever they are.
    draw.env_remove(build::SEEDS).env_remove("CARGO_ENCODED_RUSTFLAGS");
    draw.env("ARTICLE_EXPLORER_BASE", site.facts.path().unwrap_or_default());
    process::run(&mut draw).context("the pages of the site could not be drawn")
}
