//! Browsers and their drivers, for the whole-program tests.

use super::{cargo_tool::CargoTool, system};
use crate::process;
use anyhow::Result;
use std::{env, path::PathBuf};

/// What Chromium is called, here and there.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser beside Chromium, in which the same tests are run.
pub struct Other {
    pub title: &'static str,
    /// What the tests call it.
    pub name: &'static str,
    /// The folder of its driver, unless the search path leads to it.
    pub folder: Option<PathBuf>,
}

/// The other browsers on this machine with their drivers; `all` installs what is missing. None, if the environment asks
/// for Chromium.
pub fn others(all: bool) -> Result<Vec<Other>> {
    if !all && env::var_os("ARTICLE_EXPLORER_BROWSER").is_some_and(|name| name == "chromium") {
        return Ok(Vec::new());
    }
    let found = |names: &[&str]| names.iter().any(|name| process::find(name).is_some());
    let mut others = Vec::new();
    let browser = || found(&["firefox", "firefox-esr"]);
    if all && !browser() {
        system::install("Firefox", &["firefox-esr"])?;
    }
    if browser() && (all || found(&["geckodriver"])) {
        let folder = if found(&["geckodriver"]) { None } else { geckodriver()? };
        others.push(Other { title: "Firefox", name: "firefox", folder });
    }
    let driver = || found(&["WebKitWebDriver"]) && found(&["Xvfb"]);
    if all && !driver() {
        system::install("WebKit with its driver", &["webkit2gtk-driver", "xvfb"])?;
    }
    if driver() {
        others.push(Other { title: "WebKit", name: "webkit", folder: None });
    }
    Ok(others)
}

fn geckodriver() -> Result<Option<PathBuf>> {
    let geckodriver = CargoTool {
        name: "geckodriver",
        package: "geckodriver",
        program: "geckodriver",
        version: "0.37.1",
        flags: &[],
        minutes: 3,
    };
    geckodriver.ensure()
}

/// Installs Chromium and its driver if either is missing.
pub fn ensure() -> Result<()> {
    let browser = NAMES.iter().any(|name| process::find(name).is_some());
    if browser && process::find("chromedriver").is_some() {
        return Ok(());
    }
    system::install("Chromium with its driver", &["chromium", "chromium-driver"])
}
