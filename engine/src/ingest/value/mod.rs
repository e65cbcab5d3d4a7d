//! Facts as files state them: names with values, from YAML, TOML or JSON.

pub mod json;
pub mod toml;
pub mod yaml;

use super::problem::{Fault, Position};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub at: Position,
    pub kind: Kind,
}

/// Numbers, dates and truth values are kept as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Text(String),
    List(Vec<Value>),
    Map(Map),
}

/// Names and values in the order of the file. Of one name's values the first counts.
pub type Map = Vec<(String, Value)>;

impl Value {
    /// A value that a page states somewhere.
    pub fn text(text: impl Into<String>) -> Value {
        Value { at: Position::START, kind: Kind::Text(text.into()) }
    }

    /// The text, trimmed, if it says something.
    pub fn said(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match &self.kind {
            Kind::Map(map) => map.iter().find(|(own, _)| own == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The texts of a list, of the names in a list of maps, or the one text.
    pub fn texts(&self) -> Vec<String> {
        match &self.kind {
            Kind::List(list) => list.iter().flat_map(Value::texts).collect(),
            Kind::Map(_) => {
                ["name", "title"].iter().find_map(|name| self.get(name)).map(Value::texts).unwrap_or_default()
            }
            _ => self.said().map(str::to_owned).into_iter().collect(),
        }
    }
}

/// Values that the facts of one article may have, with all that aliases repeat.
const MOST: u32 = 100_000;

/// Lists in lists.
const DEEPEST: usize = 64;

/// Counts values down while they are read.
struct Budget(u32);

impl Budget {
    fn new() -> Budget {
        Budget(MOST)
    }

    fn spend(&mut self, values: u32, at: Position) -> Result<(), Fault> {
        self.0 = self.0.checked_sub(values).ok_or_else(|| too_much(at))?;
        Ok(())
    }
}

fn too_much(at: Position) -> Fault {
    Fault::error(
        at,
        format!("more than {MOST} values or {DEEPEST} levels of them"),
        "keep to the facts about the article",
    )
}
