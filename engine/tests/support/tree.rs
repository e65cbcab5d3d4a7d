//! What always holds for an article, whatever file it came from.

use engine::article::{Article, Block, DEEPEST, Rich, Style};

/// Panics if the article holds anything that no reader may be shown, or that breaks the tree's own rules.
pub fn check(article: &Article) {
    let head = &article.head;
    assert!(!head.title.trim().is_empty(), "an article without a title");
    assert!(!head.slug.is_empty() && !head.slug.contains(|c: char| c.is_whitespace() || c == '/'), "{:?}", head.slug);
    assert!(head.url.iter().all(|url| web(url)), "{:?}", head.url);
    assert!(!article.body.is_empty(), "an article without a text");
    blocks(&article.body, 1);
}

fn blocks(all: &[Block<String>], depth: usize) {
    assert!(depth <= DEEPEST, "blocks nested {depth} deep");
    for block in all {
        match block {
            Block::Paragraph(text) => rich(text),
            Block::Heading { level, text } => {
                assert!((2..=6).contains(level));
                rich(text);
            }
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, depth + 1)),
            Block::Quote(inner) | Block::Footnote { blocks: inner, .. } => blocks(inner, depth + 1),
            Block::Code { language, .. } => {
                assert!(language.iter().all(|name| name.len() <= 30 && !name.contains(char::is_whitespace)));
            }
            Block::Table { rows, head_rows } => {
                assert!(*head_rows as usize <= rows.len());
                rows.iter().flatten().for_each(rich);
            }
            Block::Figure { image, caption } => {
                assert!(image.path.starts_with("images/"), "{}", image.path);
                caption.iter().for_each(rich);
            }
            Block::Rule => {}
        }
    }
}

fn rich(rich: &Rich<String>) {
    let mut around: Vec<u32> = Vec::new();
    let mut last = 0;
    for span in &rich.spans {
        let (start, end) = (span.range.start, span.range.end);
        assert!(start < end && start >= last, "{:?}", rich.spans);
        assert!(rich.text.get(start as usize..end as usize).is_some(), "{span:?} of {:?}", rich.text);
        while around.last().is_some_and(|outer| *outer <= start) {
            around.pop();
        }
        assert!(around.last().is_none_or(|outer| *outer >= end), "{:?} are not nested", rich.spans);
        around.push(end);
        last = start;
        if let Style::Link(url) = &span.style {
            assert!(web(url) || url.starts_with("mailto:"), "{url}");
        }
    }
}

fn web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}
