//! What an article is: facts about it, and its text as a tree.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// One article as read from its file, before it becomes part of a corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Facts shown in lists and above the text.
    pub head: Head<String>,
    /// The text, in reading order, without the title.
    pub body: Vec<Block<String>>,
}

/// The facts about an article. `T` is how text is held: `String` at build time, `&str` when read from a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head<T> {
    /// Names the article in addresses; unique in its corpus, lower-case, without spaces.
    pub slug: T,
    /// The name its publisher gave it (the `id` of a JSON line, else the slug).
    pub id: T,
    pub kind: Kind,
    pub title: T,
    pub subtitle: Option<T>,
    pub authors: Vec<T>,
    /// When it was published; `None` where the file does not say.
    pub date: Option<Date>,
    pub updated: Option<Date>,
    /// Who published it.
    pub source: Option<T>,
    pub section: Option<T>,
    pub tags: Vec<T>,
    /// BCP 47 tag of the language it is written in.
    pub language: Option<T>,
    pub summary: Option<T>,
    /// Where it was first published.
    pub url: Option<T>,
    /// The slug of the article a brief came with.
    pub came_with: Option<T>,
}

/// Whether there is a whole article to read or only its announcement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    #[default]
    Article,
    /// A title and a summary; the article itself is not part of the corpus.
    Brief,
}

/// A calendar date as exactly as it is known: a year, a year and a month, or a day.
///
/// Ordered by time; a less exact date comes before the more exact ones within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    pub year: i16,
    /// 1 to 12; 0 where only the year is known.
    pub month: u8,
    /// 1 to 31; 0 where the day is not known.
    pub day: u8,
}

impl Date {
    /// A day of the proleptic Gregorian calendar, if there is such a day.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Date> {
        (1..=days_in_month(year, month)).contains(&day).then_some(Date { year, month, day })
    }

    /// A whole month, if there is such a month.
    pub fn month(year: i16, month: u8) -> Option<Date> {
        (1..=12).contains(&month).then_some(Date { year, month, day: 0 })
    }

    pub fn year(year: i16) -> Date {
        Date { year, month: 0, day: 0 }
    }
}

/// 0 for a month that does not exist.
fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// How deep blocks may stand in blocks; what a file nests deeper is moved up to this depth.
pub const DEEPEST: usize = 16;

/// A part of an article's text. Markup that has no place here (scripts, forms, frames) cannot be expressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block<T> {
    Paragraph(Rich<T>),
    Heading {
        /// 2 to 6; the article's title is level 1.
        level: u8,
        text: Rich<T>,
    },
    List {
        /// The number of the first item; `None` for a list with bullets.
        start: Option<u32>,
        items: Vec<Vec<Block<T>>>,
    },
    Quote(Vec<Block<T>>),
    Code {
        language: Option<String>,
        text: T,
    },
    Table {
        /// How many of the rows, from the top, are headings.
        head_rows: u32,
        /// Rows of cells.
        rows: Vec<Vec<Rich<T>>>,
    },
    Figure {
        image: Image,
        caption: Option<Rich<T>>,
    },
    /// A note at the foot; `label` is what its references show.
    Footnote {
        label: String,
        blocks: Vec<Block<T>>,
    },
    Rule,
}

/// A run of text with markup: ranges of it that are emphasised, linked and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rich<T> {
    pub text: T,
    /// Properly nested; outer before inner.
    pub spans: Vec<Span>,
}

impl<T> From<T> for Rich<T> {
    fn from(text: T) -> Rich<T> {
        Rich { text, spans: Vec::new() }
    }
}

/// Markup of a range of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Bytes of the run's text.
    pub range: Range<u32>,
    pub style: Style,
}

/// What a span of text is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    Emphasis,
    Strong,
    Code,
    Deleted,
    Subscript,
    Superscript,
    /// A link to another site: `http:`, `https:` or `mailto:`.
    Link(String),
    /// A link to another article of the corpus, by slug.
    Article(String),
    /// A reference to the footnote with this label.
    FootnoteReference(String),
    /// A line break after the span's last byte.
    Break,
    /// Text in another language than the article's, by its BCP 47 tag.
    Language(String),
}

/// A picture that lies beside the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Relative to the site's root.
    pub path: String,
    pub alt: String,
    /// Width and height in pixels, if they could be read.
    pub size: Option<(u32, u32)>,
}

impl<T> Block<T> {
    /// The same block with each run of text, in reading order, replaced by what `f` makes of it.
    pub fn map<U>(self, f: &mut dyn FnMut(T) -> U) -> Block<U> {
        match self {
            Block::Paragraph(text) => Block::Paragraph(text.map(f)),
            Block::Heading { level, text } => Block::Heading { level, text: text.map(f) },
            Block::List { start, items } => {
                Block::List { start, items: items.into_iter().map(|item| map_all(item, f)).collect() }
            }
            Block::Quote(blocks) => Block::Quote(map_all(blocks, f)),
            Block::Code { language, text } => Block::Code { language, text: f(text) },
            Block::Table { head_rows, rows } => Block::Table {
                head_rows,
                rows: rows.into_iter().map(|row| row.into_iter().map(|cell| cell.map(f)).collect()).collect(),
            },
            Block::Figure { image, caption } => Block::Figure { image, caption: caption.map(|text| text.map(f)) },
            Block::Footnote { label, blocks } => Block::Footnote { label, blocks: map_all(blocks, f) },
            Block::Rule => Block::Rule,
        }
    }
}

/// [`Block::map`] over several blocks.
pub fn map_all<T, U>(blocks: Vec<Block<T>>, f: &mut dyn FnMut(T) -> U) -> Vec<Block<U>> {
    blocks.into_iter().map(|block| block.map(f)).collect()
}

impl<T> Rich<T> {
    fn map<U>(self, f: &mut dyn FnMut(T) -> U) -> Rich<U> {
        Rich { text: f(self.text), spans: self.spans }
    }
}
