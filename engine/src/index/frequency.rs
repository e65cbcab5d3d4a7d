//! How much an occurrence counts: the first half of BM25F (Robertson and Zaragoza, *The Probabilistic Relevance
//! Framework: BM25 and Beyond*, 2009), in which the fields of an article are weighted and its length is taken out.

use super::Occurrence;

/// How much long texts and titles are held back.
const B: f32 = 0.7;

/// Weights of the fields against the text.
pub const TITLE: f32 = 2.5;
const HEADING: f32 = 0.7;
const LEAD: f32 = 0.3;
const TAG: f32 = 1.0;

/// How often a term occurs in title, headings, lead, text and tags of an article, each weighted and its length taken out.
/// `words` and `title_words` are the article's, `average` is the number of words in titles and in texts.
pub fn frequencies(words: u32, title_words: u32, average: (f32, f32), occurrence: Occurrence) -> [f32; 5] {
    let text = 1.0 / length_norm(words, average.1);
    let at = |field, weight| if occurrence.has(field) { weight } else { 0.0 };
    let title = if occurrence.has(Occurrence::TITLE) { TITLE / length_norm(title_words, average.0) } else { 0.0 };
    [
        title,
        at(Occurrence::HEADING, HEADING) * text,
        at(Occurrence::LEAD, LEAD) * text,
        f32::from(occurrence.in_text()) * text,
        at(Occurrence::TAG, TAG),
    ]
}

/// The larger of two numbers. `f32::max` treats NaN apart, for which WebAssembly takes a call.
pub fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// What a length divides frequencies by: 1 for the average one.
pub fn length_norm(words: u32, average: f32) -> f32 {
    1.0 - B + B * words as f32 / larger(average, 1.0)
}
