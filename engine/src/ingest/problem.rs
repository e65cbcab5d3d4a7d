//! What can be wrong with a file, and how it is said.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What is wrong with a file, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub severity: Severity,
    /// As its reader knows it.
    pub file: PathBuf,
    /// From 1.
    pub line: u32,
    /// In bytes, from 1.
    pub column: u32,
    /// One clause, without a full stop.
    pub what: String,
    /// What its writer can do about it, one clause.
    pub remedy: String,
}

/// Ordered by how serious it is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// An article is missing or not what its writer meant: the build fails.
    Error,
    /// Something small is missing: a link, a picture.
    Warning,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Problem { line, column, what, remedy, .. } = self;
        let said = format!("{}:{line}:{column}: {what}; {remedy}", self.file.display());
        // One line, whatever a file is called or says: the build script's output is read line by line.
        f.write_str(&said.replace(char::is_control, "\u{FFFD}"))
    }
}

/// A problem of a file that does not know its own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub severity: Severity,
    pub at: Position,
    pub what: String,
    pub remedy: String,
}

impl Fault {
    pub fn error(at: Position, what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault { severity: Severity::Error, at, what: what.into(), remedy: remedy.into() }
    }

    pub fn warning(at: Position, what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault { severity: Severity::Warning, at, what: what.into(), remedy: remedy.into() }
    }

    pub fn of(self, file: impl Into<PathBuf>) -> Problem {
        let Fault { severity, at, what, remedy } = self;
        Problem { severity, file: file.into(), line: at.line, column: at.column, what, remedy }
    }
}

/// A place in a file: line, and byte in the line, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Position {
    pub const START: Position = Position { line: 1, column: 1 };

    /// The place of the byte `at` of `text`.
    pub fn of(text: &str, at: usize) -> Position {
        Position::of_bytes(text.as_bytes(), at)
    }

    /// The place of the byte `at` of a file that may not be text.
    pub fn of_bytes(bytes: &[u8], at: usize) -> Position {
        let before = &bytes[..at.min(bytes.len())];
        let line = before.iter().filter(|b| **b == b'\n').count() as u32 + 1;
        let column = before.iter().rev().take_while(|b| **b != b'\n').count() as u32 + 1;
        Position { line, column }
    }
}
