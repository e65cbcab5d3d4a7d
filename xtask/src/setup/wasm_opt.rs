//! wasm-opt, which makes the wasm smaller. It has to know what today's Rust emits, and Debian's does not.

use super::npm_tool;
use anyhow::Result;
use std::path::PathBuf;

/// The folder that holds the program.
pub fn ensure() -> Result<PathBuf> {
    npm_tool::ensure("wasm-opt")
}

#[cfg(test)]
mod tests {
    use crate::project;
    use std::fs;

    #[test]
    fn the_locked_version_is_the_one_that_trunk_toml_asks_for() {
        let lock = fs::read_to_string(project::root().join("xtask/tools/wasm-opt/package-lock.json")).unwrap();
        let (_, after) = lock.split_once("\"binaryen\": \"").unwrap();
        let (major, _) = after.split_once('.').unwrap();
        let settings = fs::read_to_string(project::root().join("Trunk.toml")).unwrap();
        assert!(settings.contains(&format!("wasm_opt = \"version_{major}\"")), "npm's is {major}");
    }
}
