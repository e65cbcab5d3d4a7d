//! Clauses back in the query language, for what a reader is offered instead.

use std::fmt;

use super::{Clause, Ending, Filter};
use crate::article::{Date, Kind};

impl fmt::Display for Clause {
    /// The clause in the query language.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let title = |title: bool| if title { "title:" } else { "" };
        match self {
            Clause::Word { text, title: in_title, ending } => {
                let star = if *ending == Ending::Star { "*" } else { "" };
                write!(f, "{}{text}{star}", title(*in_title))
            }
            Clause::Phrase { text, title: in_title, slop, .. } => {
                write!(f, "{}\"{text}\"", title(*in_title))?;
                slop.map_or(Ok(()), |slop| write!(f, "~{slop}"))
            }
            Clause::All(clauses) => group(f, clauses, " "),
            Clause::Any(clauses) => group(f, clauses, " OR "),
            Clause::Not(clause) => write!(f, "-{clause}"),
            Clause::Filter(filter) => filter.fmt(f),
        }
    }
}

fn group(f: &mut fmt::Formatter, clauses: &[Clause], between: &str) -> fmt::Result {
    for (index, clause) in clauses.iter().enumerate() {
        write!(f, "{}{clause}", if index == 0 { "(" } else { between })?;
    }
    f.write_str(")")
}

impl fmt::Display for Filter {
    /// The filter in the query language.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Filter::Source(name) => write!(f, "source:\"{name}\""),
            Filter::Author(name) => write!(f, "author:\"{name}\""),
            Filter::Tag(name) => write!(f, "tag:\"{name}\""),
            Filter::Language(tag) => write!(f, "lang:{tag}"),
            Filter::Kind(Kind::Brief) => f.write_str("kind:brief"),
            Filter::Kind(Kind::Article) => f.write_str("kind:article"),
            Filter::Dates { from, to } => {
                f.write_str("date:")?;
                from.map_or(Ok(()), |date| write_date(f, date))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |date| write_date(f, date))
            }
        }
    }
}

/// A date of a range as far as it is given. The day is one that its month has, or nothing would understand it.
fn write_date(f: &mut fmt::Formatter, date: Date) -> fmt::Result {
    write!(f, "{:04}", date.year)?;
    if date.month > 0 {
        write!(f, "-{:02}", date.month)?;
    }
    if date.day > 0 && Date::day(date.year, date.month, date.day).is_some() {
        write!(f, "-{:02}", date.day)?;
    }
    Ok(())
}
