//! What makes of Trunk's output a site that other pages can use: the element and the frame, types, and a glue that keeps
//! to itself on a page of others.

mod glue;
mod oembed;
mod script;
mod style;
mod types;

use crate::{project, size};
use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use clap::Args;
use sha2::{Digest, Sha384};
use std::{
    fs,
    path::{Path, PathBuf},
};

pub use oembed::describe;

/// The folder of everything that other pages name. A change that would break them gets another.
pub const FOLDER: &str = "embed/v1";

pub const GLUE: &str = "article-explorer.js";
pub const WASM: &str = "article-explorer_bg.wasm";

#[derive(Args)]
pub struct Options {
    site: PathBuf,
}

/// `cargo xtask finish-site`: once more for a site whose program and style sheet are as they were.
pub fn run(options: Options) -> Result<()> {
    finish(&options.site)
}

/// The most that the script of the element may weigh, which every page with an explorer fetches at once.
const ENTRY: u64 = 4096;

/// Finishes the site that Trunk left in `site`. A site that is finished already stays as it is.
pub fn finish(site: &Path) -> Result<()> {
    let folder = site.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let wasm = fs::read(site.join(WASM)).with_context(|| format!("there is no {WASM} to finish"))?;
    change(&site.join(GLUE), |text| glue::finished(text, &wasm))?;

    let style = style::of_embed(&read(&site.join("style.css"))?, &source("embed.css")?)?;
    write(&folder.join("article-explorer.css"), &style)?;
    let values = [
        ("version", project::version().to_owned()),
        ("wasm-hash", integrity(&wasm)),
        ("style-hash", integrity(style.as_bytes())),
    ];
    let entry = script::filled(&script::bare(&source(GLUE)?), &values)?;
    let weight = size::compressed(entry.as_bytes());
    if weight > ENTRY {
        bail!("the embed's entry weighs {weight} bytes (brotli), of at most {ENTRY}");
    }
    for name in ["article-explorer.js", "start.js", "outside.js", "frame.js", "frame-helper.js"] {
        write(&folder.join(name), &script::filled(&script::bare(&source(name)?), &values)?)?;
    }
    write(&folder.join("frame.html"), &source("frame.html")?)?;
    let published = serde_json::json!({ GLUE: integrity(entry.as_bytes()), "frame-helper.js": integrity(&fs::read(folder.join("frame-helper.js"))?) });
    write(&folder.join("integrity.json"), &format!("{published:#}\n"))?;
    write(&site.join("article-explorer.d.ts"), &types::declarations()?)
}

/// What a browser compares a file with before it uses it.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// A file of the project's that becomes part of the embed.
pub fn source(name: &str) -> Result<String> {
    read(&project::root().join("static/embed").join(name))
}

pub fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))
}

pub fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("{} can't be written", file.display()))
}

fn change(file: &Path, how: impl Fn(&str) -> Result<String>) -> Result<()> {
    let text = read(file)?;
    write(file, &how(&text).with_context(|| format!("{} is not as expected", file.display()))?)
}
