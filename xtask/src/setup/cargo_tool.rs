//! Programs that cargo builds from crates.io.

use crate::{process, project};
use anyhow::{Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// One version of a program from crates.io.
pub struct CargoTool<'a> {
    /// What people call it.
    pub name: &'a str,
    /// The crate.
    pub package: &'a str,
    /// The program in that crate.
    pub program: &'a str,
    /// The one version that will do.
    pub version: &'a str,
    /// What `cargo install` needs besides.
    pub flags: &'a [&'a str],
    /// How long building it takes on two cores.
    pub minutes: u32,
}

impl CargoTool<'_> {
    /// The folder that holds the program, which is built first if there is none of this version.
    ///
    /// It goes to cargo's own folder. If the user has another version there, that one stays, and ours goes to the
    /// target folder.
    pub fn ensure(&self) -> Result<PathBuf> {
        let shared = project::cargo_home()?;
        let ours = project::target().join("tools").join(format!("{}-{}", self.package, self.version));
        let on_path = process::find(self.program).and_then(|program| Some(program.parent()?.to_owned()));

        let candidates = [Some(ours.join("bin")), Some(shared.join("bin")), on_path];
        if let Some(folder) = candidates.into_iter().flatten().find(|folder| self.is_in(folder)) {
            return Ok(folder);
        }
        let taken = shared.join("bin").join(self.program).exists();
        let home = if taken { ours } else { shared };
        self.install(&home)?;
        Ok(home.join("bin"))
    }

    /// `folder` holds the program in the right version.
    fn is_in(&self, folder: &Path) -> bool {
        let asked = Command::new(folder.join(self.program)).arg("--version").output();
        asked
            .is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).split_whitespace().nth(1) == Some(self.version))
    }

    fn install(&self, home: &Path) -> Result<()> {
        eprintln!("{} {} is missing: building it, about {} minutes", self.name, self.version, self.minutes);
        // A folder of its own: an interrupted build goes on where it was, and a finished one leaves nothing.
        let work = project::target().join("tools").join(format!("{}-build", self.package));
        let wanted = format!("{}@{}", self.package, self.version);

        let mut install = project::cargo();
        install.args(["install", "--locked"]).args(self.flags).arg(&wanted);
        let by_hand = process::typed(&install);
        install.arg("--root").arg(home).arg("--target-dir").arg(&work);
        if process::run(&mut install).is_err() {
            bail!("{} {} is missing and could not be built; get it with `{by_hand}`", self.name, self.version);
        }
        fs::remove_dir_all(work)?;
        Ok(())
    }
}
