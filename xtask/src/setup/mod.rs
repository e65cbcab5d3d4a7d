//! What the jobs need on the machine: one module per tool, each installing it where it is missing.
//!
//! Every `ensure` takes milliseconds when the tool is there, says what it does when it is not, and otherwise ends
//! in one line: what is missing and the command that gets it.

mod axe;
mod browser;
mod cargo_tool;
mod npm_tool;
mod std_source;
mod system;
mod trunk;
mod vite;
mod wasm_bindgen;
mod wasm_opt;
mod wasm_target;

pub use browser::{Other as OtherBrowser, others as other_browsers};
pub use std_source::{FOR_SIZE, folder as std_folder};
pub use wasm_target::NAME as WASM_TARGET;

use crate::{process, project};
use anyhow::{Context, Result};
use std::{env, ffi::OsString, path::PathBuf, process::Command};

/// The programs a job may call, in exactly the versions the project wants.
pub struct Toolbox {
    path: OsString,
}

impl Toolbox {
    /// `program`, started in the project's folder, with the tools of this box before all others on its search path.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(project::root()).env("PATH", &self.path);
        command
    }

    fn with(folders: impl Iterator<Item = PathBuf>) -> Result<Toolbox> {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(folders.chain(env::split_paths(&inherited)))
            .context("a folder on the search path has a name that can't be put there")?;
        Ok(Toolbox { path })
    }
}

/// Everything that building the site takes.
pub fn for_building() -> Result<Toolbox> {
    wasm_target::ensure()?;
    std_source::ensure()?;
    ensure_crates()?;
    let folders = [Some(wasm_opt::ensure()?), wasm_bindgen::ensure()?, trunk::ensure()?];
    Toolbox::with(folders.into_iter().flatten())
}

/// A browser, and the driver through which the tests use it; the script by which they judge the page.
pub fn for_browsing() -> Result<PathBuf> {
    browser::ensure()?;
    axe::ensure()
}

/// What the tests bundle pages with: the folder of its modules.
pub fn for_bundling() -> Result<PathBuf> {
    vite::ensure()
}

/// Fetches the crates of `Cargo.lock`, so that the build itself needs no network.
fn ensure_crates() -> Result<()> {
    let mut fetch = project::cargo();
    process::run(fetch.args(["fetch", "--quiet", "--locked", "--target", WASM_TARGET]))
        .context("a crate in Cargo.lock can't be had, or Cargo.lock is behind a Cargo.toml (then `cargo update --workspace` mends it)")
}
