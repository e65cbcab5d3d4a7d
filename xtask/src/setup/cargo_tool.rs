//! Programs that cargo builds from crates.io.

use crate::{process, project};
use anyhow::{Result, bail};
use std::{
    env, fs,
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
    /// The folder that holds the program, which is built first if there is none of this version; no folder, if the
    /// search path leads to it as it is.
    ///
    /// It goes to cargo's own folder. If the user has another version there, that one stays, and ours goes to the
    /// target folder.
    pub fn ensure(&self) -> Result<Option<PathBuf>> {
        if process::find(self.program).is_some_and(|program| self.is(&program)) {
            return Ok(None);
        }
        let shared = project::cargo_home()?;
        let ours = project::target().join("tools").join(format!("{}-{}", self.package, self.version));
        for home in [&shared, &ours] {
            if self.is(&self.program_in(home)) {
                return Ok(Some(home.join("bin")));
            }
        }
        let home = if self.program_in(&shared).exists() { ours } else { shared };
        self.install(&home)?;
        Ok(Some(home.join("bin")))
    }

    fn program_in(&self, home: &Path) -> PathBuf {
        home.join("bin").join(self.program).with_extension(env::consts::EXE_EXTENSION)
    }

    /// `program` is there and of the right version.
    fn is(&self, program: &Path) -> bool {
        let asked = Command::new(program).arg("--version").output();
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
