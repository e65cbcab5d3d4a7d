//! Running other programs, with errors that name the command.

use anyhow::{Context, Result, bail};
use std::{
    env,
    ffi::OsStr,
    io::{self, BufRead, BufReader, Write},
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
};

/// Runs `command` with its output shown as it comes.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| could_not_start(command))?;
    succeeded(command, status)
}

/// Runs `command` as [`run`] does and returns what it said on standard error, whether it succeeded or not.
pub fn run_and_listen(command: &mut Command) -> Result<(ExitStatus, String)> {
    let mut child = command.stderr(Stdio::piped()).spawn().with_context(|| could_not_start(command))?;
    let mut said = BufReader::new(child.stderr.take().expect("standard error was piped just above"));
    let mut text = String::new();
    let mut line = Vec::new();
    while said.read_until(b'\n', &mut line)? > 0 {
        io::stderr().write_all(&line)?;
        text.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok((child.wait()?, text))
}

/// Runs `command` silently and returns what it printed.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| could_not_start(command))?;
    if !output.status.success() {
        io::stderr().write_all(&output.stderr)?;
    }
    succeeded(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Lets `command` take the place of this process, so that whoever ends the job ends the program.
#[cfg(unix)]
pub fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).with_context(|| could_not_start(command))
}

/// Runs `command` to its end: here a process can't become another.
#[cfg(not(unix))]
pub fn become_program(command: &mut Command) -> Result<()> {
    run(command)
}

/// The program called `name`, if the search path leads to one.
pub fn find(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// `command` as one would type it, without the folder its program lies in.
pub fn typed(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program()).to_owned();
    let words = [name.as_os_str()].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` failed ({status})", typed(command));
    }
    Ok(())
}

fn could_not_start(command: &Command) -> String {
    format!("`{}` could not be started", typed(command))
}
