//! The grammar, by descent: alternatives of clauses of words.

use super::dates::{date, dates, day_after, day_before};
use super::{Clause, Ending, Filter, MINUS, QUOTES, begins_word, parts_words, word_clause};
use crate::article::Kind;

pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    pub(super) as_text: Vec<String>,
    /// Whether OR, AND and NOT are operators.
    keywords: bool,
}

/// Parentheses nested deeper than this are text.
const DEEPEST: u32 = 32;

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, keywords: bool) -> Parser<'t> {
        Parser { text, at: 0, depth: 0, as_text: Vec::new(), keywords }
    }

    /// `a b OR c`: alternatives, up to the end or a closing parenthesis. `None` if there is nothing.
    pub(super) fn any(&mut self) -> Option<Clause> {
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
        let minus = rest.starts_with(MINUS)
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
            Field::Kind => {
                let named = |kind: &Kind| value.eq_ignore_ascii_case(kind.name());
                [Kind::Article, Kind::Brief].into_iter().find(named).map(Filter::Kind)
            }
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
        let end = rest.find(parts_words);
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
