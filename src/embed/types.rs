//! What crosses to JavaScript and back. `cargo xtask build` writes the types of `article-explorer.d.ts` from this file:
//! what is serialized as it is written here, the rest as options, each of which may be left out.

use serde::Serialize;

/// What may be asked for besides the query.
#[derive(Default)]
pub struct SearchOptions {
    /// How many hits at most; 20 if nothing is said.
    pub limit: Option<u32>,
    /// How many hits to leave out at the beginning.
    pub offset: Option<u32>,
    /// The order of the hits; best first if nothing is said.
    pub sort: Option<Order>,
    /// Whether the last word may be the beginning of one, as while somebody types.
    pub prefix: Option<bool>,
    /// What the articles must have besides: for each facet one of these values.
    pub filters: Option<Filters>,
    /// Whether to count what each value of a facet would leave, as is done if nothing is said. Over many articles that may
    /// take as long as the search.
    pub facets: Option<bool>,
}

/// The values of each facet of which an article must have one.
#[derive(Default)]
pub struct Filters {
    pub source: Option<Vec<String>>,
    pub author: Option<Vec<String>>,
    pub tag: Option<Vec<String>>,
    /// BCP 47 tags.
    pub language: Option<Vec<String>>,
    /// `article` or `brief`.
    pub kind: Option<Vec<String>>,
    /// As in `2019`.
    pub year: Option<Vec<String>>,
    /// As in `2019-03`.
    pub month: Option<Vec<String>>,
}

/// What may be asked for where there is a list.
#[derive(Default)]
pub struct ListOptions {
    /// How many at most.
    pub limit: Option<u32>,
}

/// The order of the hits. Those without a date come last.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    Relevance,
    Newest,
    Oldest,
    Title,
}

/// What a search returns.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer<'a> {
    pub query: &'a str,
    /// How many articles match.
    pub total: u32,
    /// How many of these have everything that was asked for; they come first.
    pub complete: u32,
    pub hits: Vec<Article>,
    /// How many articles each value of a facet would leave; no values if they were not to be counted.
    pub facets: Facets<'a>,
    /// How the query was understood.
    pub notes: Vec<Note<'a>>,
    /// Where nothing was found: the nearest query that finds something.
    pub suggestion: Option<Suggestion<'a>>,
    /// What `bring` can fetch to make the answer complete, where texts are not all part of the program: hits have no passages
    /// without, and of a phrase it is only known who has its words.
    pub missing: Vec<u32>,
    /// Milliseconds. The first search may take longer than others: small collections arrive without a part of their index, which
    /// is then made.
    pub took_ms: f64,
}

/// An article: the facts about it, and what belongs to the question that it answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    pub id: &'static str,
    /// Its name in addresses, and in this interface.
    pub slug: &'static str,
    pub title: &'static str,
    /// Where it was first published.
    pub url: Option<&'static str>,
    /// `2019-03-14`, or as much of it as is known.
    pub date: Option<String>,
    pub source: Option<&'static str>,
    pub kind: Kind,
    /// A BCP 47 tag.
    pub language: Option<&'static str>,
    pub authors: Vec<&'static str>,
    pub tags: Vec<&'static str>,
    /// The slug of the article that a brief came with.
    pub came_with: Option<&'static str>,
    /// Of a hit: how well it fits; comparable only within one answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Of a hit: what matched in the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_marks: Option<Vec<Mark>>,
    /// Of a hit: where it matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passages: Option<Vec<Passage>>,
    /// Of `article`: the runs of its text, in reading order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Vec<&'static str>>,
    /// Of `article`, in the place of `blocks`: what `bring` has to fetch first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<u32>>,
    /// Of `related`: the most telling words that both have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<Vec<String>>,
}

/// A brief announces an article that is not here.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Article,
    Brief,
}

/// The beginning and the end of a match, in UTF-16 units as JavaScript counts.
pub type Mark = [usize; 2];

#[derive(Serialize)]
pub struct Passage {
    /// Which of the article's `blocks` it is from.
    pub block: u32,
    pub text: String,
    pub marks: Vec<Mark>,
}

/// The values of each facet, most articles first; of years and months in the order of time.
#[derive(Default, Serialize)]
pub struct Facets<'a> {
    pub source: Vec<FacetValue<'a>>,
    pub author: Vec<FacetValue<'a>>,
    pub tag: Vec<FacetValue<'a>>,
    pub language: Vec<FacetValue<'a>>,
    pub kind: Vec<FacetValue<'a>>,
    pub year: Vec<FacetValue<'a>>,
    pub month: Vec<FacetValue<'a>>,
}

#[derive(Serialize)]
pub struct FacetValue<'a> {
    pub value: &'a str,
    pub count: u32,
    pub chosen: bool,
}

/// How a part of the query was understood.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Note<'a> {
    /// Nothing has the word that was typed.
    Corrected {
        typed: &'a str,
        used: &'a str,
    },
    Unknown {
        word: &'a str,
    },
    /// It looks like more than text but is none of what a query knows.
    AsText {
        part: &'a str,
    },
}

/// A query, and how many articles have all of it.
#[derive(Serialize)]
pub struct Suggestion<'a> {
    pub query: &'a str,
    pub total: u32,
}
