use std::fmt;
use std::ops::Range;

use engine::article::{Block, Head, Kind};
use engine::index::DocumentId;
use engine::search::{self, Related};

use super::Articles;

/// An article that is open.
pub struct Reading {
    pub id: DocumentId,
    pub head: Head<&'static str>,
    /// Only who makes it knows how it is dropped, which so is no part of the program that is there before (see
    /// `components::deferred`).
    body: Box<dyn AsRef<[Block<&'static str>]>>,
    /// The headings of its text.
    pub sections: Vec<Section>,
    /// For a brief the article it came with, for an article the briefs that came with it.
    pub companions: Vec<DocumentId>,
    /// Articles about the same, most alike first, without the companions.
    pub related: Vec<Related>,
}

/// What stands below a heading.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    /// 2 for the main parts of an article, more for parts of these.
    pub level: u8,
    pub title: &'static str,
    /// The number of the heading's run of text.
    pub run: u32,
}

impl Reading {
    pub fn new(articles: Articles, id: DocumentId) -> Reading {
        let head = articles.head(id);
        let companions = match head.kind {
            Kind::Brief => head.came_with.and_then(|slug| articles.find(slug)).into_iter().collect(),
            Kind::Article => articles.briefs_of(id),
        };
        let body = articles.body(id);
        let mut related = search::related(&articles, id);
        related.retain(|related| !companions.contains(&related.id));
        related.truncate(RELATED);
        Reading { id, sections: sections(&body), body: Box::new(body), companions, related, head }
    }

    pub fn body(&self) -> &[Block<&'static str>] {
        (*self.body).as_ref()
    }
}

/// The same article is read in the same way.
impl PartialEq for Reading {
    fn eq(&self, other: &Reading) -> bool {
        self.id == other.id
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_tuple("Reading").field(&self.id).finish()
    }
}

/// Related articles at most.
const RELATED: usize = 5;

/// The headings that stand between other blocks, and not within one.
fn sections(body: &[Block<&'static str>]) -> Vec<Section> {
    let mut run = 0;
    let mut sections = Vec::new();
    for block in body {
        if let Block::Heading { level, text } = block {
            sections.push(Section { level: *level, title: text.text, run });
        }
        block.runs(&mut |_| run += 1);
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::article::{Image, Rich};

    #[test]
    fn headings_have_the_numbers_of_their_runs() {
        let text = |text| Rich::from(text);
        let heading = |title| Block::Heading { level: 2, text: text(title) };
        let paragraph = || Block::Paragraph(text("a"));
        let image = Image { path: String::new(), alt: String::new(), size: None };
        let body = vec![
            paragraph(),
            heading("first"),
            Block::List {
                start: None,
                items: vec![vec![paragraph()], vec![paragraph(), Block::Quote(vec![paragraph()])]],
            },
            Block::Table { head_rows: 1, rows: vec![vec![text("a"), text("b")], vec![text("c"), text("d")]] },
            heading("second"),
            Block::Figure { image: image.clone(), caption: Some(text("c")) },
            Block::Figure { image, caption: None },
            Block::Rule,
            Block::Code { language: None, text: "x" },
            Block::Footnote { label: "1".into(), blocks: vec![paragraph()] },
            heading("third"),
        ];
        let found: Vec<_> = sections(&body).iter().map(|section| (section.title, section.run)).collect();
        assert_eq!(found, [("first", 1), ("second", 9), ("third", 13)]);
    }
}

/// What the query matches in the open article, in reading order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Runs of text that have any, by their numbers: the number, how many matches come before, and the matches in bytes.
    runs: Vec<(u32, u32, Vec<Range<u32>>)>,
    count: u32,
}

impl Marks {
    pub fn new(runs: Vec<(u32, Vec<Range<u32>>)>) -> Marks {
        let mut count = 0;
        let runs = runs
            .into_iter()
            .map(|(run, ranges)| {
                let before = count;
                count += ranges.len() as u32;
                (run, before, ranges)
            })
            .collect();
        Marks { runs, count }
    }

    /// How many matches there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The matches in a run of text and the number of the first of them.
    pub fn of(&self, run: u32) -> (u32, &[Range<u32>]) {
        match self.runs.binary_search_by_key(&run, |(run, ..)| *run) {
            Ok(place) => (self.runs[place].1, &self.runs[place].2),
            Err(_) => (0, &[]),
        }
    }

    /// The number of the first match that does not end before this byte of this run.
    pub fn first_from(&self, run: u32, byte: u32) -> Option<u32> {
        self.runs.iter().filter(|(number, ..)| *number >= run).find_map(|(number, before, ranges)| {
            let place = ranges.iter().position(|range| *number > run || range.end > byte)?;
            Some(before + place as u32)
        })
    }
}
