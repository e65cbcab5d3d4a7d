//! An article's text as HTML, for those who read it in a feed.

use engine::{
    article::{Block, Rich, Style},
    snippet::escaped,
};

/// The blocks as HTML; addresses in it are whole, `address_of` gives those of other articles and `site` is where pictures
/// lie below.
pub fn of(blocks: &[Block<&str>], site: &str, address_of: &dyn Fn(&str) -> String) -> String {
    let mut writer = Writer { html: String::new(), site, address_of };
    writer.blocks(blocks);
    writer.html
}

struct Writer<'a> {
    html: String,
    site: &'a str,
    address_of: &'a dyn Fn(&str) -> String,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block<&str>]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn within(&mut self, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.html += &format!("<{tag}>");
        inside(self);
        let name = tag.split(' ').next().unwrap_or(tag);
        self.html += &format!("</{name}>");
    }

    fn block(&mut self, block: &Block<&str>) {
        match block {
            Block::Paragraph(text) => self.within("p", |w| w.rich(text)),
            Block::Heading { level, text } => self.within(&format!("h{level}"), |w| w.rich(text)),
            Block::List { start, items } => {
                let tag = start.map_or("ul".to_owned(), |start| format!("ol start=\"{start}\""));
                self.within(&tag, |w| items.iter().for_each(|item| w.within("li", |w| w.blocks(item))));
            }
            Block::Quote(blocks) => self.within("blockquote", |w| w.blocks(blocks)),
            Block::Code { text, .. } => self.within("pre", |w| w.within("code", |w| w.html += &escaped(text))),
            Block::Table { head_rows, rows } => self.within("table", |w| {
                for (at, row) in rows.iter().enumerate() {
                    let cell = if at < *head_rows as usize { "th" } else { "td" };
                    w.within("tr", |w| row.iter().for_each(|text| w.within(cell, |w| w.rich(text))));
                }
            }),
            Block::Figure { image, caption } => self.within("figure", |w| {
                let source =
                    if image.path.contains("://") { image.path.clone() } else { w.site.to_owned() + &image.path };
                w.html += &format!("<img src=\"{}\" alt=\"{}\">", escaped(&source), escaped(&image.alt));
                if let Some(caption) = caption {
                    w.within("figcaption", |w| w.rich(caption));
                }
            }),
            Block::Footnote { label, blocks } => self.within("blockquote", |w| {
                w.within("p", |w| w.html += &format!("[{}]", escaped(label)));
                w.blocks(blocks);
            }),
            Block::Rule => self.html += "<hr>",
        }
    }

    fn rich(&mut self, rich: &Rich<&str>) {
        let text = rich.text;
        let mut open: Vec<(usize, String)> = Vec::new();
        let mut at = 0;
        for span in &rich.spans {
            let (start, end) = (span.range.start as usize, span.range.end as usize);
            self.close(text, &mut open, &mut at, start);
            self.html += &escaped(&text[at..start]);
            at = start;
            let (before, after) = self.tags(&span.style);
            self.html += &before;
            open.push((end, after));
        }
        self.close(text, &mut open, &mut at, text.len());
        self.html += &escaped(&text[at..]);
    }

    /// Ends what is open and ends at or before `until`.
    fn close(&mut self, text: &str, open: &mut Vec<(usize, String)>, at: &mut usize, until: usize) {
        while let Some((_, after)) = open.last().filter(|(end, _)| *end <= until).cloned() {
            let (end, _) = open.pop().expect("it was there just now");
            self.html += &escaped(&text[*at..end]);
            self.html += &after;
            *at = end;
        }
    }

    fn tags(&self, style: &Style) -> (String, String) {
        let plain = |name: &str| (format!("<{name}>"), format!("</{name}>"));
        let with = |name: &str, key: &str, value: &str| {
            (format!("<{name} {key}=\"{}\">", escaped(value)), format!("</{name}>"))
        };
        match style {
            Style::Emphasis => plain("em"),
            Style::Strong => plain("strong"),
            Style::Code => plain("code"),
            Style::Deleted => plain("del"),
            Style::Subscript => plain("sub"),
            Style::Superscript => plain("sup"),
            Style::Link(address) => with("a", "href", address),
            Style::Article(slug) => with("a", "href", &(self.address_of)(slug)),
            Style::FootnoteReference(label) => (String::new(), format!("<sup>[{}]</sup>", escaped(label))),
            Style::Break => (String::new(), "<br>".into()),
            Style::Language(tag) => with("span", "lang", tag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::article::Span;

    #[test]
    fn markup_is_nested_as_its_ranges_are_and_text_stays_text() {
        let span = |range, style| Span { range, style };
        let spans = vec![
            span(0..9, Style::Strong),
            span(2..5, Style::Link("https://a.example/?b=1&c=2".into())),
            span(9..9, Style::Break),
            span(10..13, Style::Article("other".into())),
        ];
        let text = Rich { text: "a <b> c d e f", spans };
        let html = of(&[Block::Paragraph(text)], "https://s.example/", &|slug| format!("https://s.example/{slug}"));
        assert_eq!(
            html,
            "<p><strong>a <a href=\"https://a.example/?b=1&amp;c=2\">&lt;b&gt;</a> c d</strong><br> \
             <a href=\"https://s.example/other\">e f</a></p>"
        );
    }
}
