//! Rust's standard library for WebAssembly.

use crate::process;
use anyhow::{Result, bail};
use std::{path::Path, process::Command};

/// The target of everything that runs in the browser.
pub const NAME: &str = "wasm32-unknown-unknown";

/// Adds the target to the toolchain in use.
pub fn ensure() -> Result<()> {
    let folder = process::read(Command::new("rustc").args(["--print", "target-libdir", "--target", NAME]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("The Rust target {NAME} is missing: adding it, about a minute");
    if process::run(Command::new("rustup").args(["target", "add", NAME])).is_err() {
        bail!("the Rust target {NAME} is missing; get it with `rustup target add {NAME}`");
    }
    Ok(())
}
