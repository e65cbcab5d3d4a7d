//! Conditions on the facts about an article.

use super::{Bits, Evaluator};
use crate::article::Date;
use crate::index::Facet;
use crate::query::Filter;
use crate::search::facets;

impl Evaluator<'_> {
    pub(super) fn filter(&self, filter: &Filter) -> Bits {
        let having = |facet, wanted: &dyn Fn(&str) -> bool| facets::having(self.corpus, facet, wanted);
        let named = |facet, name: &str| {
            let folded = |text: &str| self.corpus.alphabet().folded(text);
            let name = folded(name);
            having(facet, &|value| holds(&folded(value), &name))
        };
        match filter {
            Filter::Source(name) => named(Facet::Source, name),
            Filter::Author(name) => named(Facet::Author, name),
            Filter::Tag(name) => named(Facet::Tag, name),
            Filter::Language(tag) => having(Facet::Language, &|language| {
                let language = language.to_ascii_lowercase();
                language.strip_prefix(&**tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }),
            Filter::Kind(kind) => having(Facet::Kind, &|value| value == kind.name()),
            Filter::Dates { from, to } => {
                let matches = |date: Date| from.is_none_or(|from| date >= from) && to.is_none_or(|to| date <= to);
                let mut documents = Bits::none(self.corpus.len());
                let dated = self.corpus.ids().filter(|id| self.corpus.document(*id).date.is_some_and(matches));
                dated.for_each(|id| documents.insert(id));
                documents
            }
        }
    }
}

/// Whether `part` stands somewhere in `text`. The standard library is faster at it, at the price of a kilobyte.
fn holds(text: &str, part: &str) -> bool {
    text.char_indices().any(|(at, _)| text[at..].starts_with(part)) || part.is_empty()
}
