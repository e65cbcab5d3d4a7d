//! What becomes of the program after wasm-bindgen: it is cut in two, made small, and its glue is told of it.

mod cut;
mod glue;

use crate::{process, setup::Toolbox};
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// The page's own script, which Trunk only copies.
const BOOT: &str = "boot.js";

/// The script that wasm-bindgen wrote, the wasm that the page starts with, and the rest.
const GLUE: &str = "article-explorer.js";
const BEGINNING: &str = "article-explorer_bg.wasm";
pub const REST: &str = "article-explorer_deferred.wasm";

/// The functions behind which the rest of the program begins, by what their names begin with.
const DOORS: [&str; 6] = [
    "article_explorer::components::deferred::",
    "article_explorer::state::deferred::",
    // Of the kinds of nodes that Yew draws there are some that we never make.
    "<yew::virtual_dom::vraw::VRaw as yew::dom_bundle::traits::Reconcilable>::",
    "<yew::virtual_dom::vportal::VPortal as yew::dom_bundle::traits::Reconcilable>::",
    "<yew::virtual_dom::vsuspense::VSuspense as yew::dom_bundle::traits::Reconcilable>::",
    "<yew::dom_bundle::braw::BRaw>::",
];

/// The functions of the JavaScript interface, which nobody needs for reading.
const INTERFACE: [&str; 3] = ["article", "articles", "search"];

/// Finishes the program that Trunk left in `site`.
pub fn program(toolbox: &Toolbox, site: &Path) -> Result<()> {
    let read = |name| fs::read(site.join(name)).with_context(|| format!("{name} is missing from what Trunk built"));
    let boot = String::from_utf8(read(BOOT)?).context("boot.js is no text")?;
    fs::write(site.join(BOOT), glue::without_comments(&boot))?;
    let cut = cut::in_two(&read(BEGINNING)?, &DOORS, &INTERFACE)?;
    let glue = String::from_utf8(read(GLUE)?).context("the glue is no text")?;
    fs::write(site.join(GLUE), glue::finished(&glue, &cut.names)?)?;
    for (name, wasm) in [(BEGINNING, cut.beginning), (REST, cut.rest)] {
        let file = site.join(name);
        fs::write(&file, wasm)?;
        let mut optimise = toolbox.command("wasm-opt");
        optimise.arg(&file).args(OPTIMISE).arg("-o").arg(&file);
        process::run(&mut optimise)?;
    }
    Ok(())
}

/// Measured one by one: the order of the passes is worth more than one per cent.
const OPTIMISE: [&str; 6] =
    ["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "--strip-producers", "--strip-target-features"];
