//! Trunk, which turns the crate and its assets into a site.

use super::cargo_tool::CargoTool;
use anyhow::Result;
use std::path::PathBuf;

/// The same as in `Trunk.toml`.
const VERSION: &str = "0.22.1";

/// The folder that holds Trunk, unless the search path leads to it.
pub fn ensure() -> Result<Option<PathBuf>> {
    let trunk = CargoTool {
        name: "Trunk",
        package: "trunk",
        program: "trunk",
        version: VERSION,
        // It asks for a newer Rust than the one it builds and runs with.
        flags: &["--ignore-rust-version"],
        minutes: 8,
    };
    trunk.ensure()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn it_is_the_version_that_trunk_toml_asks_for() {
        let settings = std::fs::read_to_string(project::root().join("Trunk.toml")).unwrap();
        assert!(settings.contains(&format!("trunk-version = \"={VERSION}\"")));
    }
}
