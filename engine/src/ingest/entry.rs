//! What one file holds, before articles know of each other.

use serde::{Deserialize, Serialize};

use super::facts::{self, Facts};
use super::html::{each_run, each_text, without_own_language};
use super::left_out::LeftOut;
use super::name::FileName;
use super::problem::{Fault, Position};
use super::slug::slug;
use super::{date, language};
use crate::article::{Article, Block, Head, Kind, Rich, Style};

/// Everything that was read from one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub entries: Vec<Entry>,
    pub faults: Vec<Fault>,
    /// Articles that are not to be published yet.
    pub drafts: u32,
    /// Pages of a site that are lists of others.
    pub lists: u32,
    /// Files of one article each: none or one.
    pub files: u32,
    /// Lines that are not empty, of a file of one article a line.
    pub lines: u32,
    /// Files and lines that no article could be made of.
    pub failed: u32,
    /// Unpacked.
    pub bytes: u64,
    pub left_out: LeftOut,
}

impl Content {
    /// What a file of one article holds: `read` gives the article, or `None` for a draft, and notes down what else
    /// there is to say.
    pub fn of_one(read: impl FnOnce(&mut Content) -> Result<Option<Entry>, Fault>) -> Content {
        let mut content = Content::default();
        match read(&mut content) {
            Ok(Some(entry)) => content.entries.push(entry),
            Ok(None) => content.drafts = 1,
            Err(fault) => content.faults.insert(0, fault),
        }
        content
    }
}

/// An article whose slug, links and pictures are not settled yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Links and pictures have the addresses that the file gives them; the slug is the one that it would like to have.
    pub article: Article,
    pub at: Position,
    pub dated: Dated,
    /// What tells it from all others: its file, or its id.
    pub identity: String,
    /// How its slug came about.
    pub slugged: Slugged,
    /// Other addresses that links to it may use.
    pub aliases: Vec<String>,
    /// Where the file names places that have to be looked for.
    pub references: Vec<(String, Position)>,
    /// For a brief, how many entries before it the article stands that it came with.
    pub came_with: Option<u32>,
}

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dated {
    /// The file states it.
    Stated,
    /// The file's name has it.
    Name,
    /// The opening paragraphs have it, up to the lead.
    Text,
    Unknown,
}

/// How a slug came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slugged {
    /// The file asks for it.
    Stated,
    /// From its name or title.
    Derived,
    /// From its title, and always with characters that stand for its identity.
    Identified,
}

/// What is known of an article's file while it is read.
pub struct Origin<'f> {
    pub name: &'f FileName,
    pub at: Position,
    pub slugged: Slugged,
    /// Prefer the file's name to the title for the slug.
    pub slug_by_name: bool,
}

impl Entry {
    /// Completes an article from what its file states and its text.
    ///
    /// The fault is for an article without a title or without any text.
    pub fn complete(facts: Facts, mut body: Vec<Block<String>>, origin: &Origin) -> Result<Entry, Fault> {
        let Facts { mut head, slug: stated_slug, dated, aliases, .. } = facts;
        take_title(&mut head, &mut body);
        if head.title.is_empty() {
            head.title = origin.name.readable().unwrap_or_default();
        }
        if head.title.is_empty() {
            return Err(Fault::error(origin.at, "no title", "give the article a title"));
        }
        lift_headings(&mut body);
        if body.is_empty() {
            // All that some sites say of an article that lies elsewhere is its title.
            let known = head.summary.clone().or_else(|| head.subtitle.clone());
            let Some(summary) = known.or_else(|| head.url.is_some().then(|| head.title.clone())) else {
                let what = "a title without a text";
                return Err(Fault::error(
                    origin.at,
                    what,
                    "write the text below it, or at least a summary, or delete it",
                ));
            };
            // All that is known of an article that was published elsewhere.
            head.kind = Kind::Brief;
            body.push(Block::Paragraph(Rich::from(summary)));
        }
        let opening = opening(&body);
        if head.language.is_none() {
            head.language = origin.name.language.clone().or_else(|| language::detect(&opening).map(str::to_owned));
        }
        language::mark_others(&mut body, head.language.as_deref());
        if let Some(own) = &head.language {
            without_own_language(&mut body, own);
        }
        let mut source = if head.date.is_some() { Dated::Stated } else { Dated::Unknown };
        if head.date.is_none() && !dated {
            head.date = origin.name.date;
            source = Dated::Name;
            if head.date.is_none() {
                head.date = first_date(&body, head.language.as_deref());
                source = if head.date.is_some() { Dated::Text } else { Dated::Unknown };
            }
        }
        let identity = if head.id.is_empty() { origin.name.identity.clone() } else { head.id.clone() };
        let slugged = if stated_slug.is_some() { Slugged::Stated } else { origin.slugged };
        let named =
            origin.slug_by_name.then_some(&*origin.name.stem).filter(|name| name.chars().any(char::is_alphabetic));
        head.slug = slug(stated_slug.as_deref().or(named).unwrap_or(&head.title));
        if head.id.is_empty() {
            head.id = identity.clone();
        }
        let article = Article { head, body };
        let aliases = aliases.into_iter().take(MOST_ALIASES).collect();
        Ok(Entry {
            article,
            at: origin.at,
            dated: source,
            identity,
            slugged,
            aliases,
            references: Vec::new(),
            came_with: None,
        })
    }
}

const MOST_ALIASES: usize = 50;

/// How many opening paragraphs are searched for the article's date at most.
const OPENING: usize = 3;

/// Bytes from which on a paragraph is the article's lead, and no byline or line of place and date.
const LEAD: usize = 80;

/// Bytes of a paragraph that are searched for it.
const OPENING_BYTES: usize = 2000;

/// The first full date in the opening paragraphs, up to the lead. Of dates further on hardly one in five is about when
/// the article was written: they are birthdays, anniversaries and deadlines.
fn first_date(body: &[Block<String>], language: Option<&str>) -> Option<crate::article::Date> {
    let paragraphs = body.iter().filter_map(|block| match block {
        Block::Paragraph(text) => Some(&*text.text),
        _ => None,
    });
    let mut led = false;
    let opening = paragraphs.take(OPENING).take_while(|text| !std::mem::replace(&mut led, text.len() >= LEAD));
    let mut dates = opening.map(|text| date::in_text(&text[..text.floor_char_boundary(OPENING_BYTES)], language));
    dates.find_map(|date| date)
}

/// As much of the text as is needed to know its language.
fn opening(body: &[Block<String>]) -> String {
    let mut opening = String::new();
    each_text(body, &mut |text| {
        opening.push_str(text);
        opening.push('\n');
        opening.len() < language::SAMPLE
    });
    opening
}

/// The first heading is the title where none is stated, and is said once where it is.
fn take_title(head: &mut Head<String>, body: &mut Vec<Block<String>>) {
    let Some(Block::Heading { level, text }) = body.first() else { return };
    let same = facts::words(&text.text) == head.title;
    if same || head.title.is_empty() && *level == 1 {
        head.title = facts::words(&text.text);
        body.remove(0);
    }
}

/// Makes room for the title above headings: none of them is of the first level.
fn lift_headings(body: &mut [Block<String>]) {
    fn each(blocks: &mut [Block<String>], f: &mut dyn FnMut(&mut u8)) {
        for block in blocks {
            match block {
                Block::Heading { level, .. } => f(level),
                Block::List { items, .. } => items.iter_mut().for_each(|item| each(item, f)),
                Block::Quote(blocks) | Block::Footnote { blocks, .. } => each(blocks, f),
                _ => {}
            }
        }
    }
    let mut first = false;
    each(body, &mut |level| first |= *level == 1);
    each(body, &mut |level| *level = (*level + u8::from(first)).clamp(2, 6));
}

/// The addresses in the article that have to be looked for, in reading order, each once.
pub fn places(body: &mut [Block<String>]) -> Vec<String> {
    fn pictures(blocks: &[Block<String>], into: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Figure { image, .. } => into.push(image.path.clone()),
                Block::List { items, .. } => items.iter().for_each(|item| pictures(item, into)),
                Block::Quote(blocks) | Block::Footnote { blocks, .. } => pictures(blocks, into),
                _ => {}
            }
        }
    }
    let mut places = Vec::new();
    pictures(body, &mut places);
    each_run(body, &mut |rich| {
        let links = rich.spans.iter().filter_map(|span| match &span.style {
            Style::Link(to) => Some(to.clone()),
            _ => None,
        });
        places.extend(links);
    });
    places.retain(|place| !is_out(place));
    let mut seen = std::collections::HashSet::new();
    places.retain(|place| seen.insert(place.clone()));
    places
}

/// Whether a link leads to another site for sure.
pub fn is_out(link: &str) -> bool {
    ["http:", "https:", "mailto:"].iter().any(|scheme| link.starts_with(scheme))
}

/// Finds for each place the line and column where the text names it.
pub fn located(text: &str, places: Vec<String>) -> Vec<(String, Position)> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1));
    let mut from = 0;
    let mut cost = 0usize;
    let mut located = Vec::new();
    for place in places {
        // Looking everywhere for each of very many would take too long; those that are left are said to be in line 1.
        let found = (cost < MOST_SOUGHT).then(|| {
            // The mark of a link from the root is ours, not the file's.
            let written = place.strip_prefix("@/").unwrap_or(&place);
            let found = text[from..].find(written).map(|at| from + at).or_else(|| text[..from].find(written));
            cost += found.map_or(text.len(), |at| at.abs_diff(from) + 1);
            found
        });
        let at = found.flatten().map_or(Position::START, |at| {
            from = at;
            let line = starts.partition_point(|start| *start <= at);
            Position { line: line as u32, column: (at - starts[line - 1] + 1) as u32 }
        });
        located.push((place, at));
    }
    located
}

/// Bytes that are searched in all for the places of one file.
const MOST_SOUGHT: usize = 200_000_000;
