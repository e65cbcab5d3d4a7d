//! What an article is: facts about it, and its text as a tree.

use std::ops::Range;

/// One article as read from its file, before it becomes part of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
pub struct Article {
    /// Facts shown in lists and above the text.
    pub head: Head<String>,
    /// The text, in reading order, without the title.
    pub body: Vec<Block<String>>,
}

/// The facts about an article. `T` is how text is held: `String` at build time, `&str` when read from a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
pub enum Kind {
    #[default]
    Article,
    /// A title and a summary; the article itself is not part of the corpus.
    Brief,
}

impl Kind {
    /// What it is called in queries, addresses and facets.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Brief => "brief",
        }
    }
}

/// A calendar date as exactly as it is known: a year, a year and a month, or a day.
///
/// Ordered by time; a less exact date comes before the more exact ones within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// Bytes of the run's text.
    pub range: Range<u32>,
    pub style: Style,
}

/// What a span of text is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ingest", derive(serde::Serialize, serde::Deserialize))]
pub struct Image {
    /// Relative to the site's root.
    pub path: String,
    pub alt: String,
    /// Width and height in pixels, if they could be read.
    pub size: Option<(u32, u32)>,
}

impl<T> Block<T> {
    /// Calls `f` for each run of text, in reading order.
    pub fn runs<'b>(&'b self, f: &mut dyn FnMut(&'b T)) {
        match self {
            Block::Paragraph(text) | Block::Heading { text, .. } => f(&text.text),
            Block::List { items, .. } => items.iter().flatten().for_each(|block| block.runs(f)),
            Block::Quote(blocks) | Block::Footnote { blocks, .. } => blocks.iter().for_each(|block| block.runs(f)),
            Block::Code { text, .. } => f(text),
            Block::Table { rows, .. } => rows.iter().flatten().for_each(|cell| f(&cell.text)),
            Block::Figure { caption, .. } => caption.iter().for_each(|caption| f(&caption.text)),
            Block::Rule => {}
        }
    }
}
