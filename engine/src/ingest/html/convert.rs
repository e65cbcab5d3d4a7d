//! Elements into blocks: the one gate through which markup gets into an article, whatever format it came in.
//!
//! Elements that are named here become what they mean; elements that only group or dress are read through; everything
//! that could do something (scripts, forms, frames, embedded objects) is left out and counted.

use std::collections::{HashMap, HashSet};

use super::dom::{DEEPEST as DEEPEST_ELEMENT, Dom, NodeId};
use super::flow::Flow;
use super::notes::{self, Notes};
use crate::article::{Block, DEEPEST, Image, Rich, Span, Style};
use crate::ingest::LeftOut;
use crate::ingest::address::{self, Address};
use crate::ingest::language::primary;

/// The blocks of `root`'s content. Links keep their addresses as they are written, and so do pictures.
///
/// `skip` are elements to leave out, such as the one that holds the title.
pub fn blocks(dom: &Dom, root: NodeId, skip: HashSet<NodeId>, left_out: &mut LeftOut) -> Vec<Block<String>> {
    let mut converter = Converter { dom, notes: notes::find(dom, root), skip, left_out };
    let mut flow = Flow::default();
    converter.children(root, &mut flow, Place::default());
    flow.into_blocks()
}

/// The text of `root` as one run.
pub fn rich(dom: &Dom, root: NodeId) -> Rich<String> {
    let mut left_out = LeftOut::default();
    let mut converter = Converter { dom, notes: HashMap::new(), skip: HashSet::new(), left_out: &mut left_out };
    let mut flow = Flow::flat();
    converter.children(root, &mut flow, Place::default());
    flow.into_rich().0
}

struct Converter<'d> {
    dom: &'d Dom,
    notes: Notes,
    skip: HashSet<NodeId>,
    left_out: &'d mut LeftOut,
}

/// Where in the page the converter is.
#[derive(Clone, Copy, Default)]
struct Place<'d> {
    /// Elements around.
    depth: u16,
    /// Blocks around.
    nesting: usize,
    /// The language that an element around states.
    language: Option<&'d str>,
    /// Inside a footnote, links back to the text are no text.
    in_note: bool,
}

impl<'d> Converter<'d> {
    fn children(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>) {
        let dom = self.dom;
        if place.depth > DEEPEST_ELEMENT {
            return self.left_out.add("elements nested too deep");
        }
        let place = Place { depth: place.depth + 1, ..place };
        for child in dom.children(node) {
            match dom.text_node(child) {
                Some(text) => flow.text(text),
                None if dom.name(child).is_empty() => {}
                None => self.element(child, flow, place),
            }
        }
    }

    fn element(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>) {
        let dom = self.dom;
        if self.skip.contains(&node) || !self.shown(node) {
            return;
        }
        let stated = dom.attribute(node, "lang").map(str::trim).filter(|tag| primary(tag).is_some());
        let language = stated.filter(|tag| Some(*tag) != place.language);
        let place = Place { language: stated.or(place.language), ..place };
        if let Some(tag) = language {
            flow.open(Style::Language(tag.to_owned()));
        }
        self.known(node, flow, place);
        if language.is_some() {
            flow.close();
        }
    }

    /// Counts what does not get in; whether the element is read.
    fn shown(&mut self, node: NodeId) -> bool {
        let name = self.dom.name(node);
        for (attribute, _) in self.dom.attributes(node) {
            if attribute.starts_with("on") || matches!(attribute, "style" | "srcdoc" | "formaction") {
                let kind = if attribute.starts_with("on") { "on…" } else { attribute };
                self.left_out.add(&format!("attribute {kind}"));
            }
        }
        let left_out = match name {
            "script" | "style" | "template" | "iframe" | "frame" | "frameset" | "object" | "embed" | "applet"
            | "button" | "select" | "textarea" | "option" | "datalist" | "dialog" | "svg" | "math" | "canvas"
            | "audio" | "video" | "link" | "meta" | "base" | "map" | "noembed" | "noframes" | "portal" | "nav" => true,
            "input" => self.dom.attribute(node, "type") != Some("checkbox"),
            // Shown where scripts are off: usually the picture once more that a script would load.
            "noscript" | "head" | "title" | "rp" | "rt" => return false,
            _ => false,
        };
        if left_out {
            self.left_out.add(&format!("<{name}>"));
            return false;
        }
        if name == "form" {
            self.left_out.add("<form>");
        }
        let role = self.dom.attribute(node, "role").unwrap_or("");
        if matches!(role, "navigation" | "search" | "banner" | "contentinfo" | "complementary") {
            self.left_out.add(&format!("role {role}"));
            return false;
        }
        if self.dom.attribute(node, "hidden").is_some() {
            self.left_out.add("hidden elements");
            return false;
        }
        true
    }

    fn known(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>) {
        let dom = self.dom;
        if let Some(label) = self.notes.get(&notes::Part::Note(node)).cloned() {
            let place = Place { in_note: true, ..place };
            return self.nested(node, flow, place, |blocks| Block::Footnote { label, blocks });
        }
        if self.notes.contains_key(&notes::Part::Furniture(node)) {
            return;
        }
        let name = dom.name(node);
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => self.styled(node, flow, place, Style::Emphasis),
            "strong" | "b" => self.styled(node, flow, place, Style::Strong),
            "code" | "kbd" | "samp" | "tt" => self.styled(node, flow, place, Style::Code),
            "del" | "s" | "strike" => self.styled(node, flow, place, Style::Deleted),
            "sub" => self.styled(node, flow, place, Style::Subscript),
            "sup" if !self.holds_reference(node) => self.styled(node, flow, place, Style::Superscript),
            "q" => {
                flow.text("“");
                self.children(node, flow, place);
                flow.text("”");
            }
            "a" => self.link(node, flow, place),
            "br" => flow.line_break(),
            "wbr" => {}
            "img" => self.picture(node, flow),
            "input" => flow.text(if dom.attribute(node, "checked").is_some() { "☑ " } else { "☐ " }),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, flow, place, name.as_bytes()[1] - b'0'),
            "ul" | "menu" | "dir" => self.list(node, flow, place, None),
            "ol" => {
                let start = dom.attribute(node, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.list(node, flow, place, Some(start));
            }
            "dt" => {
                flow.end_paragraph();
                self.styled(node, flow, place, Style::Strong);
                flow.end_paragraph();
            }
            "blockquote" | "aside" => self.nested(node, flow, place, Block::Quote),
            "pre" | "listing" | "xmp" => self.code(node, flow),
            "table" => self.table(node, flow, place),
            "figure" => self.figure(node, flow, place),
            "hr" => flow.block(Block::Rule),
            "summary" => {
                flow.end_paragraph();
                self.styled(node, flow, place, Style::Strong);
                flow.end_paragraph();
            }
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "address" | "center" | "details"
            | "hgroup" | "fieldset" | "form" | "legend" | "dl" | "dd" | "li" | "caption" | "figcaption" | "tr"
            | "td" | "th" | "tbody" | "thead" | "tfoot" | "optgroup" | "search" | "body" | "html" => {
                flow.end_paragraph();
                self.children(node, flow, place);
                flow.end_paragraph();
            }
            _ => self.children(node, flow, place),
        }
    }

    fn styled(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>, style: Style) {
        flow.open(style);
        self.children(node, flow, place);
        flow.close();
    }

    /// The blocks in `node` as one block, or, at the deepest place, one after the other.
    fn nested(
        &mut self,
        node: NodeId,
        flow: &mut Flow,
        place: Place<'d>,
        make: impl FnOnce(Vec<Block<String>>) -> Block<String>,
    ) {
        flow.end_paragraph();
        if place.nesting + 1 >= DEEPEST {
            self.left_out.add("blocks nested too deep");
            self.children(node, flow, place);
            return flow.end_paragraph();
        }
        let blocks = self.inside(node, place);
        if !blocks.is_empty() {
            flow.block(make(blocks));
        }
    }

    fn inside(&mut self, node: NodeId, place: Place<'d>) -> Vec<Block<String>> {
        let mut inner = Flow::default();
        if let Some(tag) = place.language {
            inner.open(Style::Language(tag.to_owned()));
        }
        self.children(node, &mut inner, Place { nesting: place.nesting + 1, ..place });
        inner.into_blocks()
    }

    /// The text in `node` as one run, and the blocks in it that are no text.
    fn line(&mut self, node: NodeId, place: Place<'d>) -> (Rich<String>, Vec<Block<String>>) {
        let mut inner = Flow::flat();
        if let Some(tag) = place.language {
            inner.open(Style::Language(tag.to_owned()));
        }
        self.children(node, &mut inner, place);
        inner.into_rich()
    }

    fn heading(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>, level: u8) {
        let (text, rest) = self.line(node, place);
        flow.end_paragraph();
        if !text.text.is_empty() {
            flow.block(Block::Heading { level, text });
        }
        rest.into_iter().for_each(|block| flow.block(block));
    }

    fn list(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>, start: Option<u32>) {
        let dom = self.dom;
        let is_note = |converter: &Self, child| converter.notes.contains_key(&notes::Part::Note(child));
        if place.nesting + 1 >= DEEPEST || dom.children(node).any(|child| is_note(self, child)) {
            flow.end_paragraph();
            self.children(node, flow, place);
            return flow.end_paragraph();
        }
        let mut items = Vec::new();
        for child in dom.children(node) {
            let blocks = match dom.text_node(child) {
                Some(text) if text.trim().is_empty() => continue,
                Some(text) => {
                    let mut inner = Flow::default();
                    inner.text(text);
                    inner.into_blocks()
                }
                None if dom.name(child) == "li" => {
                    if !self.shown(child) {
                        continue;
                    }
                    self.inside(child, place)
                }
                None => {
                    let mut inner = Flow::default();
                    if !dom.name(child).is_empty() {
                        self.element(
                            child,
                            &mut inner,
                            Place { nesting: place.nesting + 1, depth: place.depth + 1, ..place },
                        );
                    }
                    inner.into_blocks()
                }
            };
            if !blocks.is_empty() {
                items.push(blocks);
            }
        }
        if items.is_empty() {
            return flow.end_paragraph();
        }
        flow.block(Block::List { start, items });
    }

    fn code(&mut self, node: NodeId, flow: &mut Flow) {
        let dom = self.dom;
        let language = std::iter::once(node).chain(dom.descendants(node)).take(4).find_map(|node| {
            let classes = dom.attribute(node, "class").unwrap_or("").split_ascii_whitespace();
            let named = classes.filter_map(|class| {
                ["language-", "lang-", "highlight-source-"].iter().find_map(|prefix| class.strip_prefix(prefix))
            });
            named.chain(dom.attribute(node, "data-lang")).find(|name| is_code_language(name)).map(str::to_owned)
        });
        let text: String = dom.text(node).chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        let text = text.trim_end().trim_start_matches('\n').to_owned();
        if !text.is_empty() {
            flow.block(Block::Code { language, text });
        }
    }

    fn table(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>) {
        let dom = self.dom;
        let rows = rows(dom, node);
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let layout = matches!(dom.attribute(node, "role"), Some("presentation" | "none"));
        if layout || columns < 2 || place.nesting > 0 && flow_only(dom, node) {
            flow.end_paragraph();
            self.children(node, flow, place);
            return flow.end_paragraph();
        }
        if let Some(caption) = dom.children(node).find(|child| dom.name(*child) == "caption") {
            let (text, rest) = self.line(caption, place);
            if !text.text.is_empty() {
                flow.block(Block::Paragraph(text));
            }
            rest.into_iter().for_each(|block| flow.block(block));
        }
        let heads = rows.iter().take_while(|row| row.head).count();
        let mut after = Vec::new();
        let mut written = Vec::new();
        for row in &rows {
            let mut cells = Vec::new();
            for (cell, columns) in &row.cells {
                let (text, mut rest) = self.line(*cell, place);
                after.append(&mut rest);
                cells.push(text);
                cells.extend((1..*columns).map(|_| Rich::default()));
            }
            written.push(cells);
        }
        let empty = written.iter().flatten().all(|cell| cell.text.is_empty());
        if !empty {
            // A table of headings alone has none.
            let head_rows = if heads == written.len() { 0 } else { heads as u32 };
            flow.block(Block::Table { head_rows, rows: written });
        }
        after.into_iter().for_each(|block| flow.block(block));
    }

    fn figure(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>) {
        let dom = self.dom;
        let caption = dom.find(node, |dom, inner| dom.name(inner) == "figcaption");
        let mut inner = Flow::default();
        self.skip.extend(caption);
        self.children(node, &mut inner, place);
        let mut blocks = inner.into_blocks();
        let (mut caption, rest) = caption.map(|caption| self.line(caption, place)).unwrap_or_default();
        blocks.extend(rest);
        // With several pictures the caption goes under the last.
        if !caption.text.is_empty()
            && let Some(Block::Figure { caption: own, .. }) =
                blocks.iter_mut().rev().find(|block| matches!(block, Block::Figure { .. }))
        {
            *own = Some(std::mem::take(&mut caption));
        }
        blocks.into_iter().for_each(|block| flow.block(block));
        if !caption.text.is_empty() {
            flow.block(Block::Paragraph(caption));
        }
    }

    fn picture(&mut self, node: NodeId, flow: &mut Flow) {
        let dom = self.dom;
        // What a script would put into `src` once the picture comes into view.
        let sources = ["src", "data-src", "data-original", "data-lazy-src"];
        let mut sources = sources.iter().filter_map(|name| dom.attribute(node, name)).map(str::trim);
        let Some(path) = sources.find(|path| !path.is_empty() && !path.starts_with("data:")) else {
            return self.left_out.add("pictures without an address");
        };
        match address::read(path) {
            Address::Out(path) | Address::Within(path) if !path.starts_with("mailto:") => {
                let alt = words(dom.attribute(node, "alt").unwrap_or(""));
                let title = words(dom.attribute(node, "title").unwrap_or(""));
                let caption = (!title.is_empty() && title != alt).then(|| Rich::from(title));
                flow.after_paragraph(Block::Figure { image: Image { path, alt, size: None }, caption });
            }
            Address::Refused(scheme) => self.left_out.add(&format!("{scheme}: pictures")),
            _ => self.left_out.add("pictures without an address"),
        }
    }

    fn link(&mut self, node: NodeId, flow: &mut Flow, place: Place<'d>) {
        let dom = self.dom;
        let Some(written) = dom.attribute(node, "href") else {
            return self.children(node, flow, place);
        };
        let style = match address::read(written) {
            Address::Out(url) | Address::Within(url) => Style::Link(url),
            Address::Here(fragment) => {
                if let Some(label) = self.notes.get(&notes::Part::Reference(fragment)).cloned() {
                    // In brackets, so that the number does not become part of the word before it.
                    flow.open(Style::FootnoteReference(label.clone()));
                    flow.text(&format!("[{label}]"));
                    return flow.close();
                }
                let text = dom.text(node);
                let permalink = matches!(text.trim(), "" | "#" | "¶" | "§" | "🔗") || place.in_note && is_arrow(&text);
                if !permalink {
                    self.left_out.add("links within the page");
                    self.children(node, flow, place);
                }
                return;
            }
            Address::Refused(scheme) => {
                self.left_out.add(&format!("{scheme}: links"));
                return self.children(node, flow, place);
            }
            Address::Broken => {
                self.left_out.add("links without an address");
                return self.children(node, flow, place);
            }
        };
        self.styled(node, flow, place, style);
    }

    /// Whether all that `node` holds is a reference to a footnote.
    fn holds_reference(&self, node: NodeId) -> bool {
        let dom = self.dom;
        let mut inner =
            dom.children(node).filter(|child| dom.text_node(*child).is_none_or(|text| !text.trim().is_empty()));
        let (Some(only), None) = (inner.next(), inner.next()) else { return false };
        let fragment = dom.attribute(only, "href").and_then(|href| href.trim().strip_prefix('#'));
        fragment.is_some_and(|fragment| self.notes.contains_key(&notes::Part::Reference(fragment.to_owned())))
    }
}

/// A row of a table: its cells with the number of columns that each takes.
struct Row {
    cells: Vec<(NodeId, usize)>,
    head: bool,
}

/// Columns that one cell may take.
const WIDEST: usize = 50;

fn rows(dom: &Dom, table: NodeId) -> Vec<Row> {
    let mut rows = Vec::new();
    for part in dom.children(table) {
        for row in dom.children(part).filter(|row| dom.name(*row) == "tr") {
            let cells: Vec<_> = dom.children(row).filter(|cell| matches!(dom.name(*cell), "td" | "th")).collect();
            if cells.is_empty() {
                continue;
            }
            let head = dom.name(part) == "thead" || cells.iter().all(|cell| dom.name(*cell) == "th");
            let columns = |cell: &NodeId| {
                let stated = dom.attribute(*cell, "colspan").and_then(|columns| columns.trim().parse().ok());
                stated.unwrap_or(1).clamp(1, WIDEST)
            };
            rows.push(Row { head, cells: cells.iter().map(|cell| (*cell, columns(cell))).collect() });
        }
    }
    rows
}

/// Whether a table inside other blocks holds further blocks, so that it is there for the layout.
fn flow_only(dom: &Dom, table: NodeId) -> bool {
    dom.find(table, |dom, node| {
        matches!(dom.name(node), "table" | "ul" | "ol" | "pre" | "blockquote" | "h1" | "h2" | "h3")
    })
    .is_some()
}

fn is_code_language(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'#' | b'-' | b'_' | b'.');
    !name.is_empty() && name.len() <= 30 && name.bytes().all(plain)
}

fn is_arrow(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 3 && text.chars().any(|c| matches!(c, '↩' | '↑' | '^' | '⏎' | '←' | '⤴'))
}

/// The words of an attribute, with one space between.
fn words(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Takes `Style::Language` of the article's own language off.
pub fn without_own_language(blocks: &mut [Block<String>], own: &str) {
    super::each_run(blocks, &mut |rich: &mut Rich<String>| {
        rich.spans.retain(|Span { style, .. }| !matches!(style, Style::Language(tag) if primary(tag) == primary(own)));
    });
}
