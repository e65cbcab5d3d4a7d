//! What keeps the site for reading without a network: the service worker, the script that brings it, the manifest.

use super::page::{self, Site};
use crate::{
    finish::{self, assets, integrity, read, script},
    project,
};
use anyhow::{Context, Result};
use engine::snippet::escaped;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

const WORKER: &str = "service-worker.js";
const SCRIPT: &str = "offline.js";
const MANIFEST: &str = "manifest.webmanifest";

/// What is kept at once, beside the program and the words of every language; articles and pictures are kept as they are read.
const KEPT: [&str; 4] = [SCRIPT, "icon.svg", MASKABLE, MANIFEST];

const MASKABLE: &str = "icon-maskable.svg";

/// Writes all three, last of all: the worker names the other files by their hashes.
pub fn write(folder: &Path, site: &Site) -> Result<()> {
    finish::write(&folder.join(MANIFEST), &format!("{:#}\n", manifest(site)))?;
    let icon = maskable(&read(&folder.join("icon.svg"))?).context("icon.svg is not as expected")?;
    finish::write(&folder.join(MASKABLE), &icon)?;
    finish::write(&folder.join(SCRIPT), &script::small(&ours(SCRIPT)?)?)?;

    // The page itself may be changed by its host, which some do.
    let mut files = Map::from_iter([(String::new(), Value::from(""))]);
    let mut version = Sha256::new_with_prefix(fs::read(folder.join("index.html"))?);
    for name in kept(folder)? {
        let bytes = fs::read(folder.join(&name)).with_context(|| format!("there is no {name} to keep"))?;
        version.update(&bytes);
        files.insert(name, integrity(&bytes).into());
    }
    let worker = ours(WORKER)?;
    version.update(&worker);
    let version: String = version.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let worker = worker.replace("\"{version}\"", &format!("\"{version}\""));
    let worker = worker.replace("\"{files}\"", &Value::from(files).to_string());
    finish::write(&folder.join(WORKER), &script::small(&worker)?)
}

fn kept(folder: &Path) -> Result<Vec<String>> {
    let mut words = Vec::new();
    for entry in fs::read_dir(folder.join("words")).context("there are no words")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // English is in the program.
        if name.ends_with(".txt") && name != "en.txt" {
            words.push(format!("words/{name}"));
        }
    }
    words.sort();
    let place = assets::place(folder)?;
    let program = assets::PROGRAM.map(|name| [&place, name].concat());
    Ok(KEPT.iter().map(|name| (*name).to_owned()).chain(program).chain(words).collect())
}

fn ours(name: &str) -> Result<String> {
    read(&project::root().join("static").join(name))
}

/// How the site is as an app (W3C Web Application Manifest).
fn manifest(site: &Site) -> Value {
    let facts = &site.facts;
    let icon =
        |src: &str, purpose: &str| json!({ "src": src, "sizes": "any", "type": "image/svg+xml", "purpose": purpose });
    let mut manifest = json!({
        "id": "./",
        "name": facts.name,
        "description": facts.description,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "icons": [icon("icon.svg", "any"), icon(MASKABLE, "maskable")],
    });
    if let Some(language) = &facts.language {
        manifest["lang"] = language.as_str().into();
    }
    if let Some(logo) = &facts.logo
        && let Some(icons) = manifest["icons"].as_array_mut()
    {
        let kind = match logo.rsplit('.').next() {
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("webp") => "image/webp",
            _ => "image/jpeg",
        };
        icons.insert(0, json!({ "src": page::logo(logo), "sizes": "any", "type": kind, "purpose": "any" }));
    }
    manifest
}

/// The icon with room around it, of which systems cut what they like.
fn maskable(icon: &str) -> Option<String> {
    let (before, rest) = icon.split_once("viewBox=\"0 0 32 32\"")?;
    let (tag, inside) = rest.split_once('>')?;
    let ground = "<rect x=\"-10\" y=\"-10\" width=\"52\" height=\"52\" fill=\"#fff\"/>";
    Some([before, "viewBox=\"-10 -10 52 52\"", tag, ">", ground, inside].concat())
}

/// What the head of a page says of it.
pub fn tag(root: &str) -> String {
    format!("<link rel=\"manifest\" href=\"{}{MANIFEST}\">", escaped(root))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::valid;

    #[test]
    fn the_icon_has_room_around_it() {
        let icon = ours("icon.svg").unwrap();
        let icon = maskable(&icon).unwrap();
        assert!(icon.contains("viewBox=\"-10 -10 52 52\"") && icon.contains("<rect x=\"-10\""), "{icon}");
        assert_eq!(maskable("<svg/>"), None);
    }

    #[test]
    fn the_manifest_names_files_beside_it() {
        valid::with_site(None, false, |site| {
            let manifest = manifest(site);
            assert_eq!(manifest["name"], "Letters & more");
            assert_eq!(manifest.get("lang"), None);
            assert_eq!(manifest["icons"][1]["purpose"], "maskable");
        });
    }
}
