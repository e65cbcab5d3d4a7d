//! The facts about an article and the tree of its text, as bytes and back.
//!
//! *Text* is its length as a varint and its bytes; *text or none* is the length and one, or zero; *list* is a varint and
//! so many items.
//!
//! **Head**: text or none each: the id (none where it is the slug), slug, title (none where
//! the article's text has it), subtitle, source, section, summary,
//! address and the slug of the article it came with; when it was updated (varint, see [`date_number`]); a list of
//! authors and a list of tags, texts each. What the document table has is not repeated.
//!
//! **Body**: no bytes where each run of text is a paragraph without markup; else a list of blocks. A block is its kind
//! (`u8`) and, in the order of [`Block`]'s fields, what it has besides its runs of text, which are taken from the
//! article's text in reading order: numbers are varints (an item number one more than it is, or 0 for none), strings are
//! texts. Rich text is the list of its spans: style (`u8`), start (varint, from the start of the span before), length
//! (varint), and the text of a link, a slug, a label or a language's tag.

use super::varint;
use crate::article::{Block, Image, Rich, Span, Style};

/// Blocks within blocks are kept to this depth; what is deeper becomes paragraphs.
pub const DEEPEST: u32 = 60;

/// Reads a text off the front of `bytes`; an empty one where they end.
pub(super) fn text<'a>(bytes: &mut &'a [u8]) -> &'a str {
    string(self::bytes(bytes))
}

/// Reads the bytes of a text.
pub(super) fn bytes<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let length = varint(bytes) as usize;
    cut(bytes, length)
}

/// Reads a text or none.
pub(super) fn optional<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let length = (varint(bytes) as usize).checked_sub(1)?;
    Some(string(cut(bytes, length)))
}

/// Reads a list of texts.
pub(super) fn texts<'a>(bytes: &mut &'a [u8]) -> Vec<&'a str> {
    let mut texts = Vec::new();
    for _ in 0..varint(bytes) {
        if bytes.is_empty() {
            break;
        }
        texts.push(text(bytes));
    }
    texts
}

fn cut<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (text, rest) = bytes.split_at(length.min(bytes.len()));
    *bytes = rest;
    text
}

fn string(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("")
}

/// Reads a body off its bytes.
pub(super) struct Reader<'r, 'a> {
    pub bytes: &'a [u8],
    /// The article's runs of text that have not been taken yet.
    pub runs: &'r mut dyn Iterator<Item = &'a str>,
}

impl<'a> Reader<'_, 'a> {
    pub fn body(&mut self) -> Vec<Block<&'a str>> {
        if self.bytes.is_empty() {
            return self.runs.map(|run| Block::Paragraph(run.into())).collect();
        }
        self.blocks(0)
    }

    fn blocks(&mut self, depth: u32) -> Vec<Block<&'a str>> {
        let mut blocks = Vec::new();
        for _ in 0..varint(&mut self.bytes) {
            if self.bytes.is_empty() || depth > DEEPEST {
                break;
            }
            blocks.push(self.block(depth));
        }
        blocks
    }

    fn block(&mut self, depth: u32) -> Block<&'a str> {
        match varint(&mut self.bytes) {
            PARAGRAPH => Block::Paragraph(self.rich()),
            HEADING => {
                let level = varint(&mut self.bytes) as u8;
                Block::Heading { level, text: self.rich() }
            }
            LIST => {
                let start = varint(&mut self.bytes).checked_sub(1);
                let mut items = Vec::new();
                for _ in 0..varint(&mut self.bytes) {
                    if self.bytes.is_empty() {
                        break;
                    }
                    items.push(self.blocks(depth + 1));
                }
                Block::List { start, items }
            }
            QUOTE => Block::Quote(self.blocks(depth + 1)),
            CODE => {
                let language = optional(&mut self.bytes).map(str::to_owned);
                Block::Code { language, text: self.run() }
            }
            TABLE => {
                let head_rows = varint(&mut self.bytes);
                let mut rows = Vec::new();
                for _ in 0..varint(&mut self.bytes) {
                    let mut cells = Vec::new();
                    for _ in 0..varint(&mut self.bytes) {
                        if self.bytes.is_empty() {
                            break;
                        }
                        cells.push(self.rich());
                    }
                    rows.push(cells);
                    if self.bytes.is_empty() {
                        break;
                    }
                }
                Block::Table { head_rows, rows }
            }
            FIGURE => {
                let (path, alt) = (self.string(), self.string());
                let size = varint(&mut self.bytes).checked_sub(1).map(|width| (width, varint(&mut self.bytes)));
                let caption = (varint(&mut self.bytes) > 0).then(|| self.rich());
                Block::Figure { image: Image { path, alt, size }, caption }
            }
            FOOTNOTE => {
                let label = self.string();
                Block::Footnote { label, blocks: self.blocks(depth + 1) }
            }
            _ => Block::Rule,
        }
    }

    fn rich(&mut self) -> Rich<&'a str> {
        let mut spans = Vec::new();
        let mut at = 0u32;
        for _ in 0..varint(&mut self.bytes) {
            if self.bytes.is_empty() {
                break;
            }
            let style = varint(&mut self.bytes);
            at = at.wrapping_add(varint(&mut self.bytes));
            let range = at..at.wrapping_add(varint(&mut self.bytes));
            let style = match style {
                STRONG => Style::Strong,
                CODE_SPAN => Style::Code,
                DELETED => Style::Deleted,
                SUBSCRIPT => Style::Subscript,
                SUPERSCRIPT => Style::Superscript,
                LINK => Style::Link(self.string()),
                ARTICLE => Style::Article(self.string()),
                FOOTNOTE_REFERENCE => Style::FootnoteReference(self.string()),
                BREAK => Style::Break,
                LANGUAGE => Style::Language(self.string()),
                _ => Style::Emphasis,
            };
            spans.push(Span { range, style });
        }
        Rich { text: self.run(), spans }
    }

    fn run(&mut self) -> &'a str {
        self.runs.next().unwrap_or("")
    }

    fn string(&mut self) -> String {
        text(&mut self.bytes).to_owned()
    }
}

const PARAGRAPH: u32 = 0;
const HEADING: u32 = 1;
const LIST: u32 = 2;
const QUOTE: u32 = 3;
const CODE: u32 = 4;
const TABLE: u32 = 5;
const FIGURE: u32 = 6;
const FOOTNOTE: u32 = 7;

const STRONG: u32 = 1;
const CODE_SPAN: u32 = 2;
const DELETED: u32 = 3;
const SUBSCRIPT: u32 = 4;
const SUPERSCRIPT: u32 = 5;
const LINK: u32 = 6;
const ARTICLE: u32 = 7;
const FOOTNOTE_REFERENCE: u32 = 8;
const BREAK: u32 = 9;
const LANGUAGE: u32 = 10;

#[cfg(feature = "ingest")]
pub(super) use write::{body, head};

#[cfg(feature = "ingest")]
mod write {
    use super::super::{RUN_END, date_number, push_bytes, push_varint};
    use super::*;
    use crate::article::Head;

    // Read as whatever is not known.
    const RULE: u32 = 8;
    const EMPHASIS: u32 = 0;

    /// The bytes of an article's head.
    pub fn head(head: &Head<String>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let id = Some(&head.id).filter(|id| **id != head.slug);
        let (slug, title) = (Some(&head.slug), Some(&head.title).filter(|title| title.contains(RUN_END)));
        let of = |text: &'_ Option<String>| text.clone();
        for text in [id, slug, title] {
            push_optional(&mut bytes, text.map(String::as_str));
        }
        let others = [&head.subtitle, &head.source, &head.section, &head.summary, &head.url, &head.came_with];
        for text in others.map(of) {
            push_optional(&mut bytes, text.as_deref());
        }
        push_varint(&mut bytes, date_number(head.updated));
        for list in [&head.authors, &head.tags] {
            push_varint(&mut bytes, list.len() as u32);
            list.iter().for_each(|text| push_text(&mut bytes, text));
        }
        bytes
    }

    /// The bytes of an article's body, without its runs of text.
    pub fn body(blocks: &[Block<String>]) -> Vec<u8> {
        let plain = |block: &Block<String>| matches!(block, Block::Paragraph(rich) if rich.spans.is_empty());
        let mut bytes = Vec::new();
        if !blocks.iter().all(plain) {
            push_blocks(&mut bytes, blocks, 0);
        }
        bytes
    }

    fn push_blocks(bytes: &mut Vec<u8>, blocks: &[Block<String>], depth: u32) {
        let mut count = 0;
        let mut content = Vec::new();
        for block in blocks {
            let nested = matches!(block, Block::List { .. } | Block::Quote(_) | Block::Footnote { .. });
            if nested && depth == DEEPEST {
                block.runs(&mut |_| {
                    content.extend([PARAGRAPH as u8, 0]);
                    count += 1;
                });
            } else {
                push_block(&mut content, block, depth);
                count += 1;
            }
        }
        push_varint(bytes, count);
        bytes.extend(content);
    }

    fn push_block(bytes: &mut Vec<u8>, block: &Block<String>, depth: u32) {
        match block {
            Block::Paragraph(text) => {
                push_varint(bytes, PARAGRAPH);
                push_rich(bytes, text);
            }
            Block::Heading { level, text } => {
                push_varint(bytes, HEADING);
                push_varint(bytes, (*level).into());
                push_rich(bytes, text);
            }
            Block::List { start, items } => {
                push_varint(bytes, LIST);
                push_varint(bytes, start.map_or(0, |start| start.saturating_add(1)));
                push_varint(bytes, items.len() as u32);
                items.iter().for_each(|item| push_blocks(bytes, item, depth + 1));
            }
            Block::Quote(blocks) => {
                push_varint(bytes, QUOTE);
                push_blocks(bytes, blocks, depth + 1);
            }
            Block::Code { language, .. } => {
                push_varint(bytes, CODE);
                push_optional(bytes, language.as_deref());
            }
            Block::Table { head_rows, rows } => {
                push_varint(bytes, TABLE);
                push_varint(bytes, *head_rows);
                push_varint(bytes, rows.len() as u32);
                for row in rows {
                    push_varint(bytes, row.len() as u32);
                    row.iter().for_each(|cell| push_rich(bytes, cell));
                }
            }
            Block::Figure { image, caption } => {
                push_varint(bytes, FIGURE);
                push_text(bytes, &image.path);
                push_text(bytes, &image.alt);
                push_varint(bytes, image.size.map_or(0, |(width, _)| width.saturating_add(1)));
                if let Some((_, height)) = image.size {
                    push_varint(bytes, height);
                }
                push_varint(bytes, caption.is_some().into());
                if let Some(caption) = caption {
                    push_rich(bytes, caption);
                }
            }
            Block::Footnote { label, blocks } => {
                push_varint(bytes, FOOTNOTE);
                push_text(bytes, label);
                push_blocks(bytes, blocks, depth + 1);
            }
            Block::Rule => push_varint(bytes, RULE),
        }
    }

    fn push_rich(bytes: &mut Vec<u8>, rich: &Rich<String>) {
        push_varint(bytes, rich.spans.len() as u32);
        let mut at = 0u32;
        for span in &rich.spans {
            let (style, text) = match &span.style {
                Style::Emphasis => (EMPHASIS, None),
                Style::Strong => (STRONG, None),
                Style::Code => (CODE_SPAN, None),
                Style::Deleted => (DELETED, None),
                Style::Subscript => (SUBSCRIPT, None),
                Style::Superscript => (SUPERSCRIPT, None),
                Style::Link(address) => (LINK, Some(address)),
                Style::Article(slug) => (ARTICLE, Some(slug)),
                Style::FootnoteReference(label) => (FOOTNOTE_REFERENCE, Some(label)),
                Style::Break => (BREAK, None),
                Style::Language(tag) => (LANGUAGE, Some(tag)),
            };
            push_varint(bytes, style);
            push_varint(bytes, span.range.start.wrapping_sub(at));
            push_varint(bytes, span.range.end.wrapping_sub(span.range.start));
            text.iter().for_each(|text| push_text(bytes, text));
            at = span.range.start;
        }
    }

    fn push_optional(bytes: &mut Vec<u8>, text: Option<&str>) {
        push_varint(bytes, text.map_or(0, |text| text.len() as u32 + 1));
        bytes.extend(text.unwrap_or("").as_bytes());
    }

    fn push_text(bytes: &mut Vec<u8>, text: &str) {
        push_bytes(bytes, text.as_bytes());
    }
}
