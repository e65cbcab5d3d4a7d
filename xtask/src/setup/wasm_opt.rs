//! wasm-opt, which makes the wasm smaller. It has to know what today's Rust emits, and Debian's does not.

use super::npm_tool;
use anyhow::Result;
use std::path::PathBuf;

/// The folder that holds the program.
pub fn ensure() -> Result<PathBuf> {
    npm_tool::ensure("wasm-opt")
}
