//! Counting and choosing articles by facts about them.

use super::bits::Bits;
use super::sort::sort_by;
use crate::index::{Corpus, Facet};

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

/// The articles that have a value of a facet which is wanted.
pub fn having(corpus: &Corpus, facet: Facet, wanted: &dyn Fn(&str) -> bool) -> Bits {
    let mut documents = Bits::none(corpus.len());
    for (_, articles) in corpus.values(facet).filter(|(value, _)| wanted(value)) {
        articles.for_each(|run| documents.insert_all(run));
    }
    documents
}

/// The articles that have a chosen value in each facet with choices, but for `except`.
pub fn chosen(corpus: &Corpus, choices: &[Choice], except: Option<Facet>) -> Bits {
    let mut documents = Bits::all(corpus.len());
    for choice in choices.iter().filter(|choice| !choice.values.is_empty() && Some(choice.facet) != except) {
        documents.intersect(&having(corpus, choice.facet, &|value| choice.values.iter().any(|chosen| chosen == value)));
    }
    documents
}

/// The counts of every facet that has values, for a query that matches `matching` before any choice.
pub fn counts(corpus: &Corpus, matching: &Bits, choices: &[Choice]) -> Vec<FacetCounts> {
    let mut all = Vec::new();
    for facet in Facet::ALL {
        let mut documents = chosen(corpus, choices, Some(facet));
        documents.intersect(matching);
        let of_facet = || choices.iter().filter(move |choice| choice.facet == facet).flat_map(|choice| &choice.values);
        let mut values = Vec::new();
        for (value, articles) in corpus.values(facet) {
            let count = articles.map(|run| documents.count(run)).sum();
            let chosen = of_facet().any(|chosen| chosen == value);
            if count > 0 || chosen {
                values.push(FacetCount { value: value.to_owned(), count, chosen });
            }
        }
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
