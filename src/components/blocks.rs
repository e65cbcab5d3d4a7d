//! The text of an article as HTML: semantic elements and text nodes, whatever its file had in it.

use std::cell::Cell;
use std::ops::Range;

use engine::article::{Block, Image, Rich, Span, Style};
use yew::prelude::*;

use super::element::{attributed, element, link_to, written};
use super::text::pieces;
use super::{Scene, going};
use crate::browser::home::home;
use crate::state::{Action, Cited};

/// What draws a text, and how far it has come.
pub struct Pen<'a> {
    pub scene: Scene<'a>,
    /// The number of the next run of text.
    pub run: Cell<u32>,
    /// How many bytes of runs come before it.
    pub at: Cell<u32>,
}

/// Where a run of text stands: its number, and how many bytes of runs come before it.
#[derive(Clone, Copy)]
struct Place {
    run: u32,
    before: u32,
}

/// The attributes of what may be wider than the page: it scrolls by itself, and by keyboard only if it takes the focus.
const WIDE: [&str; 5] = ["tabindex", "role", "aria-label", "dir", "class"];

/// Headings of a text come below its title, which is a second-level heading.
const BELOW_TITLE: u8 = 1;

impl Pen<'_> {
    pub fn blocks(&self, blocks: &[Block<&'static str>]) -> Vec<Html> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block<&'static str>) -> Html {
        let words = self.scene.edition.words();
        match block {
            Block::Paragraph(text) => element("p", "", self.rich(text)),
            Block::Heading { level, text } => self.heading(*level, text),
            Block::List { start, items } => self.list(*start, items),
            Block::Quote(blocks) => element("blockquote", "", self.blocks(blocks)),
            Block::Code { text, .. } => {
                let values = [Some("0"), Some("region"), Some(words.code()), Some("ltr")];
                attributed("pre", &WIDE, &values, vec![element("code", "", self.rich_text(text, &[]))])
            }
            Block::Table { head_rows, rows } => {
                let table = element("table", "", self.table(*head_rows as usize, rows));
                let values = [Some("0"), Some("region"), Some(words.table()), None, Some("wide")];
                attributed("div", &WIDE, &values, vec![table])
            }
            Block::Figure { image, caption } => {
                let caption = caption.as_ref().map(|caption| element("figcaption", "", self.rich(caption)));
                element("figure", "", [picture(image)].into_iter().chain(caption).collect())
            }
            Block::Footnote { label, blocks } => self.footnote(label, blocks),
            Block::Rule => element("hr", "", Vec::new()),
        }
    }

    fn heading(&self, level: u8, text: &Rich<&'static str>) -> Html {
        let id = section_id(self.run.get());
        let name = match level + BELOW_TITLE {
            ..=3 => "h3",
            4 => "h4",
            5 => "h5",
            6.. => "h6",
        };
        let of_page = self.scene.edition.level(name.as_bytes()[1] - b'0');
        html! { <@{name} {id} aria-level={of_page}>{ for self.rich(text) }</@> }
    }

    fn list(&self, start: Option<u32>, items: &[Vec<Block<&'static str>>]) -> Html {
        let items = items.iter().map(|item| element("li", "", self.item(item))).collect();
        match start {
            None => element("ul", "", items),
            Some(1) => element("ol", "", items),
            Some(start) => html! { <ol start={start.to_string()}>{ for items }</ol> },
        }
    }

    /// An item that begins with a single paragraph needs none around it.
    fn item(&self, blocks: &[Block<&'static str>]) -> Vec<Html> {
        match blocks.split_first() {
            Some((Block::Paragraph(text), rest)) => {
                let mut nodes = self.rich(text);
                nodes.extend(self.blocks(rest));
                nodes
            }
            _ => self.blocks(blocks),
        }
    }

    fn table(&self, head_rows: usize, rows: &[Vec<Rich<&'static str>>]) -> Vec<Html> {
        let row = |row: &Vec<Rich<&'static str>>, name, scope| {
            let cells = row.iter().map(|cell| attributed(name, &["scope"], &[scope], self.rich(cell)));
            element("tr", "", cells.collect())
        };
        let (head, body) = rows.split_at(head_rows.min(rows.len()));
        let mut parts = Vec::new();
        if !head.is_empty() {
            parts.push(element("thead", "", head.iter().map(|cells| row(cells, "th", Some("col"))).collect()));
        }
        parts.push(element("tbody", "", body.iter().map(|cells| row(cells, "td", None)).collect()));
        parts
    }

    fn footnote(&self, label: &str, blocks: &[Block<&'static str>]) -> Html {
        let words = self.scene.edition.words();
        let back = ["#", &reference_id(label)].concat();
        html! {
            <div class="footnote" id={note_id(label)} role="note" tabindex="-1">
                <a href={back} aria-label={words.back_to_text()} data-label={label.to_owned()} />
                { element("div", "", self.blocks(blocks)) }
            </div>
        }
    }

    fn rich(&self, rich: &Rich<&'static str>) -> Vec<Html> {
        self.rich_text(rich.text, &rich.spans)
    }

    fn rich_text(&self, text: &str, spans: &[Span]) -> Vec<Html> {
        let place = Place {
            run: self.run.replace(self.run.get() + 1),
            before: self.at.replace(self.at.get() + text.len() as u32),
        };
        self.styled(text, 0..text.len() as u32, spans, place)
    }

    /// A part of a run of text: what lies between its spans, and each span around what lies in it.
    fn styled(&self, text: &str, part: Range<u32>, spans: &[Span], place: Place) -> Vec<Html> {
        let mut nodes = Vec::new();
        let mut at = part.start;
        let mut rest = spans;
        while let Some((span, tail)) = rest.split_first() {
            let within = tail.iter().take_while(|inner| inner.range.end <= span.range.end).count();
            let (inner, after) = tail.split_at(within);
            nodes.extend(self.marked(text, at..span.range.start, place));
            let content = self.styled(text, span.range.clone(), inner, place);
            nodes.push(self.span(&span.style, content));
            at = span.range.end;
            rest = after;
        }
        nodes.extend(self.marked(text, at..part.end, place));
        nodes
    }

    /// A part without spans: what the address names of it, and what comes before and after.
    fn marked(&self, text: &str, part: Range<u32>, place: Place) -> Vec<Html> {
        let within = |byte: &u32| byte.saturating_sub(place.before).clamp(part.start, part.end);
        let cited = match &self.scene.state.cited {
            Cited::Here(range) => within(&range.start)..within(&range.end),
            Cited::Nothing | Cited::Changed => part.end..part.end,
        };
        let mut nodes = self.matched(text, part.start..cited.start, place.run);
        if !cited.is_empty() {
            let content = self.matched(text, cited.clone(), place.run);
            nodes.push(element("span", "cited", content));
        }
        nodes.extend(self.matched(text, cited.end..part.end, place.run));
        nodes
    }

    fn matched(&self, text: &str, part: Range<u32>, run: u32) -> Vec<Html> {
        let (before, marks) = self.scene.state.marks.of(run);
        pieces(text, part, marks, |mark, place| {
            let here = self.scene.state.at == Some(before + place as u32);
            attributed("mark", &["aria-current"], &[here.then_some("true")], vec![written(mark)])
        })
    }

    fn span(&self, style: &Style, content: Vec<Html>) -> Html {
        let name = match style {
            Style::Emphasis => "em",
            Style::Strong => "strong",
            Style::Deleted => "del",
            Style::Subscript => "sub",
            Style::Superscript => "sup",
            Style::Code => return attributed("code", &["dir"], &[Some("ltr")], content),
            Style::Link(url) => return html! { <a href={url.clone()} rel="noopener">{ for content }</a> },
            Style::Article(slug) => return self.link(slug, content),
            Style::FootnoteReference(label) => return reference(label, content),
            Style::Language(tag) => return html! { <span lang={tag.clone()}>{ for content }</span> },
            Style::Break => {
                return content.into_iter().chain([element("br", "", Vec::new())]).collect();
            }
        };
        element(name, "", content)
    }

    fn link(&self, slug: &str, content: Vec<Html>) -> Html {
        let content = content.into_iter().collect();
        let Some(id) = self.scene.edition.articles.find(slug) else {
            return content;
        };
        let open = going(self.scene.act, Action::Open(id));
        link_to(self.scene.state.route.to(slug), &["href"], &[], open, content)
    }
}

/// A number in the text that leads to its note.
fn reference(label: &str, content: Vec<Html>) -> Html {
    let note = ["#", &note_id(label)].concat();
    html! { <sup><a id={reference_id(label)} href={note} role="doc-noteref">{ for content }</a></sup> }
}

/// The id of the heading whose text is this run.
pub fn section_id(run: u32) -> String {
    ["section-", &run.to_string()].concat()
}

fn note_id(label: &str) -> String {
    ["note-", label].concat()
}

fn reference_id(label: &str) -> String {
    ["reference-", label].concat()
}

fn picture(image: &Image) -> Html {
    let (width, height) = image.size.unzip();
    html! {
        <img src={[home(), &image.path].concat()} alt={image.alt.clone()} loading="lazy" decoding="async"
            width={width.map(|pixels| pixels.to_string())} height={height.map(|pixels| pixels.to_string())} />
    }
}
