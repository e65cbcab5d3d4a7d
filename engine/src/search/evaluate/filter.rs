//! Conditions on the facts about an article.

use super::{Bits, DocumentId, Evaluator};
use crate::article::Date;
use crate::index::NamedFacet;
use crate::query::Filter;

impl Evaluator<'_> {
    /// A door: see [`crate::query::parse_in_part`].
    #[inline(never)]
    pub(super) fn filter(&self, filter: &Filter) -> Bits {
        let folded = |text: &str| self.corpus.alphabet().folded(text);
        let named = |facet, wanted: &dyn Fn(&str) -> bool| {
            let mut with = Vec::new();
            let names = self.corpus.facet_values(facet, &mut |id, number| with.push((id, number)));
            let wanted: Vec<bool> = names.into_iter().map(wanted).collect();
            let mut documents = Bits::none(self.corpus.len());
            with.iter().filter(|(_, number)| wanted[*number as usize]).for_each(|(id, _)| documents.insert(*id));
            documents
        };
        let having = |facet, name: &str| {
            let name = folded(name);
            named(facet, &|value| holds(&folded(value), &name))
        };
        let matches = |id: DocumentId| {
            let document = self.corpus.document(id);
            match filter {
                Filter::Kind(kind) => document.kind == *kind,
                Filter::Dates { from, to } => {
                    let date: Option<Date> = document.date;
                    date.is_some_and(|date| from.is_none_or(|from| date >= from) && to.is_none_or(|to| date <= to))
                }
                _ => false,
            }
        };
        match filter {
            Filter::Source(name) => having(NamedFacet::Source, name),
            Filter::Author(name) => having(NamedFacet::Author, name),
            Filter::Tag(name) => having(NamedFacet::Tag, name),
            Filter::Language(tag) => named(NamedFacet::Language, &|language| {
                let language = language.to_ascii_lowercase();
                language.strip_prefix(&**tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }),
            Filter::Kind(_) | Filter::Dates { .. } => {
                let mut documents = Bits::none(self.corpus.len());
                self.corpus.ids().filter(|id| matches(*id)).for_each(|id| documents.insert(id));
                documents
            }
        }
    }
}

/// Whether `part` stands somewhere in `text`. The standard library is faster at it, at the price of a kilobyte.
fn holds(text: &str, part: &str) -> bool {
    text.char_indices().any(|(at, _)| text[at..].starts_with(part)) || part.is_empty()
}
