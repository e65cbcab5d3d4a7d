//! The command-line half of wasm-bindgen, which must be of the very version that the crate has in `Cargo.lock`.

use super::cargo_tool::CargoTool;
use crate::project;
use anyhow::Result;
use std::path::PathBuf;

/// The folder that holds the program, unless the search path leads to it.
pub fn ensure() -> Result<Option<PathBuf>> {
    let tool = CargoTool {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &project::locked_version("wasm-bindgen")?,
        flags: &[],
        minutes: 3,
    };
    tool.ensure()
}
