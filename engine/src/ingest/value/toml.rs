//! TOML, as far as front matter needs it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Budget, Kind, Map, Value};
use crate::ingest::problem::{Fault, Position};

/// Reads a document; `first` is the line that it begins on.
pub fn parse(text: &str, first: u32) -> Result<Map, Fault> {
    let place = |at: usize| {
        let within = Position::of(text, at);
        Position { line: within.line + first - 1, ..within }
    };
    let table = DeTable::parse(text).map_err(|error| {
        let at = place(error.span().map_or(0, |span| span.start));
        let what = error.message().lines().collect::<Vec<_>>().join(", ");
        Fault::error(at, format!("not TOML: {what}"), "write each fact as name = \"value\"")
    })?;
    map(table.get_ref(), &place, &mut Budget::new())
}

fn map(table: &DeTable, place: &dyn Fn(usize) -> Position, budget: &mut Budget) -> Result<Map, Fault> {
    table.iter().map(|(name, value)| Ok((name.get_ref().to_string(), read(value, place, budget)?))).collect()
}

fn read(value: &Spanned<DeValue>, place: &dyn Fn(usize) -> Position, budget: &mut Budget) -> Result<Value, Fault> {
    let at = place(value.span().start);
    budget.spend(1, at)?;
    let kind = match value.get_ref() {
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Integer(number) => Kind::Text(number.as_str().to_owned()),
        DeValue::Float(number) => Kind::Text(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Kind::Text(truth.to_string()),
        DeValue::Datetime(date) => Kind::Text(date.to_string()),
        DeValue::Array(list) => {
            Kind::List(list.iter().map(|value| read(value, place, budget)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => Kind::Map(map(table, place, budget)?),
    };
    Ok(Value { at, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_they_are_written() {
        let map =
            parse("title = \"T\"\ndate = 2019-03-14T10:00:00Z\ndraft = true\n[taxonomies]\ntags = [\"a\", \"b\"]\n", 2)
                .unwrap();
        let of = |name: &str| &map.iter().find(|(own, _)| own == name).unwrap().1;
        assert_eq!(of("date").said(), Some("2019-03-14T10:00:00Z"));
        assert_eq!(of("draft").said(), Some("true"));
        assert_eq!(of("taxonomies").get("tags").unwrap().texts(), ["a", "b"]);
        assert_eq!(of("draft").at, Position { line: 4, column: 9 });
    }

    #[test]
    fn errors_say_where() {
        let fault = parse("title = \"T\"\ndate = yesterday\n", 2).unwrap_err();
        assert_eq!(fault.at.line, 3);
        assert!(fault.what.starts_with("not TOML: "), "{}", fault.what);
        assert!(parse(&format!("a = {}", "[".repeat(50_000)), 1).is_err());
    }
}
