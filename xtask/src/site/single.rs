//! The whole explorer in one HTML file, which runs from a folder or out of a mail, without a server and without a network.

use super::page::Site;
use crate::{
    finish::{BOOT, GLUE, REST, WASM, assets, read, script},
    project, size,
};
use anyhow::{Context, Result, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use engine::{page::Page, snippet::escaped};
use flate2::{Compression, write::DeflateEncoder};
use sha2::{Digest, Sha256};
use std::{fs, io::Write, path::Path};

/// The file's name in the site.
pub const NAME: &str = "article-explorer.html";

/// How boot.js comes by the program on a site.
const BROUGHT: &str = "await import(\"./article-explorer.js\")";

/// Writes the file, made of the finished site in `folder`.
pub fn write(folder: &Path, site: &Site) -> Result<()> {
    let place = assets::place(folder)?;
    let program = folder.join(&place);
    let ours = |name: &str| read(&project::root().join("static").join(name));
    let (boot, loader) = (ours(BOOT)?, ours("single-file.js")?);
    ensure!(boot.contains(BROUGHT), "boot.js should have `{BROUGHT}`");
    // Its names are its own.
    let boot = ["{\n", &boot.replace(BROUGHT, "onePage"), "}\n"].concat();
    let script = script::small(&[&read(&program.join(GLUE))?, "\n", &loader, &boot].concat())?;
    let style = assets::style(folder)?;
    ensure!(!script.contains("</") && !script.contains("<!--"), "the script would end the element that it stands in");
    ensure!(!style.contains("</"), "the style sheet would end the element that it stands in");

    let icon = BASE64_STANDARD.encode(fs::read(folder.join("icon.svg"))?);
    // Data in the file is named by hash where it runs, and everything else may not be had at all.
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data: blob:; base-uri 'none'",
        hash(&script),
        hash(&style)
    );
    let name = escaped(&site.facts.name);
    let about = super::title(site, Page::Start);
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" \
         content=\"{policy}\"><title>{}</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"description\" content=\"{}\"><meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\"><style>{style}</style></head><body>\
         <div id=\"explorer\"><main class=\"loading\"><h1>{name}</h1><p>Loading the articles…</p></main></div>\
         <noscript><p>The articles are shown by a program that runs in your browser. Please allow JavaScript for this page \
         and reload it.</p></noscript>\n",
        escaped(&about),
        escaped(&site.facts.description)
    );
    for file in size::files(folder)? {
        let name = size::below(folder, &file)?;
        let name = name.strip_prefix(&place).unwrap_or(&name);
        let packed = name == WASM || name == REST || (name.starts_with("words/") && name.ends_with(".txt"));
        if packed || name.starts_with("images/") {
            let bytes = fs::read(&file).with_context(|| format!("{} can't be read", file.display()))?;
            let bytes = if packed { deflated(&bytes)? } else { bytes };
            let (name, kind, text) = (escaped(name), kind(name), BASE64_STANDARD.encode(bytes));
            html += &format!("<script type=\"text/plain\" data-file=\"{name}\" data-type=\"{kind}\">{text}</script>\n");
        }
    }
    html += &format!("<script type=\"module\">{script}</script></body></html>\n");
    crate::finish::write(&folder.join(NAME), &html)
}

fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

fn deflated(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("avif") => "image/avif",
        Some("gif") => "image/gif",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("webp") => "image/webp",
        _ => "application/octet-stream",
    }
}
