//! Dates and ranges of them as a query names them.

use super::Filter;
use crate::article::Date;

/// `2019`, `2019-03`, `2019-03-14`, or two of them with `..` between, either of which may be missing.
pub(super) fn dates(value: &str) -> Option<Filter> {
    let (from, to) =
        value.split_once('.').and_then(|(from, to)| Some((from, to.strip_prefix('.')?))).unwrap_or((value, value));
    let from = if from.is_empty() { None } else { Some(date(from)?) };
    let to = if to.is_empty() { None } else { Some(date(to)?) };
    (from.is_some() || to.is_some()).then(|| Filter::Dates { from, to: to.map(last_day) })
}

pub(super) fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    let year = parts.next().filter(|year| year.len() == 4 && digits(year, 4))?.parse().ok()?;
    let Some(month) = parts.next() else {
        return Some(Date::year(year));
    };
    let month = Some(month).filter(|month| digits(month, 2))?.parse().ok()?;
    let Some(day) = parts.next() else {
        return Date::month(year, month);
    };
    let day = Some(day).filter(|day| digits(day, 2))?.parse().ok()?;
    parts.next().is_none().then(|| Date::day(year, month, day))?
}

/// The last date that belongs to a year or a month, later than each of its days.
fn last_day(date: Date) -> Date {
    Date {
        month: if date.month == 0 { 12 } else { date.month },
        day: if date.day == 0 { 31 } else { date.day },
        ..date
    }
}

/// A date that is earlier than all that belongs to `date` and later than all before it.
pub(super) fn day_before(date: Date) -> Date {
    match date {
        Date { year, month: 0, .. } => Date { year: year - 1, month: 12, day: 31 },
        Date { year, month: 1, day: 0 | 1 } => Date { year: year - 1, month: 12, day: 31 },
        Date { year, month, day: 0 | 1 } => Date { year, month: month - 1, day: 31 },
        Date { day, .. } => Date { day: day - 1, ..date },
    }
}

/// A date that is later than all that belongs to `date` and not later than anything after it.
pub(super) fn day_after(date: Date) -> Date {
    match last_day(date) {
        Date { year, month: 12, day: 31 } => Date { year: year + 1, month: 0, day: 0 },
        Date { year, month, day: 31 } => Date { year, month: month + 1, day: 0 },
        last => Date { day: last.day + 1, ..last },
    }
}
