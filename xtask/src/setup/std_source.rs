//! The sources of Rust's standard library. For the browser it is built anew, without the texts of panics and for size,
//! which makes the whole program a quarter smaller.

use super::WASM_TARGET;
use crate::{process, project};
use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Adds the sources to the toolchain in use, and fetches the crates that they need.
pub fn ensure() -> Result<()> {
    let manifest = folder()?.join("library/Cargo.toml");
    if !manifest.is_file() {
        eprintln!("The sources of Rust's standard library are missing: adding them, some seconds");
        if process::run(Command::new("rustup").args(["component", "add", "rust-src"])).is_err() {
            bail!("the sources of Rust's standard library are missing; get them with `rustup component add rust-src`");
        }
    }
    let mut fetch = project::cargo();
    fetch.args(["fetch", "--quiet", "--locked", "--target", WASM_TARGET, "--manifest-path"]).arg(manifest);
    process::run(fetch.envs(UNSTABLE)).context("a crate that Rust's standard library needs can't be had")
}

/// Where the toolchain in use keeps the sources.
pub fn folder() -> Result<PathBuf> {
    let sysroot = process::read(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust"))
}

/// Lets the stable compiler do what is not declared stable yet: build the standard library.
const UNSTABLE: [(&str, &str); 1] = [("RUSTC_BOOTSTRAP", "1")];

/// What makes cargo build the standard library along with the program, and end the program at a panic without a word:
/// the page's script sees that it stopped, and says so.
pub const FOR_SIZE: [(&str, &str); 5] = [
    UNSTABLE[0],
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort"),
];
