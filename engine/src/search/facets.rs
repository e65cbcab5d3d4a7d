//! Counting and choosing articles by facts about them.

use super::bits::Bits;
use super::sort::sort_by;
use crate::article::Kind;
use crate::index::{Corpus, DocumentId, NamedFacet, date_number};

/// A kind of fact by which articles can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    Source,
    Author,
    Tag,
    /// BCP 47 tags.
    Language,
    /// `article` or `brief`.
    Kind,
    /// `2019`.
    Year,
    /// `2019-03`.
    Month,
}

impl Facet {
    pub const ALL: [Facet; 7] =
        [Facet::Source, Facet::Author, Facet::Tag, Facet::Language, Facet::Kind, Facet::Year, Facet::Month];

    fn named(self) -> Option<NamedFacet> {
        match self {
            Facet::Source => Some(NamedFacet::Source),
            Facet::Author => Some(NamedFacet::Author),
            Facet::Tag => Some(NamedFacet::Tag),
            Facet::Language => Some(NamedFacet::Language),
            Facet::Kind | Facet::Year | Facet::Month => None,
        }
    }
}

/// The values of a facet that are chosen; an article needs one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub facet: Facet,
    pub values: Vec<String>,
}

/// How many articles each value of a facet would leave, with the choices in the other facets applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    pub facet: Facet,
    /// Most articles first, then by name; years and months by time. A chosen value is there even if it counts 0.
    pub values: Vec<FacetCount>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    pub value: String,
    pub count: u32,
    pub chosen: bool,
}

/// The articles that have a chosen value in each facet with choices, but for `except`.
pub fn chosen(corpus: &Corpus, choices: &[Choice], except: Option<Facet>) -> Bits {
    let mut documents = Bits::all(corpus.len());
    for choice in choices.iter().filter(|choice| !choice.values.is_empty() && Some(choice.facet) != except) {
        let mut with = Vec::new();
        let names = values(corpus, choice.facet, &documents, &mut |id, number| with.push((id, number)));
        let wanted: Vec<bool> = names.iter().map(|name| choice.values.contains(name)).collect();
        documents = Bits::none(corpus.len());
        with.iter().filter(|(_, number)| wanted[*number as usize]).for_each(|(id, _)| documents.insert(*id));
    }
    documents
}

/// The counts of every facet that has values, for a query that matches `matching` before any choice.
pub fn counts(corpus: &Corpus, matching: &Bits, choices: &[Choice]) -> Vec<FacetCounts> {
    let mut all = Vec::new();
    for facet in Facet::ALL {
        let mut documents = chosen(corpus, choices, Some(facet));
        documents.intersect(matching);
        let mut counts: Vec<u32> = Vec::new();
        let names = values(corpus, facet, &documents, &mut |_, number| {
            let number = number as usize;
            if number >= counts.len() {
                counts.resize(number + 1, 0);
            }
            counts[number] += 1;
        });
        let of_facet = || choices.iter().filter(move |choice| choice.facet == facet).flat_map(|choice| &choice.values);
        let is_chosen = |value: &String| of_facet().any(|chosen| chosen == value);
        let counted = |(number, value): (usize, String)| FacetCount {
            chosen: is_chosen(&value),
            value,
            count: counts.get(number).copied().unwrap_or(0),
        };
        let mut values: Vec<FacetCount> = names.into_iter().enumerate().map(counted).collect();
        values.retain(|value| value.count > 0 || value.chosen);
        for value in of_facet() {
            if !values.iter().any(|known| known.value == *value) {
                values.push(FacetCount { value: value.clone(), count: 0, chosen: true });
            }
        }
        let by_time = matches!(facet, Facet::Year | Facet::Month);
        sort_by(&mut values, |a, b| {
            let count = |value: &FacetCount| if by_time { 0 } else { value.count };
            count(b).cmp(&count(a)).then_with(|| a.value.cmp(&b.value))
        });
        if !values.is_empty() {
            all.push(FacetCounts { facet, values });
        }
    }
    all
}

/// Calls `f` with each of these articles and the number of each of its values; returns what the values are, each once.
fn values(corpus: &Corpus, facet: Facet, articles: &Bits, f: &mut dyn FnMut(DocumentId, u32)) -> Vec<String> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    if let Some(named) = facet.named() {
        let mut of_these = |id, number| {
            if articles.contains(id) {
                f(id, number);
            }
        };
        return owned(&corpus.facet_values(named, &mut of_these));
    }
    if facet == Facet::Kind {
        articles.iter().for_each(|id| f(id, (corpus.document(id).kind == Kind::Brief).into()));
        return owned(&["article", "brief"]);
    }
    // Articles are in the order of their dates, so equal values follow each other.
    let mut names = Vec::new();
    let mut before = 0;
    let shift = if facet == Facet::Year { 9 } else { 5 };
    for id in articles.iter() {
        let Some(date) = corpus.document(id).date.filter(|date| facet == Facet::Year || date.month > 0) else {
            continue;
        };
        let value = date_number(Some(date)) >> shift;
        if value != before || names.is_empty() {
            before = value;
            let year = digits(date.year, 4);
            names.push(if facet == Facet::Year { year } else { [year, digits(date.month.into(), 2)].join("-") });
        }
        f(id, names.len() as u32 - 1);
    }
    names
}

/// A number with at least that many digits.
fn digits(number: i16, width: usize) -> String {
    let digits = number.to_string();
    "0".repeat(width.saturating_sub(digits.len())) + &digits
}
