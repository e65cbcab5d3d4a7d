//! The search for programs, with nothing on the screen.

use std::cell::OnceCell;
use std::ops::Range;

use engine::article;
use engine::index::{DocumentId, OpenError};
use engine::query;
use engine::search::{self, Facet, FacetCounts, Hit, Options};
use js_sys::{Promise, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::types::{
    Answer, Article, FacetValue, Facets, Kind, ListOptions, Mark, Note, Passage, SearchOptions, Suggestion,
};
use crate::browser::{intl, now};
use crate::corpus;
use crate::state::Articles;

/// The articles of this program, opened when they are first asked for.
pub fn articles() -> Result<Articles, OpenError> {
    thread_local! {
        static OPENED: OnceCell<Result<Articles, OpenError>> = const { OnceCell::new() };
    }
    let open = || corpus::open().map(Articles::new);
    OPENED.with(|opened| opened.get_or_init(open).clone())
}

/// Answers a query.
#[wasm_bindgen(js_name = search, unchecked_return_type = "Answer")]
pub fn search_articles(
    query: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "SearchOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let start = now();
    let articles = opened()?;
    let given = SearchOptions::read(&options)?;
    let usual = Options::default();
    let options = Options {
        limit: given.limit.unwrap_or(usual.limit),
        offset: given.offset.unwrap_or(usual.offset),
        sort: given.sort.map_or(usual.sort, Into::into),
        choices: given.filters.map_or_else(Vec::new, |filters| filters.choices()),
        facets: given.facets.unwrap_or(true),
        ..usual
    };
    let plan = query::parse(query, !given.prefix.unwrap_or_default());
    let answer = search::search(&articles, &plan, &options);
    // What else help can tell is not told here, and takes as long as the search.
    let nearest = if answer.total == 0 { search::help(&articles, &plan, &answer).nearest } else { None };
    to_js(&Answer {
        query,
        total: answer.total,
        complete: answer.complete,
        hits: answer.hits.iter().map(|hit| Article::found(articles, hit)).collect(),
        facets: Facets::of(&answer.facets),
        notes: answer.notes.iter().map(Note::from).collect(),
        suggestion: nearest.as_ref().map(|near| Suggestion { query: &near.query, total: near.documents }),
        missing: answer.missing(&articles),
        took_ms: now() - start,
    })
}

/// How a query that is being typed may go on, most articles first; 6 ways unless another limit is given.
#[wasm_bindgen(unchecked_return_type = "Suggestion[]")]
pub fn suggest(
    text: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "ListOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let articles = opened()?;
    let limit = ListOptions::read(&options)?.limit.unwrap_or(6);
    let ways = search::suggest(&articles, text, limit as usize);
    let ways = ways.iter().map(|way| Suggestion { query: &way.query, total: way.documents });
    to_js(&ways.collect::<Vec<_>>())
}

/// The facts about every article, in the order of the list.
#[wasm_bindgen(js_name = articles, unchecked_return_type = "Article[]")]
pub fn list_articles() -> Result<JsValue, JsValue> {
    let articles = opened()?;
    let heads = articles.ids().map(|id| Article::new(articles, id));
    to_js(&heads.collect::<Vec<_>>())
}

/// One article with its text, by its slug; `null` if there is none.
#[wasm_bindgen(js_name = article, unchecked_return_type = "Article | null")]
pub fn read_article(slug: &str) -> Result<JsValue, JsValue> {
    let articles = opened()?;
    let found = articles.find(slug);
    to_js(&found.map(|id| {
        let missing = articles.missing_text(id).map(|chunk| vec![chunk]);
        let blocks = missing.is_none().then(|| articles.runs(id).collect());
        Article { blocks, missing, ..Article::new(articles, id) }
    }))
}

/// Fetches what an answer or an article says is missing; then ask again. Only where there are so many articles that their
/// texts lie beside the program.
///
/// # Errors
///
/// With the code `texts`, if some of it can't be had.
#[wasm_bindgen(unchecked_return_type = "Promise<undefined>")]
pub fn bring(#[wasm_bindgen(unchecked_param_type = "number[]")] missing: JsValue) -> Promise {
    if !corpus::OUTSIDE {
        return Promise::resolve(&JsValue::UNDEFINED);
    }
    future_to_promise(async move {
        let missing: Vec<u32> = serde_wasm_bindgen::from_value(missing)?;
        match corpus::bring(&*opened()?, &missing).await {
            true => Ok(JsValue::UNDEFINED),
            false => Err(error("texts", "Some texts could not be fetched. Check the network and try again.")),
        }
    })
}

/// The articles most like one, most alike first, by its slug; none if there is no such article.
#[wasm_bindgen(unchecked_return_type = "Article[]")]
pub fn related(
    slug: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "ListOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let articles = opened()?;
    let limit = ListOptions::read(&options)?.limit.map_or(usize::MAX, |limit| limit as usize);
    let like = articles.find(slug).map(|id| search::related(&articles, id)).unwrap_or_default();
    let like = like.into_iter().take(limit);
    let like = like.map(|like| Article { shared: Some(like.shared), ..Article::new(articles, like.id) });
    to_js(&like.collect::<Vec<_>>())
}

impl Article {
    fn new(articles: Articles, id: DocumentId) -> Article {
        let head = articles.head(id);
        Article {
            id: head.id,
            slug: head.slug,
            title: head.title,
            url: head.url,
            date: head.date.map(intl::machine_date),
            source: head.source,
            kind: match head.kind {
                article::Kind::Article => Kind::Article,
                article::Kind::Brief => Kind::Brief,
            },
            language: head.language,
            authors: head.authors,
            tags: head.tags,
            came_with: head.came_with,
            score: None,
            title_marks: None,
            passages: None,
            blocks: None,
            missing: None,
            shared: None,
        }
    }

    fn found(articles: Articles, hit: &Hit) -> Article {
        let article = Article::new(articles, hit.id);
        let passages = hit.passages.iter().map(|passage| Passage {
            block: passage.run,
            text: passage.text.clone(),
            marks: in_utf16(&passage.text, &passage.marks),
        });
        Article {
            score: Some(f64::from(hit.score) / 1e6),
            title_marks: Some(in_utf16(article.title, &hit.title_marks)),
            passages: Some(passages.collect()),
            ..article
        }
    }
}

impl<'a> Facets<'a> {
    fn of(counts: &'a [FacetCounts]) -> Facets<'a> {
        let of = |facet: Facet| {
            let values = counts.iter().filter(|counts| counts.facet == facet).flat_map(|counts| &counts.values);
            let value = |value: &'a search::FacetCount| FacetValue {
                value: &value.value,
                count: value.count,
                chosen: value.chosen,
            };
            values.map(value).collect()
        };
        let [source, author, tag, language, kind, year, month] = Facet::ALL.map(of);
        Facets { source, author, tag, language, kind, year, month }
    }
}

impl<'a> From<&'a search::Note> for Note<'a> {
    fn from(note: &'a search::Note) -> Note<'a> {
        match note {
            search::Note::Corrected { typed, used } => Note::Corrected { typed, used },
            search::Note::Unknown { word } => Note::Unknown { word },
            search::Note::AsText { part } => Note::AsText { part },
        }
    }
}

/// Ranges of bytes of a text as JavaScript counts them.
fn in_utf16(text: &str, ranges: &[Range<u32>]) -> Vec<Mark> {
    let ascii = text.is_ascii();
    let units = |bytes: u32| match text.get(..bytes as usize) {
        Some(start) if ascii => start.len(),
        start => start.map_or(0, |start| start.encode_utf16().count()),
    };
    ranges.iter().map(|range| [units(range.start), units(range.end)]).collect()
}

pub fn opened() -> Result<Articles, JsValue> {
    articles().map_err(|problem| error("corpus", &problem.to_string()))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let value = value.serialize(&Serializer::json_compatible());
    value.map_err(JsValue::from)
}

/// An `Error` with a `code` for programs and a message for people.
pub fn error(code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name("ArticleExplorerError");
    _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

#[cfg(test)]
mod tests {
    use super::in_utf16;

    #[test]
    fn offsets_are_as_javascript_counts() {
        let text = "Été 🦀 rust";
        assert_eq!(in_utf16(text, &[0..5, 6..10, 11..15]), [[0, 3], [4, 6], [7, 11]]);
    }
}
