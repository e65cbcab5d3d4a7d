//! A page as a tree, parsed as browsers parse it, within bounds.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, QualName, TokenizerResult, local_name, ns};

/// A parsed page.
#[derive(Debug)]
pub struct Dom {
    nodes: Vec<Node>,
}

/// A node of a [`Dom`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

/// Why a page is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// Elements in elements, more than [`DEEPEST`].
    Depth,
    /// More elements than [`NODES`]; a few unclosed tags can make browsers create very many.
    Elements,
    /// A tag of so many attributes that looking for repeated ones would take minutes.
    Attributes,
}

impl TooMuch {
    /// One clause.
    pub fn what(self) -> String {
        match self {
            TooMuch::Depth => format!("elements nested more than {DEEPEST} deep"),
            TooMuch::Elements => format!("more than {NODES} elements"),
            TooMuch::Attributes => "a tag or comment of too many parts".into(),
        }
    }

    /// What its writer can do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            TooMuch::Depth => "nest them less deeply, or look for a tag or mark that is never closed",
            TooMuch::Elements => "divide the article, or look for formatting tags that are never closed",
            TooMuch::Attributes => "look for a quotation mark or a > that is missing",
        }
    }
}

/// How deep elements may be nested; browsers stop at about the same depth.
pub const DEEPEST: u16 = 512;

/// How many nodes a page may have.
pub const NODES: usize = 1_000_000;

#[derive(Debug, Default)]
struct Node {
    parent: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    depth: u16,
    kind: Kind,
}

#[derive(Debug, Default)]
enum Kind {
    /// A document, a comment, the content of a template: nothing that is shown.
    #[default]
    Other,
    Text(String),
    Element {
        name: Rc<QualName>,
        attributes: Vec<Attribute>,
    },
}

impl Dom {
    /// Parses a whole page or a part of one. Takes time and memory in proportion to its length.
    pub fn parse(text: &str) -> Result<Dom, TooMuch> {
        let sink = Sink::default();
        sink.add(Kind::Other);
        let builder = TreeBuilder::new(sink, TreeBuilderOpts { drop_doctype: true, ..Default::default() });
        let counted = Counted { builder, tokens: Cell::new(0) };
        let tokenizer = Tokenizer::new(counted, TokenizerOpts::default());
        let mut tags = Tags::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (part, tail) = rest.split_at(rest.floor_char_boundary(PART).max(rest.ceil_char_boundary(1)));
            rest = tail;
            let before = tokenizer.sink.tokens.get();
            let input = BufferQueue::default();
            input.push_back(StrTendril::from_slice(part));
            while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
            if let Some(much) = tokenizer.sink.builder.sink.over.get() {
                return Err(much);
            }
            tags.fed(part, tokenizer.sink.tokens.get() != before)?;
        }
        tokenizer.end();
        let sink = tokenizer.sink.builder.sink;
        match sink.over.get() {
            Some(much) => Err(much),
            None => Ok(Dom { nodes: sink.nodes.into_inner() }),
        }
    }

    /// The document itself.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// The page's body.
    pub fn body(&self) -> NodeId {
        self.find(self.root(), |dom, node| dom.name(node) == "body").unwrap_or(self.root())
    }

    /// The element's name in lower case; empty for what is no element.
    pub fn name(&self, node: NodeId) -> &str {
        match &self.node(node).kind {
            Kind::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// The text of a text node.
    pub fn text_node(&self, node: NodeId) -> Option<&str> {
        match &self.node(node).kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        self.attributes(node).find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// Names, without a namespace, and values.
    pub fn attributes(&self, node: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let attributes = match &self.node(node).kind {
            Kind::Element { attributes, .. } => &attributes[..],
            _ => &[],
        };
        attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// Whether one of the words in the element's `class` is so called.
    pub fn has_class(&self, node: NodeId, class: &str) -> bool {
        self.attribute(node, "class").is_some_and(|all| all.split_ascii_whitespace().any(|own| own == class))
    }

    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.node(node).parent
    }

    pub fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(node).first, |child| self.node(*child).next)
    }

    /// Everything in `node`, in the order of the page, without itself.
    pub fn descendants(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(node).first, move |at| self.following(*at, node))
    }

    /// The first in `node` for which `wanted` holds.
    pub fn find(&self, node: NodeId, wanted: impl Fn(&Dom, NodeId) -> bool) -> Option<NodeId> {
        self.descendants(node).find(|inner| wanted(self, *inner))
    }

    /// All text in `node`, as it is written; `<br>` is a line end.
    pub fn text(&self, node: NodeId) -> String {
        let mut text = String::new();
        for inner in self.descendants(node) {
            match &self.node(inner).kind {
                Kind::Text(part) => text.push_str(part),
                Kind::Element { name, .. } if name.local == local_name!("br") => text.push('\n'),
                _ => {}
            }
        }
        text
    }

    fn following(&self, at: NodeId, within: NodeId) -> Option<NodeId> {
        if let Some(child) = self.node(at).first {
            return Some(child);
        }
        let mut at = at;
        while at != within {
            if let Some(next) = self.node(at).next {
                return Some(next);
            }
            at = self.node(at).parent?;
        }
        None
    }

    fn node(&self, node: NodeId) -> &Node {
        &self.nodes[node.0 as usize]
    }
}

/// Bytes that are parsed between two looks at the bounds.
const PART: usize = 1024;

/// Watches for tags of very many attributes, each of which the tokenizer compares with all before it.
#[derive(Default)]
struct Tags {
    /// Separators since the last token, and so at least as many as the tag has attributes.
    parts: u64,
    /// Comparisons so far, at most.
    cost: u64,
}

impl Tags {
    const COST: u64 = 2_000_000_000;

    fn fed(&mut self, part: &str, tokens: bool) -> Result<(), TooMuch> {
        let parts =
            part.bytes().filter(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 12 | b'/' | b'"' | b'\'')).count();
        if tokens {
            self.parts = 0;
        }
        self.cost += self.parts * parts as u64;
        self.parts += parts as u64;
        if self.cost > Tags::COST { Err(TooMuch::Attributes) } else { Ok(()) }
    }
}

/// Passes tokens on and counts them.
struct Counted {
    builder: TreeBuilder<Handle, Sink>,
    tokens: Cell<u64>,
}

impl TokenSink for Counted {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// A node and, since the parser asks for it all the time, its name.
#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
    over: Cell<Option<TooMuch>>,
    nameless: Rc<QualName>,
}

impl Default for Sink {
    fn default() -> Sink {
        let nameless = Rc::new(QualName::new(None, ns!(), local_name!("")));
        Sink { nodes: RefCell::default(), over: Cell::new(None), nameless }
    }
}

impl Sink {
    fn add(&self, kind: Kind) -> Handle {
        let name = match &kind {
            Kind::Element { name, .. } => name.clone(),
            _ => self.nameless.clone(),
        };
        let mut nodes = self.nodes.borrow_mut();
        if nodes.len() >= NODES {
            self.over.set(Some(TooMuch::Elements));
            // The parse ends at the next look at the bounds; until then one node serves for all.
            return Handle { id: NodeId(nodes.len() as u32 - 1), name };
        }
        nodes.push(Node { kind, ..Node::default() });
        Handle { id: NodeId(nodes.len() as u32 - 1), name }
    }

    /// Puts `child`, which has no parent, into `parent`, before `before` or last.
    fn link(&self, parent: NodeId, child: NodeId, before: Option<NodeId>) {
        if self.over.get().is_some() {
            return;
        }
        let mut nodes = self.nodes.borrow_mut();
        let at = |node: NodeId| node.0 as usize;
        let depth = nodes[at(parent)].depth + 1;
        if depth > DEEPEST {
            self.over.set(Some(TooMuch::Depth));
        }
        let previous = match before {
            Some(before) => nodes[at(before)].previous.replace(child),
            None => nodes[at(parent)].last.replace(child),
        };
        match previous {
            Some(previous) => nodes[at(previous)].next = Some(child),
            None => nodes[at(parent)].first = Some(child),
        }
        let node = &mut nodes[at(child)];
        (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, before, depth);
    }

    fn unlink(&self, child: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let at = |node: NodeId| node.0 as usize;
        let Node { parent, previous, next, .. } = nodes[at(child)];
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => nodes[at(previous)].next = next,
            None => nodes[at(parent)].first = next,
        }
        match next {
            Some(next) => nodes[at(next)].previous = previous,
            None => nodes[at(parent)].last = previous,
        }
        let node = &mut nodes[at(child)];
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    fn put(&self, parent: NodeId, child: NodeOrText<Handle>, before: Option<NodeId>) {
        match child {
            NodeOrText::AppendNode(child) => {
                self.unlink(child.id);
                self.link(parent, child.id, before);
            }
            NodeOrText::AppendText(text) => {
                let beside = {
                    let nodes = self.nodes.borrow();
                    match before {
                        Some(before) => nodes[before.0 as usize].previous,
                        None => nodes[parent.0 as usize].last,
                    }
                };
                if let Some(beside) = beside
                    && let Kind::Text(own) = &mut self.nodes.borrow_mut()[beside.0 as usize].kind
                {
                    own.push_str(&text);
                    return;
                }
                let node = self.add(Kind::Text(text.to_string()));
                self.link(parent, node.id, before);
            }
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: NodeId(0), name: self.nameless.clone() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        self.add(Kind::Element { name: Rc::new(name), attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.add(Kind::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(parent.id, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow()[element.id.0 as usize].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    // Inside the template itself, where its depth counts; templates are never shown.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.unlink(child.id);
        }
        let parent = self.nodes.borrow()[sibling.id.0 as usize].parent;
        if let Some(parent) = parent {
            self.put(parent, child, Some(sibling.id));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if let Kind::Element { attributes: own, .. } = &mut self.nodes.borrow_mut()[target.id.0 as usize].kind {
            // Repeated <html> and <body> tags would make this slow; nobody needs more of their attributes.
            for attribute in attributes.into_iter().take(64usize.saturating_sub(own.len())) {
                if own.iter().all(|other| other.name != attribute.name) {
                    own.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.unlink(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        loop {
            let child = self.nodes.borrow()[node.id.0 as usize].first;
            let Some(child) = child else { break };
            self.unlink(child);
            self.link(parent.id, child, None);
            if self.over.get().is_some() {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<TooMuch>) {
        assert_eq!(Dom::parse(text).err(), expected, "{:.40}", text);
    }

    #[test]
    fn a_page_is_a_tree() {
        let dom = Dom::parse("<p class='a b'>One <b>two</p><p>three</b>").unwrap();
        let names: Vec<&str> = dom.descendants(dom.body()).map(|node| dom.name(node)).collect();
        assert_eq!(names, ["p", "", "b", "", "p", "b", ""]);
        assert_eq!(dom.text(dom.body()), "One twothree");
        let first = dom.children(dom.body()).next().unwrap();
        assert!(dom.has_class(first, "b") && !dom.has_class(first, "c"));
    }

    #[test]
    fn what_would_take_for_ever_is_refused() {
        check(&"<div>".repeat(100_000), Some(TooMuch::Depth));
        check(&"<span>".repeat(400), None);
        let fonts: String = (0..450).map(|size| format!("<font size={size}>")).collect();
        check(&format!("<p>{fonts}{}", "<p>x".repeat(100_000)), Some(TooMuch::Elements));
        let attributes: String = (0..500_000).map(|number| format!(" a{number}")).collect();
        check(&format!("<p{attributes}>"), Some(TooMuch::Attributes));
        // What frameworks leave in pages is no attack.
        check(&format!("<p data-x='{}'>", "\"a\": 1, ".repeat(10_000)), None);
        check(&format!("<p data-x=\"{}\">", "&quot;a&quot;: 1, ".repeat(25_000)), None);
    }
}
