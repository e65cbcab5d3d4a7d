//! Facts of which many articles have the same: each value with the articles that have it.
//!
//! The section holds the facets in the order of [`Facet::ALL`], each behind its length in bytes (varint). A facet is its
//! values in the order of their bytes; a value is its name, then its articles, each behind its length in bytes (varint).
//! The articles are runs of numbers: how many lie between the run and the one before it, or article 0 (varint), and how many more
//! than one it has (varint). Articles are in the order of their dates, and what came together often has the same source,
//! language and tags, so that runs are long; counting them takes no look at each article.

use std::ops::Range;

use super::tree::{bytes, text};
use super::{Corpus, Section, varint};

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
}

/// The numbers of the articles that have a value, rising, as ranges of which none is empty.
#[derive(Clone, Copy, Debug)]
pub struct Runs<'a> {
    rest: &'a [u8],
    /// Where the last one ended.
    end: u32,
    /// How many articles there are.
    bound: u32,
}

impl Iterator for Runs<'_> {
    type Item = Range<u32>;

    fn next(&mut self) -> Option<Range<u32>> {
        let start = self.end.saturating_add(varint(&mut self.rest));
        (start < self.bound && !self.rest.is_empty()).then_some(())?;
        self.end = (start + 1).saturating_add(varint(&mut self.rest)).min(self.bound);
        Some(start..self.end)
    }
}

impl<'a> Corpus<'a> {
    /// The values of a facet that articles have, in the order of their bytes, each with these articles.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = (&'a str, Runs<'a>)> + use<'a> {
        let mut rest = self.section(Section::Facets);
        (0..facet as u8).for_each(|_| _ = bytes(&mut rest));
        let mut values = bytes(&mut rest);
        let bound = self.len();
        std::iter::from_fn(move || {
            let name = (!values.is_empty()).then(|| text(&mut values))?;
            Some((name, Runs { rest: bytes(&mut values), end: 0, bound }))
        })
    }
}

#[cfg(feature = "ingest")]
pub(super) use write::facets;

#[cfg(feature = "ingest")]
mod write {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::{push_bytes, push_varint};
    use super::Facet;
    use crate::article::Article;

    /// The section of facets of articles in the order of the list.
    pub fn facets(articles: &[Article]) -> Vec<u8> {
        let mut section = Vec::new();
        for facet in Facet::ALL {
            let mut values = BTreeMap::<String, BTreeSet<u32>>::new();
            for (number, article) in (0..).zip(articles) {
                for value in of(article, facet) {
                    values.entry(value).or_default().insert(number);
                }
            }
            let mut bytes = Vec::new();
            for (name, articles) in &values {
                push_bytes(&mut bytes, name.as_bytes());
                push_bytes(&mut bytes, &runs(articles));
            }
            push_bytes(&mut section, &bytes);
        }
        section
    }

    fn runs(articles: &BTreeSet<u32>) -> Vec<u8> {
        let mut runs: Vec<[u32; 2]> = Vec::new();
        for number in articles {
            match runs.last_mut().filter(|[_, last]| last + 1 == *number) {
                Some([_, last]) => *last = *number,
                None => runs.push([*number, *number]),
            }
        }
        let mut bytes = Vec::new();
        let mut end = 0;
        for [first, last] in runs {
            push_varint(&mut bytes, first - end);
            push_varint(&mut bytes, last - first);
            end = last + 1;
        }
        bytes
    }

    fn of(article: &Article, facet: Facet) -> Vec<String> {
        let head = &article.head;
        let year = || head.date.map(|date| format!("{:04}", date.year));
        let month =
            || head.date.filter(|date| date.month > 0).map(|date| format!("{:04}-{:02}", date.year, date.month));
        match facet {
            Facet::Source => head.source.iter().cloned().collect(),
            Facet::Author => head.authors.clone(),
            Facet::Tag => head.tags.clone(),
            Facet::Language => head.language.iter().cloned().collect(),
            Facet::Kind => vec![head.kind.name().to_owned()],
            Facet::Year => year().into_iter().collect(),
            Facet::Month => month().into_iter().collect(),
        }
    }
}
