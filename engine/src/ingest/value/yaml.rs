//! YAML, as far as front matter needs it: every value is text, so `title: 2019` and `date: 2019-03-14` stay what they are.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

use super::{Budget, DEEPEST, Kind, Map, Value, too_much};
use crate::ingest::problem::{Fault, Position};

/// Reads one document; `first` is the line that it begins on.
pub fn parse(text: &str, first: u32) -> Result<Map, Fault> {
    let place = |mark: &Marker| Position {
        line: first + (mark.line() as u32).saturating_sub(1),
        column: mark.col() as u32 + 1,
    };
    let mut budget = Budget::new();
    let mut anchors: HashMap<usize, (Value, u32)> = HashMap::new();
    // Lists and maps that are still open: anchor, value, and the name whose value comes next.
    let mut open: Vec<(usize, Value, Option<String>, u32)> = Vec::new();
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| unreadable(&error, place(error.marker())))?;
        let at = place(&span.start);
        let (anchor, value, size) = match event {
            Event::DocumentStart(_) => {
                documents += 1;
                continue;
            }
            // Everything is read; a second document would be no front matter.
            Event::DocumentEnd | Event::StreamEnd if documents > 1 => break,
            Event::Scalar(text, style, anchor, _) => {
                let null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let kind = if null { Kind::Null } else { Kind::Text(text.into_owned()) };
                (anchor, Value { at, kind }, 1)
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) if open.len() >= DEEPEST => {
                _ = anchor;
                return Err(too_much(at));
            }
            Event::SequenceStart(anchor, _) => {
                open.push((anchor, Value { at, kind: Kind::List(Vec::new()) }, None, 1));
                continue;
            }
            Event::MappingStart(anchor, _) => {
                open.push((anchor, Value { at, kind: Kind::Map(Map::new()) }, None, 1));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some((anchor, value, _, size)) = open.pop() else { continue };
                (anchor, value, size)
            }
            Event::Alias(anchor) => match anchors.get(&anchor) {
                // Its whole size is paid for before it is copied, so that aliases of aliases can't explode.
                Some((value, size)) => {
                    budget.spend(*size, at)?;
                    (0, Value { at, ..value.clone() }, *size)
                }
                None => (0, Value { at, kind: Kind::Null }, 1),
            },
            _ => continue,
        };
        budget.spend(1, at)?;
        if anchor > 0 {
            budget.spend(size, at)?;
            anchors.insert(anchor, (value.clone(), size));
        }
        match open.last_mut() {
            None => {
                return match value.kind {
                    Kind::Map(map) => Ok(map),
                    Kind::Null => Ok(Map::new()),
                    _ => Err(Fault::error(
                        value.at,
                        "front matter that is no list of names and values",
                        "write each fact on a line of its own as name: value",
                    )),
                };
            }
            Some((_, Value { kind: Kind::List(list), .. }, _, total)) => {
                *total += size;
                list.push(value);
            }
            Some((_, Value { kind: Kind::Map(map), .. }, name, total)) => {
                *total += size;
                match name.take() {
                    Some(name) => map.push((name, value)),
                    None => *name = Some(value.said().unwrap_or("").to_owned()),
                }
            }
            Some(_) => {}
        }
    }
    Ok(Map::new())
}

fn unreadable(error: &ScanError, at: Position) -> Fault {
    let remedy = "put a value that holds : or # or begins with a sign into quotation marks, and indent with spaces";
    Fault::error(at, format!("not YAML: {}", error.info()), remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let read = match parse(text, 2) {
            Ok(map) => map
                .iter()
                .map(|(name, value)| format!("{name}={}", value.texts().join("|")))
                .collect::<Vec<_>>()
                .join(";"),
            Err(fault) => format!("{}:{}: {}", fault.at.line, fault.at.column, fault.what),
        };
        assert_eq!(read, expected, "{text:?}");
    }

    #[test]
    fn values_stay_as_they_are_written() {
        check(
            "title: 2019\ndate: 2019-03-14 10:00\ndraft: no\nnothing: ~\n",
            "title=2019;date=2019-03-14 10:00;draft=no;nothing=",
        );
        check("tags: [a, 'b: c']\nauthor:\n  name: Ada\n", "tags=a|b: c;author=Ada");
        check("deck: one\n  two\nfold: >\n  a\n  b\n", "deck=one two;fold=a b");
        check("a: &x [1, 2]\nb: *x\n", "a=1|2;b=1|2");
        check("# only a comment\n", "");
    }

    #[test]
    fn errors_say_where() {
        check("title: a: b\n", "2:9: not YAML: mapping values are not allowed in this context");
        check("- a\n- b\n", "2:1: front matter that is no list of names and values");
    }

    #[test]
    fn bombs_do_not_go_off() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..40 {
            let refer = format!("*a{}, ", level - 1).repeat(10);
            bomb += &format!("a{level}: &a{level} [{}]\n", refer.trim_end_matches(", "));
        }
        assert!(parse(&bomb, 1).is_err());
        assert!(parse(&"[".repeat(50_000), 1).is_err());
        let steps: String = (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        assert!(parse(&steps, 1).is_err());
        assert!(parse(&"- ".repeat(50_000), 1).is_err());
    }
}
