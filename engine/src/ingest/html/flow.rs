//! Paragraphs while they grow: text with its white space collapsed, styles as spans, blocks between.

use crate::article::{Block, Rich, Span, Style};

/// A run of blocks, the last of them still open.
#[derive(Default)]
pub struct Flow {
    blocks: Vec<Block<String>>,
    text: String,
    spans: Vec<Span>,
    /// The styles that are on, outer first, each with the number of its span.
    open: Vec<(Style, usize)>,
    /// Pictures met inside the open paragraph; they come after it.
    figures: Vec<Block<String>>,
    /// Whether blocks are flattened into one paragraph, as in a table's cell.
    flat: bool,
}

impl Flow {
    /// One paragraph, whatever comes.
    pub fn flat() -> Flow {
        Flow { flat: true, ..Flow::default() }
    }

    /// Appends text; white space collapses as in HTML.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\x0C' => {
                    if !(self.text.is_empty() || self.text.ends_with([' ', '\n'])) {
                        self.text.push(' ');
                    }
                }
                '\0'..='\x1F' | '\x7F' => {}
                _ => self.text.push(c),
            }
        }
    }

    /// A line break; two of them end the paragraph.
    pub fn line_break(&mut self) {
        if self.text.ends_with('\n') && !self.flat {
            return self.end_paragraph();
        }
        if self.text.is_empty() || self.text.ends_with('\n') {
            return;
        }
        // In the place of a space, which belongs to no style that has ended.
        if self.text.ends_with(' ') {
            self.text.pop();
        }
        let start = self.text.len() as u32;
        // Styles that were opened after that space hold the break that stands for it.
        for (_, span) in &self.open {
            let range = &mut self.spans[*span].range;
            range.start = range.start.min(start);
        }
        self.text.push('\n');
        self.spans.push(Span { range: start..start + 1, style: Style::Break });
    }

    /// From here on text has this style.
    pub fn open(&mut self, style: Style) {
        self.open.push((style.clone(), self.spans.len()));
        let at = self.text.len() as u32;
        self.spans.push(Span { range: at..at, style });
    }

    /// Ends the style that was opened last. The space at its end is not its own: a line break may come in its place.
    pub fn close(&mut self) {
        if let Some((_, span)) = self.open.pop() {
            let end = self.text.strip_suffix(' ').unwrap_or(&self.text).len() as u32;
            let range = &mut self.spans[span].range;
            range.end = end.max(range.start);
        }
    }

    /// A picture, or other block, that comes after the open paragraph.
    pub fn after_paragraph(&mut self, block: Block<String>) {
        self.figures.push(block);
    }

    /// Ends the paragraph, if one is open.
    pub fn end_paragraph(&mut self) {
        if self.flat {
            self.line_break();
            return;
        }
        let rich = self.take();
        if !rich.text.is_empty() {
            self.blocks.push(Block::Paragraph(rich));
        }
        self.blocks.append(&mut self.figures);
    }

    /// Ends the paragraph and appends a block.
    pub fn block(&mut self, block: Block<String>) {
        self.end_paragraph();
        if self.flat { self.figures.push(block) } else { self.blocks.push(block) }
    }

    pub fn into_blocks(mut self) -> Vec<Block<String>> {
        self.end_paragraph();
        self.blocks
    }

    /// The one paragraph of a flat flow, and the blocks that did not fit in.
    pub fn into_rich(mut self) -> (Rich<String>, Vec<Block<String>>) {
        (self.take(), self.figures)
    }

    /// The open paragraph; styles that are on go on in the next one.
    fn take(&mut self) -> Rich<String> {
        let end = self.text.trim_end_matches([' ', '\n']).len();
        self.text.truncate(end);
        for (_, span) in &self.open {
            self.spans[*span].range.end = end as u32;
        }
        let end = end as u32;
        let within = |span: Span| Span { range: span.range.start.min(end)..span.range.end.min(end), ..span };
        let spans = std::mem::take(&mut self.spans).into_iter().map(within);
        let spans = spans.filter(|span| !span.range.is_empty()).collect();
        for (style, span) in &mut self.open {
            *span = self.spans.len();
            self.spans.push(Span { range: 0..0, style: style.clone() });
        }
        Rich { text: std::mem::take(&mut self.text), spans }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spans after `begin` has written "one " and an emphasised break with "two" follow.
    fn check(begin: impl Fn(&mut Flow), expected: &[Span]) {
        let mut flow = Flow::default();
        begin(&mut flow);
        flow.open(Style::Emphasis);
        flow.line_break();
        flow.text("two");
        flow.close();
        let [Block::Paragraph(text)] = &flow.into_blocks()[..] else { panic!("one") };
        assert_eq!((&*text.text, &text.spans[..]), ("one\ntwo", expected));
    }

    #[test]
    fn a_break_is_inside_the_styles_that_are_on_and_no_others() {
        let emphasis = Span { range: 3..7, style: Style::Emphasis };
        let line_break = Span { range: 3..4, style: Style::Break };
        check(|flow| flow.text("one "), &[emphasis.clone(), line_break.clone()]);
        let code = |flow: &mut Flow| {
            flow.open(Style::Code);
            flow.text("one ");
            flow.close();
        };
        check(code, &[Span { range: 0..3, style: Style::Code }, emphasis, line_break]);
    }

    #[test]
    fn white_space_collapses_and_spans_stay_inside() {
        let mut flow = Flow::default();
        flow.text("  One \n two ");
        flow.open(Style::Emphasis);
        flow.text(" three ");
        flow.close();
        flow.line_break();
        flow.open(Style::Strong);
        flow.text("four ");
        flow.end_paragraph();
        flow.text("five");
        flow.close();
        let [Block::Paragraph(first), Block::Paragraph(second)] = &flow.into_blocks()[..] else { panic!("two") };
        assert_eq!(first.text, "One two three\nfour");
        let spans: Vec<_> =
            first.spans.iter().map(|span| &first.text[span.range.start as usize..span.range.end as usize]).collect();
        assert_eq!(spans, ["three", "\n", "four"]);
        assert_eq!((&*second.text, second.spans.len()), ("five", 1));
    }
}
