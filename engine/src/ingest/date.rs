//! Dates as people and programs write them.

use crate::article::Date;

/// A date in ISO 8601: `2019`, `2019-03`, `2019-03-14`, the last with a time of day or without.
pub fn parse(written: &str) -> Option<Date> {
    let written = written.trim();
    let date = written.split(['T', ' ']).next()?;
    let number = |text: &str, digits: usize| {
        (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<i16>().ok())?
    };
    let mut parts = date.splitn(3, '-');
    let year = number(parts.next()?, 4)?;
    let Some(month) = parts.next() else { return Some(Date::year(year)) };
    let month = number(month, 2)? as u8;
    match parts.next() {
        None => Date::month(year, month),
        Some(day) => Date::day(year, month, number(day, 2)? as u8),
    }
}
