//! What a reader typed into a plan. Never fails: what can't be understood is searched as text, and a note says so.
//!
//! The language: words; `"a phrase"`; `"some words"~5` for nearness; `-word` and `-"a phrase"`; `a OR b`, parentheses;
//! `word*`; `title:`, `source:`, `author:`, `tag:`, `lang:`, `kind:`; `date:2019-03`, `date:2019..2021`, `before:`,
//! `after:`.

mod dates;
mod parser;
mod written;

use crate::analysis::case::is_small;
use crate::article::{Date, Kind};
use parser::Parser;

/// What to search for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The query as it was typed.
    pub text: String,
    /// Joined by "and"; words at this level may be missing from an article, which then comes after the others.
    pub clauses: Vec<Clause>,
    /// Parts of the query that look like operators and are not understood; they are among the clauses as words.
    pub as_text: Vec<String>,
    /// Whether the whole program is here, and what its second part does may be asked for: see [`in_part`].
    pub whole: bool,
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

impl Plan {
    /// Whether it asks for everything.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

/// In a query all in capitals with more words than this, OR, AND and NOT are words as well.
const SHOUTED: usize = 5;

/// The plan for `text`. Unless `finished`, its last word may be the beginning of one. A door: see [`in_part`].
#[inline(never)]
pub fn parse(text: &str, finished: bool) -> Plan {
    let keywords = text.contains(is_small) || text.split_whitespace().count() <= SHOUTED;
    let mut parser = Parser::new(text, keywords);
    let mut clauses = Vec::new();
    flatten(parser.any(), &mut clauses);
    if !finished && !text.ends_with(|c: char| c.is_whitespace() || matches!(c, ')' | '*')) {
        unfinish(&mut clauses, text);
    }
    Plan { text: text.to_owned(), clauses, as_text: parser.as_text, whole: true }
}

/// The plan for `text`, which goes on, as far as a program can tell that has only its first part yet: its words, wherever they
/// stand, without those that are excluded.
///
/// What it does not ask for is in the second part, behind functions that are called its doors: to look for anything but single
/// words, to cut words that no article has to their stems and to correct them, to find acronyms with and without their points, and to
/// fold copies of articles.
pub fn in_part(text: &str) -> Plan {
    let asked = |word: &&str| !word.starts_with(MINUS);
    let words = text.split(parts_words).filter(asked);
    let mut clauses: Vec<Clause> = words.filter_map(|word| word_clause(word, false)).collect();
    if text.rsplit(parts_words).next().is_some_and(|last| !last.is_empty() && asked(&last)) {
        unfinish(&mut clauses, text);
    }
    Plan { text: text.to_owned(), clauses, ..Plan::default() }
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

const MINUS: [char; 3] = ['-', '−', '–'];

/// Whether it stands between words.
fn parts_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')') || QUOTES.contains(&c)
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

    #[test]
    fn in_part_a_query_is_its_words() {
        let in_part = |text| in_part(text).clauses.iter().map(shown).collect::<Vec<_>>().join(" ");
        assert_eq!(
            in_part("\"prime minister\" title:x (test OR ban) -b inter* min"),
            "prime minister title:x test OR ban inter* min…"
        );
        assert_eq!(in_part("a -b"), "a");
        assert_eq!(in_part("\"prime min"), "prime min…");
        assert_eq!(in_part("\"\" a"), "a…");
    }

    proptest! {
        #[test]
        fn any_string_is_a_query(text in prop_oneof![any::<String>(), "[ab()\"\\-:~*. ORdate2019]{0,40}"]) {
            parse(&text, true);
            parse(&text, false);
            in_part(&text);
        }
    }
}
