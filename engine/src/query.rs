//! What a reader typed into a plan. Never fails: what can't be understood is searched as text, and a note says so.
//!
//! The language: words; `"a phrase"`; `"some words"~5` for nearness; `-word` and `-"a phrase"`; `a OR b`, parentheses;
//! `word*`; `title:`, `source:`, `author:`, `tag:`, `lang:`, `kind:`; `date:2019-03`, `date:2019..2021`, `before:`,
//! `after:`.

use std::fmt;

use crate::analysis::case::is_small;
use crate::article::{Date, Kind};

/// What to search for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The query as it was typed.
    pub text: String,
    /// Joined by "and"; words at this level may be missing from an article, which then comes after the others.
    pub clauses: Vec<Clause>,
    /// Parts of the query that look like operators and are not understood; they are among the clauses as words.
    pub as_text: Vec<String>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Characters without a space between them; mostly a word.
    Word {
        text: String,
        /// In the title alone.
        title: bool,
        ending: Ending,
    },
    /// Words in this order next to each other, as written.
    Phrase {
        text: String,
        title: bool,
        /// For nearness: how many other words may stand among them, in any order.
        slop: Option<u32>,
        ending: Ending,
    },
    All(Vec<Clause>),
    Any(Vec<Clause>),
    Not(Box<Clause>),
    Filter(Filter),
}

/// Whether a word is all there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Whole,
    /// The reader is still typing it.
    Unfinished,
    /// Words that begin like this are wanted: `word*`.
    Star,
}

/// A condition on the facts about an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Names are compared folded; a part of the name is enough.
    Source(String),
    Author(String),
    Tag(String),
    /// BCP 47; `en` includes `en-GB`.
    Language(String),
    Kind(Kind),
    /// First and last day, each included; articles without a date never match.
    Dates {
        from: Option<Date>,
        to: Option<Date>,
    },
}

/// The plan for `text`. Unless `finished`, its last word may be the beginning of one.
pub fn parse(text: &str, finished: bool) -> Plan {
    let keywords = text.contains(is_small) || text.split_whitespace().count() <= SHOUTED;
    let mut parser = Parser { text, at: 0, depth: 0, as_text: Vec::new(), keywords };
    let mut clauses = Vec::new();
    flatten(parser.any(), &mut clauses);
    if !finished && !text.ends_with(|c: char| c.is_whitespace() || matches!(c, ')' | '*')) {
        unfinish(&mut clauses, text);
    }
    Plan { text: text.to_owned(), clauses, as_text: parser.as_text }
}

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

impl Plan {
    /// Whether it asks for everything.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

/// Parentheses around what is joined by "and" anyway change nothing.
fn flatten(clause: Option<Clause>, into: &mut Vec<Clause>) {
    match clause {
        Some(Clause::All(clauses)) => clauses.into_iter().for_each(|clause| flatten(Some(clause), into)),
        other => into.extend(other),
    }
}

/// Marks the last word as unfinished, if the text ends in it.
fn unfinish(clauses: &mut [Clause], text: &str) {
    match clauses.last_mut() {
        Some(Clause::Word { ending: ending @ Ending::Whole, .. }) => *ending = Ending::Unfinished,
        // A phrase is being typed until its second quotation mark.
        Some(Clause::Phrase { slop: None, ending, .. }) if !text.ends_with(QUOTES) => *ending = Ending::Unfinished,
        Some(Clause::All(inner) | Clause::Any(inner)) => unfinish(inner, text),
        _ => {}
    }
}

const QUOTES: [char; 5] = ['"', '“', '”', '„', '‟'];

/// Parentheses nested deeper than this are text.
const DEEPEST: u32 = 32;

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    as_text: Vec<String>,
    /// Whether OR, AND and NOT are operators.
    keywords: bool,
}

/// In a query all in capitals with more words than this, OR, AND and NOT are words as well.
const SHOUTED: usize = 5;

impl<'t> Parser<'t> {
    /// `a b OR c`: alternatives, up to the end or a closing parenthesis. `None` if there is nothing.
    fn any(&mut self) -> Option<Clause> {
        let mut alternatives = Vec::new();
        loop {
            let mut all = Vec::new();
            let mut or = false;
            while let Some(rest) = self.skip_space() {
                if self.keyword("OR") {
                    or = true;
                    break;
                }
                if self.keyword("AND") {
                    continue;
                }
                if rest.starts_with(')') {
                    if self.depth > 0 {
                        break;
                    }
                    // Nobody opened it.
                    self.bump();
                    continue;
                }
                all.extend(self.clause());
            }
            alternatives.extend(grouped(all, Clause::All));
            if !or {
                return grouped(alternatives, Clause::Any);
            }
        }
    }

    /// One word, phrase, filter or group, perhaps excluded. `None` for characters that mean nothing.
    fn clause(&mut self) -> Option<Clause> {
        let rest = self.rest();
        let minus = rest.starts_with(['-', '−', '–'])
            && rest.chars().nth(1).is_some_and(|c| begins_word(c) || c == '(' || c == '.' || QUOTES.contains(&c));
        if minus || self.keyword("NOT") {
            if minus {
                self.bump();
            } else {
                self.skip_space();
            }
            return self.positive().map(|clause| Clause::Not(Box::new(clause)));
        }
        self.positive()
    }

    fn positive(&mut self) -> Option<Clause> {
        let rest = self.rest();
        if rest.starts_with('(') {
            self.bump();
            if self.depth >= DEEPEST {
                return None;
            }
            self.depth += 1;
            let inner = self.any();
            self.depth -= 1;
            if self.rest().starts_with(')') {
                self.bump();
            }
            return inner;
        }
        if rest.starts_with(QUOTES) {
            return self.phrase(false);
        }
        let word = self.word();
        if let Some((name, value)) = word.split_once(':')
            && let Some(field) = field(name)
        {
            return self.field(field, name, value);
        }
        word_clause(word, false)
    }

    /// The value of a field, which may be quoted: `source:"Defence Notes"`.
    fn field(&mut self, field: Field, name: &str, value: &str) -> Option<Clause> {
        if value.is_empty() && self.rest().starts_with(QUOTES) {
            if field == Field::Title {
                return self.phrase(true);
            }
            let value = self.quoted();
            return Some(self.filter(field, name, value));
        }
        if value.is_empty() {
            // "Title: a story", or the reader has not got further yet.
            return word_clause(name, false);
        }
        if field == Field::Title { word_clause(value, true) } else { Some(self.filter(field, name, value)) }
    }

    fn filter(&mut self, field: Field, name: &str, value: &str) -> Clause {
        let filter = match field {
            Field::Title => None,
            Field::Source => Some(Filter::Source(value.to_owned())),
            Field::Author => Some(Filter::Author(value.to_owned())),
            Field::Tag => Some(Filter::Tag(value.to_owned())),
            Field::Language => Some(Filter::Language(value.to_ascii_lowercase())),
            Field::Kind if value.eq_ignore_ascii_case("brief") => Some(Filter::Kind(Kind::Brief)),
            Field::Kind if value.eq_ignore_ascii_case("article") => Some(Filter::Kind(Kind::Article)),
            Field::Kind => None,
            Field::Date => dates(value),
            Field::Before => date(value).map(|date| Filter::Dates { from: None, to: Some(day_before(date)) }),
            Field::After => date(value).map(|date| Filter::Dates { from: Some(day_after(date)), to: None }),
        };
        filter.map(Clause::Filter).unwrap_or_else(|| {
            self.as_text.push(format!("{name}:{value}"));
            let words = [name, value].into_iter().filter_map(|text| word_clause(text, false)).collect();
            Clause::All(words)
        })
    }

    /// A phrase, from its quotation mark on; one that is not closed goes to the end.
    fn phrase(&mut self, title: bool) -> Option<Clause> {
        let text = self.quoted().to_owned();
        let digits =
            self.rest().strip_prefix('~').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
        let slop = self.rest().get(1..1 + digits).and_then(|number| number.parse().ok()).filter(|_| digits > 0);
        if slop.is_some() {
            self.at += 1 + digits;
        }
        let nothing = !text.chars().any(begins_word);
        (!nothing).then_some(Clause::Phrase { text, title, slop, ending: Ending::Whole })
    }

    fn quoted(&mut self) -> &'t str {
        self.bump();
        let rest = self.rest();
        let end = rest.find(QUOTES).unwrap_or(rest.len());
        self.at += end;
        if self.at < self.text.len() {
            self.bump();
        }
        &rest[..end]
    }

    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')') || QUOTES.contains(&c));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Skips `word` if it stands here alone.
    fn keyword(&mut self, word: &str) -> bool {
        let alone = self.keywords
            && self.rest().strip_prefix(word).is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_whitespace() || c == '(' || QUOTES.contains(&c))
                    && !rest.trim().is_empty()
            });
        self.at += if alone { word.len() } else { 0 };
        alone
    }

    /// What follows the white space here; `None` at the end.
    fn skip_space(&mut self) -> Option<&'t str> {
        self.at = self.text.len() - self.rest().trim_start().len();
        Some(self.rest()).filter(|rest| !rest.is_empty())
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn bump(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }
}

fn grouped(mut clauses: Vec<Clause>, group: fn(Vec<Clause>) -> Clause) -> Option<Clause> {
    if clauses.len() <= 1 { clauses.pop() } else { Some(group(clauses)) }
}

/// Whether it may be part of a word. What is no letter of some script is found out where the corpus is known.
fn begins_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && !c.is_whitespace())
}

fn word_clause(text: &str, title: bool) -> Option<Clause> {
    let (text, ending) = match text.strip_suffix('*') {
        Some(start) if start.ends_with(begins_word) => (start, Ending::Star),
        _ => (text, Ending::Whole),
    };
    let meaning = text.chars().any(begins_word);
    meaning.then(|| Clause::Word { text: text.to_owned(), title, ending })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Source,
    Author,
    Tag,
    Language,
    Kind,
    Date,
    Before,
    After,
}

fn field(name: &str) -> Option<Field> {
    const FIELDS: [(&str, Field); 9] = [
        ("title", Field::Title),
        ("source", Field::Source),
        ("author", Field::Author),
        ("tag", Field::Tag),
        ("lang", Field::Language),
        ("kind", Field::Kind),
        ("date", Field::Date),
        ("before", Field::Before),
        ("after", Field::After),
    ];
    FIELDS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, field)| *field)
}

/// `2019`, `2019-03`, `2019-03-14`, or two of them with `..` between, either of which may be missing.
fn dates(value: &str) -> Option<Filter> {
    let (from, to) = value.split_once("..").unwrap_or((value, value));
    let from = if from.is_empty() { None } else { Some(date(from)?) };
    let to = if to.is_empty() { None } else { Some(date(to)?) };
    (from.is_some() || to.is_some()).then(|| Filter::Dates { from, to: to.map(last_day) })
}

fn date(text: &str) -> Option<Date> {
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
fn day_before(date: Date) -> Date {
    match date {
        Date { year, month: 0, .. } => Date { year: year - 1, month: 12, day: 31 },
        Date { year, month: 1, day: 0 | 1 } => Date { year: year - 1, month: 12, day: 31 },
        Date { year, month, day: 0 | 1 } => Date { year, month: month - 1, day: 31 },
        Date { day, .. } => Date { day: day - 1, ..date },
    }
}

/// A date that is later than all that belongs to `date` and not later than anything after it.
fn day_after(date: Date) -> Date {
    match last_day(date) {
        Date { year, month: 12, day: 31 } => Date { year: year + 1, month: 0, day: 0 },
        Date { year, month, day: 31 } => Date { year, month: month + 1, day: 0 },
        last => Date { day: last.day + 1, ..last },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A clause in a short notation: `*` for a star, `…` for unfinished, `^` for the title.
    fn shown(clause: &Clause) -> String {
        let end = |ending: &Ending| match ending {
            Ending::Whole => "",
            Ending::Unfinished => "…",
            Ending::Star => "*",
        };
        let at = |title: &bool| if *title { "^" } else { "" };
        let list = |clauses: &[Clause]| clauses.iter().map(shown).collect::<Vec<_>>().join(" ");
        match clause {
            Clause::Word { text, title, ending } => format!("{}{text}{}", at(title), end(ending)),
            Clause::Phrase { text, title, slop, ending } => {
                let slop = slop.map_or(String::new(), |slop| format!("~{slop}"));
                format!("{}\"{text}{}\"{slop}", at(title), end(ending))
            }
            Clause::All(clauses) => format!("({})", list(clauses)),
            Clause::Any(clauses) => format!("[{}]", list(clauses)),
            Clause::Not(clause) => format!("-{}", shown(clause)),
            Clause::Filter(Filter::Dates { from, to }) => {
                let day =
                    |date: &Option<Date>| date.map_or(String::new(), |d| format!("{}-{}-{}", d.year, d.month, d.day));
                format!("{{{}..{}}}", day(from), day(to))
            }
            Clause::Filter(filter) => format!("{{{filter:?}}}"),
        }
    }

    fn check(text: &str, expected: &str) {
        let plan = parse(text, true);
        assert_eq!(plan.clauses.iter().map(shown).collect::<Vec<_>>().join(" "), expected, "plan of {text:?}");
    }

    #[test]
    fn the_language() {
        check("huawei 5g", "huawei 5g");
        check("\"prime minister\" macmillan", "\"prime minister\" macmillan");
        check("nuclear -france -\"test ban\"", "nuclear -france -\"test ban\"");
        check("a OR b c", "[a (b c)]");
        check("(a OR b) c", "[a b] c");
        check("a AND b", "a b");
        check("a NOT b", "a -b");
        check("a (b (c d))", "a b c d");
        check("ONE AND TWO OR THREE NOT FOUR", "ONE AND TWO OR THREE NOT FOUR");
        check("inter* x", "inter* x");
        check("title:nato title:\"the head\"", "^nato ^\"the head\"");
        check("source:\"Defence Notes\"", "{Source(\"Defence Notes\")}");
        check("\"a b\"~5", "\"a b\"~5");
        check("“curly quotes” „unten“", "\"curly quotes\" \"unten\"");
        check("viet-nam -- - x", "viet-nam x");
    }

    #[test]
    fn dates_and_ranges() {
        check("date:2019-03", "{2019-3-0..2019-3-31}");
        check("date:2019..2021", "{2019-0-0..2021-12-31}");
        check("date:2019-03-14..", "{2019-3-14..}");
        check("before:2019", "{..2018-12-31}");
        check("after:2019-12", "{2020-0-0..}");
        check("before:2019-03-01", "{..2019-2-31}");
    }

    #[test]
    fn what_is_not_understood_is_text() {
        check("date:tomorrow", "date tomorrow");
        assert_eq!(parse("date:tomorrow", true).as_text, ["date:tomorrow"]);
        check("(a b", "a b");
        check("a) b", "a b");
        check("\"a b", "\"a b\"");
        check("OR", "OR");
        check("a OR", "a OR");
        check("android: foo", "android: foo");
        check("title: foo", "title foo");
        check("() \"\" - * !", "");
    }

    #[test]
    fn the_last_word_is_unfinished_while_it_is_typed() {
        let unfinished = |text| parse(text, false).clauses.iter().map(shown).collect::<Vec<_>>().join(" ");
        assert_eq!(unfinished("prime min"), "prime min…");
        assert_eq!(unfinished("prime "), "prime");
        assert_eq!(unfinished("\"prime min"), "\"prime min…\"");
        assert_eq!(unfinished("\"prime min\""), "\"prime min\"");
        assert_eq!(unfinished("a OR b"), "[a b…]");
        assert_eq!(unfinished("a -b"), "a -b");
    }

    proptest! {
        #[test]
        fn any_string_is_a_query(text in prop_oneof![any::<String>(), "[ab()\"\\-:~*. ORdate2019]{0,40}"]) {
            parse(&text, true);
            parse(&text, false);
        }
    }
}
