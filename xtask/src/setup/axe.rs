//! axe, which the whole-program tests run in the page.

use super::npm_tool;
use anyhow::Result;
use std::path::PathBuf;

/// The script that defines `axe` in a page.
pub fn ensure() -> Result<PathBuf> {
    Ok(npm_tool::ensure("axe")?.with_file_name("axe-core/axe.min.js"))
}
