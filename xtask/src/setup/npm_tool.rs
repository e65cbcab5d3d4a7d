//! Programs from npm, pinned by the lock files in `xtask/tools/`.

use super::system;
use crate::{process, project};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const LOCK: &str = "package-lock.json";

/// The folder with the programs of `xtask/tools/<name>`, installed into the target folder if they are not there or
/// are those of another lock file.
pub fn ensure(name: &str) -> Result<PathBuf> {
    let wanted = project::root().join("xtask/tools").join(name);
    let installed = project::target().join("tools").join(name);
    let programs = installed.join("node_modules/.bin");

    ensure_node(name)?;
    let lock = fs::read(wanted.join(LOCK)).with_context(|| format!("xtask/tools/{name} has no {LOCK}"))?;
    if fs::read(installed.join(LOCK)).is_ok_and(|there| there == lock) {
        return Ok(programs);
    }

    eprintln!("{name} is missing: fetching it from npm, some seconds");
    // Under its final name only once it is whole, so that an interrupted installation is not taken for one.
    let half = installed.with_extension("half");
    remove(&half)?;
    remove(&installed)?;
    fs::create_dir_all(&half)?;
    for file in ["package.json", LOCK] {
        fs::copy(wanted.join(file), half.join(file))?;
    }
    let mut install = Command::new("npm");
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    if process::run(install.current_dir(&half)).is_err() {
        bail!("{name} is missing and npm could not fetch it; `npm ci` in xtask/tools/{name} shows why");
    }
    fs::rename(half, installed)?;
    Ok(programs)
}

/// npm to fetch the programs, Node to run them.
fn ensure_node(name: &str) -> Result<()> {
    if process::find("node").is_some() && process::find("npm").is_some() {
        return Ok(());
    }
    system::install(&format!("Node with npm, which {name} needs,"), &["nodejs", "npm"])
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} can't be removed", folder.display()))?;
    }
    Ok(())
}
