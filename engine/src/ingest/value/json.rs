//! JSON objects: an article in a line, or what a page says about itself.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Budget, Kind, Map, Value};
use crate::ingest::problem::{Fault, Position};

/// Reads one value. Every part of it is said to stand at its beginning, in line `line`.
pub fn parse(text: &str, line: u32) -> Result<Value, Fault> {
    let budget = RefCell::new(Budget::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    let at = Position { line, column: 1 };
    let read = Seed { at, budget: &budget }.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| {
        let at = Position { line: line + (error.line() as u32).max(1) - 1, column: error.column() as u32 };
        // serde_json's words without the place, which is told apart from them.
        let said = error.to_string();
        let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason);
        Fault::error(at, format!("not JSON: {reason}"), "write one object a line, with at least \"title\" and \"text\"")
    })
}

#[derive(Clone, Copy)]
struct Seed<'b> {
    at: Position,
    budget: &'b RefCell<Budget>,
}

impl<'b> Seed<'b> {
    fn value<E: Error>(self, kind: Kind) -> Result<Value, E> {
        self.budget.borrow_mut().spend(1, self.at).map_err(|fault| E::custom(fault.what))?;
        Ok(Value { at: self.at, kind })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.value(Kind::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Value, E> {
        self.value(Kind::Text(truth.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.value(Kind::Text(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        self.value(Kind::Text(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        self.value(Kind::Text(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.value(Kind::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        self.value(Kind::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        self.value(Kind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = entries.next_key()? {
            map.push((name, entries.next_value_seed(self)?));
        }
        self.value(Kind::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_where() {
        let check = |text: &str, expected: &str| {
            let fault = parse(text, 7).unwrap_err();
            assert_eq!(format!("{}:{}: {}", fault.at.line, fault.at.column, fault.what), expected);
        };
        check(r#"{"title": "T", }"#, "7:16: not JSON: trailing comma");
        check(r#"{"title": "T"} {"#, "7:16: not JSON: trailing characters");
        assert!(parse(&"[".repeat(1_000_000), 1).is_err());
        assert!(parse(&format!("[{}0]", "0,".repeat(1_000_000)), 1).is_err());
    }
}
