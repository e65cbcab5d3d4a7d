use std::cell::OnceCell;
use std::ops::Range;

use engine::article::Kind;
use engine::index::{DocumentId, OpenError};
use engine::query;
use engine::search::{self, Hit, Note, Options, Sort};
use js_sys::Reflect;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

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

/// Answers a query. Options: `limit`, `offset`, `sort` (`relevance`, `newest`, `oldest` or `title`), and `prefix`, which
/// says that the last word may be the beginning of one.
#[wasm_bindgen(js_name = search)]
pub fn search_articles(query: &str, options: JsValue) -> Result<JsValue, JsValue> {
    let start = now();
    let articles = opened()?;
    let (options, prefix) = read_options(&options)?;
    let plan = query::parse(query, !prefix);
    let answer = search::search(&articles, &plan, &options);
    let hits = answer.hits.iter().map(|hit| Article::found(articles, hit)).collect();
    to_js(&Answer {
        query,
        total: answer.total,
        complete: answer.complete,
        hits,
        notes: answer.notes.iter().map(Said::from).collect(),
        took_ms: now() - start,
    })
}

/// The facts about every article, in the order of the list.
#[wasm_bindgen(js_name = articles)]
pub fn list_articles() -> Result<JsValue, JsValue> {
    let articles = opened()?;
    let heads = articles.ids().map(|id| Article::new(articles, id));
    to_js(&heads.collect::<Vec<_>>())
}

/// One article with its text, by its slug; `null` if there is none.
#[wasm_bindgen(js_name = article)]
pub fn read_article(slug: &str) -> Result<JsValue, JsValue> {
    let articles = opened()?;
    to_js(
        &articles
            .find(slug)
            .map(|id| Article { blocks: Some(articles.runs(id).collect()), ..Article::new(articles, id) }),
    )
}

/// What a search returns.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    query: &'a str,
    /// How many articles match, and how many of these have everything that was asked for.
    total: u32,
    complete: u32,
    hits: Vec<Article>,
    notes: Vec<Said<'a>>,
    took_ms: f64,
}

/// An article: the facts about it, and what belongs to the question that it answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article {
    id: &'static str,
    slug: &'static str,
    title: &'static str,
    url: Option<&'static str>,
    date: Option<String>,
    source: Option<&'static str>,
    kind: &'static str,
    language: Option<&'static str>,
    authors: Vec<&'static str>,
    tags: Vec<&'static str>,
    /// The slug of the article that a brief came with.
    came_with: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_marks: Option<Vec<Mark>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passages: Option<Vec<Passage>>,
    /// The runs of its text, in reading order.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<&'static str>>,
}

/// The beginning and the end of a match, in UTF-16 units as JavaScript counts.
type Mark = [usize; 2];

#[derive(Serialize)]
struct Passage {
    /// Which of the article's `blocks` it is from.
    block: u32,
    text: String,
    marks: Vec<Mark>,
}

/// How the query was understood.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Said<'a> {
    Corrected { typed: &'a str, used: &'a str },
    Unknown { word: &'a str },
    AsText { part: &'a str },
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
                Kind::Article => "article",
                Kind::Brief => "brief",
            },
            language: head.language,
            authors: head.authors,
            tags: head.tags,
            came_with: head.came_with,
            score: None,
            title_marks: None,
            passages: None,
            blocks: None,
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

impl<'a> From<&'a Note> for Said<'a> {
    fn from(note: &'a Note) -> Said<'a> {
        match note {
            Note::Corrected { typed, used } => Said::Corrected { typed, used },
            Note::Unknown { word } => Said::Unknown { word },
            Note::AsText { part } => Said::AsText { part },
        }
    }
}

/// Ranges of bytes of a text as JavaScript counts them.
fn in_utf16(text: &str, ranges: &[Range<u32>]) -> Vec<Mark> {
    let units = |bytes: u32| text.get(..bytes as usize).map_or(0, |start| start.encode_utf16().count());
    ranges.iter().map(|range| [units(range.start), units(range.end)]).collect()
}

/// The options of a search and whether its last word is unfinished. What is left out is as usual; what is not
/// understood is an error that names it.
fn read_options(given: &JsValue) -> Result<(Options, bool), JsValue> {
    let mut options = Options::default();
    let get = |name: &str| {
        let value = if given.is_object() { Reflect::get(given, &name.into())? } else { JsValue::UNDEFINED };
        Ok::<_, JsValue>(Some(value).filter(|value| !value.is_undefined() && !value.is_null()))
    };
    for (name, number) in [("limit", &mut options.limit), ("offset", &mut options.offset)] {
        if let Some(value) = get(name)? {
            let whole = value.as_f64().filter(|value| *value >= 0.0 && value.trunc() == *value);
            *number = whole.ok_or_else(|| wrong(name))? as u32;
        }
    }
    if let Some(value) = get("sort")? {
        options.sort = match value.as_string().as_deref() {
            Some("relevance") => Sort::Relevance,
            Some("newest") => Sort::Newest,
            Some("oldest") => Sort::Oldest,
            Some("title") => Sort::Title,
            _ => return Err(wrong("sort")),
        };
    }
    let prefix = get("prefix")?.is_some_and(|value| value.is_truthy());
    Ok((options, prefix))
}

fn opened() -> Result<Articles, JsValue> {
    articles().map_err(|problem| error("corpus", &problem.to_string()))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let value = value.serialize(&Serializer::json_compatible());
    value.map_err(JsValue::from)
}

fn wrong(option: &str) -> JsValue {
    error("option", &(option.to_owned() + " is not one of the values that this option takes"))
}

/// An `Error` with a `code` for programs and a message for people.
fn error(code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
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
