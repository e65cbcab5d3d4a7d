//! Conditions on the facts about an article.

use super::{Bits, DocumentId, Evaluator};
use crate::article::Date;
use crate::query::Filter;

impl Evaluator<'_> {
    pub(super) fn filter(&self, filter: &Filter) -> Bits {
        let folded = |text: &str| self.corpus.alphabet().folded(text);
        let mut documents = Bits::none(self.corpus.len());
        let matches = |id: DocumentId| match filter {
            Filter::Kind(kind) => self.corpus.document(id).kind == *kind,
            Filter::Dates { from, to } => {
                let date: Option<Date> = self.corpus.document(id).date;
                date.is_some_and(|date| from.is_none_or(|from| date >= from) && to.is_none_or(|to| date <= to))
            }
            Filter::Source(name) => self.corpus.head(id).source.is_some_and(|s| folded(s).contains(&folded(name))),
            Filter::Author(name) => self.corpus.head(id).authors.iter().any(|a| folded(a).contains(&folded(name))),
            Filter::Tag(name) => self.corpus.head(id).tags.iter().any(|tag| folded(tag).contains(&folded(name))),
            Filter::Language(tag) => self.corpus.head(id).language.is_some_and(|language| {
                let language = language.to_ascii_lowercase();
                language.strip_prefix(&**tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }),
        };
        self.corpus.ids().filter(|id| matches(*id)).for_each(|id| documents.insert(id));
        documents
    }
}
