//! Vite and the frameworks with which the tests build pages that use the package.

use super::npm_tool;
use anyhow::Result;
use std::path::PathBuf;

/// The folder of its modules.
pub fn ensure() -> Result<PathBuf> {
    let mut folder = npm_tool::ensure("vite")?;
    folder.pop();
    Ok(folder)
}
