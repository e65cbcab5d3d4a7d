//! Programs that only the system's package manager has.

use crate::process;
use anyhow::{Result, bail};
use std::{
    io::{self, IsTerminal},
    process::Command,
};

/// Installs Debian's `packages` where that is possible, and otherwise says which to get. `what` opens the sentence.
pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if process::find("apt-get").is_none() {
        bail!("{what} is missing; get it from your package manager (Debian's: `sudo apt-get install {list}`)");
    }
    eprintln!("{what} is missing: installing {list} with apt-get, about a minute");
    // The lists of a fresh machine may be empty or old; a source that can't be reached must not stop the rest.
    let _ = process::run(&mut apt_get(&["update", "--quiet"]));
    let mut install = apt_get(&["install", "--quiet", "--yes", "--no-install-recommends"]);
    if process::run(install.args(packages)).is_err() {
        bail!("{what} is missing and could not be installed; get it with `sudo apt-get install {list}`");
    }
    Ok(())
}

/// `apt-get` as root, waiting for its turn if another one is at work.
fn apt_get(arguments: &[&str]) -> Command {
    let mut command = if is_root() { Command::new("env") } else { Command::new("sudo") };
    if !is_root() && !io::stdin().is_terminal() {
        command.arg("--non-interactive");
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]).args(arguments);
    command
}

fn is_root() -> bool {
    process::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
