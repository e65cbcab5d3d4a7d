//! Counting and choosing articles by facts about them.

use super::bits::Bits;
use super::sort::{Counts, sort_by};
use crate::article::Kind;
use crate::index::{Corpus, DocumentId, NamedFacet};

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
        let mut with = Bits::none(corpus.len());
        values(corpus, choice.facet, |id, value| {
            if choice.values.iter().any(|chosen| chosen == value) {
                with.insert(id);
            }
        });
        documents.intersect(&with);
    }
    documents
}

/// The counts of every facet that has values, for a query that matches `matching` before any choice.
pub fn counts(corpus: &Corpus, matching: &Bits, choices: &[Choice]) -> Vec<FacetCounts> {
    let mut all = Vec::new();
    for facet in Facet::ALL {
        let mut documents = chosen(corpus, choices, Some(facet));
        documents.intersect(matching);
        let mut counts = Counts::default();
        let of_facet = || choices.iter().filter(move |choice| choice.facet == facet).flat_map(|choice| &choice.values);
        of_facet().for_each(|value| counts.add(value, 0));
        values(corpus, facet, |id, value| {
            if documents.contains(id) {
                counts.add(value, 1);
            }
        });
        let mut values: Vec<FacetCount> = counts
            .0
            .into_iter()
            .map(|(value, count)| FacetCount { chosen: of_facet().any(|chosen| *chosen == value), value, count })
            .collect();
        if !matches!(facet, Facet::Year | Facet::Month) {
            sort_by(&mut values, |a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        }
        if !values.is_empty() {
            all.push(FacetCounts { facet, values });
        }
    }
    all
}

/// Calls `f` with each article and each of its values.
fn values(corpus: &Corpus, facet: Facet, mut f: impl FnMut(DocumentId, &str)) {
    if let Some(named) = facet.named() {
        return corpus.facet_values(named, f);
    }
    for id in corpus.ids() {
        let document = corpus.document(id);
        match (facet, document.date) {
            (Facet::Kind, _) => f(id, if document.kind == Kind::Brief { "brief" } else { "article" }),
            (Facet::Year, Some(date)) => f(id, &digits(date.year, 4)),
            (Facet::Month, Some(date)) if date.month > 0 => {
                f(id, &[digits(date.year, 4), digits(i16::from(date.month), 2)].join("-"))
            }
            _ => {}
        }
    }
}

/// A number with at least that many digits.
fn digits(number: i16, width: usize) -> String {
    let digits = number.to_string();
    "0".repeat(width.saturating_sub(digits.len())) + &digits
}
