//! The text of an article as HTML: semantic elements and text nodes, whatever its file had in it.

use std::cell::Cell;

use engine::article::{Block, Image, Rich, Span, Style};
use yew::prelude::*;

use super::text::pieces;
use super::{Scene, going};
use crate::state::Action;

/// What draws a text, and how far it has come.
pub struct Pen<'a> {
    pub scene: Scene<'a>,
    /// The number of the next run of text.
    pub run: Cell<u32>,
}

/// Headings of a text come below its title, which is a second-level heading.
const BELOW_TITLE: u8 = 1;

impl Pen<'_> {
    pub fn blocks(&self, blocks: &[Block<&'static str>]) -> Html {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block<&'static str>) -> Html {
        let words = self.scene.edition.words();
        match block {
            Block::Paragraph(text) => html! { <p>{ self.rich(text) }</p> },
            Block::Heading { level, text } => self.heading(*level, text),
            Block::List { start, items } => self.list(*start, items),
            Block::Quote(blocks) => html! { <blockquote>{ self.blocks(blocks) }</blockquote> },
            // What may be wider than the page scrolls by itself, and by keyboard only if it takes the focus.
            Block::Code { text, .. } => html! {
                <pre tabindex="0" role="region" aria-label={words.code} dir="ltr"><code>{ self.plain(text) }</code></pre>
            },
            Block::Table { head_rows, rows } => html! {
                <div class="wide" tabindex="0" role="region" aria-label={words.table}>
                    <table>{ self.table(*head_rows as usize, rows) }</table>
                </div>
            },
            Block::Figure { image, caption } => html! {
                <figure>
                    { picture(image) }
                    if let Some(caption) = caption {
                        <figcaption>{ self.rich(caption) }</figcaption>
                    }
                </figure>
            },
            Block::Footnote { label, blocks } => self.footnote(label, blocks),
            Block::Rule => html! { <hr /> },
        }
    }

    fn heading(&self, level: u8, text: &Rich<&'static str>) -> Html {
        let id = section_id(self.run.get());
        let text = self.rich(text);
        match level + BELOW_TITLE {
            ..=3 => html! { <h3 {id}>{ text }</h3> },
            4 => html! { <h4 {id}>{ text }</h4> },
            5 => html! { <h5 {id}>{ text }</h5> },
            6.. => html! { <h6 {id}>{ text }</h6> },
        }
    }

    fn list(&self, start: Option<u32>, items: &[Vec<Block<&'static str>>]) -> Html {
        let items = items.iter().map(|item| html! { <li>{ self.item(item) }</li> });
        match start {
            None => html! { <ul>{ for items }</ul> },
            Some(1) => html! { <ol>{ for items }</ol> },
            Some(start) => html! { <ol start={start.to_string()}>{ for items }</ol> },
        }
    }

    /// An item that begins with a single paragraph needs none around it.
    fn item(&self, blocks: &[Block<&'static str>]) -> Html {
        match blocks.split_first() {
            Some((Block::Paragraph(text), rest)) => {
                html! { <>{ self.rich(text) }{ self.blocks(rest) }</> }
            }
            _ => self.blocks(blocks),
        }
    }

    fn table(&self, head_rows: usize, rows: &[Vec<Rich<&'static str>>]) -> Html {
        let row = |row: &Vec<Rich<&'static str>>, head: bool| {
            let cells = row.iter().map(|cell| match head {
                true => html! { <th scope="col">{ self.rich(cell) }</th> },
                false => html! { <td>{ self.rich(cell) }</td> },
            });
            html! { <tr>{ for cells }</tr> }
        };
        let (head, body) = rows.split_at(head_rows.min(rows.len()));
        html! {
            <>
                if !head.is_empty() {
                    <thead>{ for head.iter().map(|cells| row(cells, true)) }</thead>
                }
                <tbody>{ for body.iter().map(|cells| row(cells, false)) }</tbody>
            </>
        }
    }

    fn footnote(&self, label: &str, blocks: &[Block<&'static str>]) -> Html {
        let words = self.scene.edition.words();
        html! {
            <div class="footnote" id={note_id(label)} role="note" tabindex="-1">
                <a href={format!("#{}", reference_id(label))} aria-label={words.back_to_text}>{ label.to_owned() }</a>
                <div>{ self.blocks(blocks) }</div>
            </div>
        }
    }

    fn plain(&self, text: &str) -> Html {
        self.rich_text(text, &[])
    }

    fn rich(&self, rich: &Rich<&'static str>) -> Html {
        self.rich_text(rich.text, &rich.spans)
    }

    fn rich_text(&self, text: &str, spans: &[Span]) -> Html {
        let run = self.run.replace(self.run.get() + 1);
        self.styled(text, 0..text.len() as u32, spans, run)
    }

    /// A part of a run of text: what lies between its spans, and each span around what lies in it.
    fn styled(&self, text: &str, part: std::ops::Range<u32>, spans: &[Span], run: u32) -> Html {
        let mut nodes = Vec::new();
        let mut at = part.start;
        let mut rest = spans;
        while let Some((span, tail)) = rest.split_first() {
            let within = tail.iter().take_while(|inner| inner.range.end <= span.range.end).count();
            let (inner, after) = tail.split_at(within);
            nodes.extend(self.marked(text, at..span.range.start, run));
            let content = self.styled(text, span.range.clone(), inner, run);
            nodes.push(self.span(&span.style, content));
            at = span.range.end;
            rest = after;
        }
        nodes.extend(self.marked(text, at..part.end, run));
        nodes.into_iter().collect()
    }

    fn marked(&self, text: &str, part: std::ops::Range<u32>, run: u32) -> Vec<Html> {
        let (before, marks) = self.scene.state.marks.of(run);
        pieces(text, part, marks, |mark, place| {
            let here = self.scene.state.at == Some(before + place as u32);
            html! { <mark aria-current={here.then_some("true")}>{ mark }</mark> }
        })
    }

    fn span(&self, style: &Style, content: Html) -> Html {
        match style {
            Style::Emphasis => html! { <em>{ content }</em> },
            Style::Strong => html! { <strong>{ content }</strong> },
            Style::Code => html! { <code dir="ltr">{ content }</code> },
            Style::Deleted => html! { <del>{ content }</del> },
            Style::Subscript => html! { <sub>{ content }</sub> },
            Style::Superscript => html! { <sup>{ content }</sup> },
            Style::Link(url) => html! { <a href={url.clone()} rel="noopener">{ content }</a> },
            Style::Article(slug) => self.link(slug, content),
            Style::FootnoteReference(label) => html! {
                <sup><a id={reference_id(label)} href={format!("#{}", note_id(label))} role="doc-noteref">{ content }</a></sup>
            },
            Style::Break => html! { <>{ content }<br /></> },
            Style::Language(tag) => html! { <span lang={tag.clone()}>{ content }</span> },
        }
    }

    fn link(&self, slug: &str, content: Html) -> Html {
        let Some(id) = self.scene.edition.articles.find(slug) else {
            return content;
        };
        let open = going(self.scene.act, Action::Open(id));
        html! { <a href={self.scene.state.route.to(slug)} onclick={open}>{ content }</a> }
    }
}

/// The id of the heading whose text is this run.
pub fn section_id(run: u32) -> String {
    format!("section-{run}")
}

fn note_id(label: &str) -> String {
    format!("note-{label}")
}

fn reference_id(label: &str) -> String {
    format!("reference-{label}")
}

fn picture(image: &Image) -> Html {
    let (width, height) = image.size.unzip();
    html! {
        <img src={image.path.clone()} alt={image.alt.clone()} loading="lazy" decoding="async"
            width={width.map(|pixels| pixels.to_string())} height={height.map(|pixels| pixels.to_string())} />
    }
}
