//! Chromium and its driver, for the whole-program tests.

use super::system;
use crate::process;
use anyhow::Result;

/// What Chromium is called, here and there.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Installs the browser and the driver if either is missing.
pub fn ensure() -> Result<()> {
    let browser = NAMES.iter().any(|name| process::find(name).is_some());
    if browser && process::find("chromedriver").is_some() {
        return Ok(());
    }
    system::install("Chromium with its driver", &["chromium", "chromium-driver"])
}
