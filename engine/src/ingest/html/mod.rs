//! HTML into articles: a whole page's article, or markup that another format holds.

mod convert;
mod dom;
mod flow;
mod notes;
mod page;

pub use convert::{blocks, without_own_language};
pub use dom::{Dom, TooMuch};
pub use page::parse;

use crate::article::{Block, Rich};

/// Calls `f` for each run of text with markup, in reading order.
pub fn each_run(blocks: &mut [Block<String>], f: &mut dyn FnMut(&mut Rich<String>)) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => f(text),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_run(item, f)),
            Block::Quote(blocks) | Block::Footnote { blocks, .. } => each_run(blocks, f),
            Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(&mut *f),
            Block::Figure { caption, .. } => caption.iter_mut().for_each(&mut *f),
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

/// Calls `f` for each run of text with markup, in reading order, until it is false.
pub fn each_text(blocks: &[Block<String>], f: &mut dyn FnMut(&str) -> bool) -> bool {
    blocks.iter().all(|block| match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => f(&text.text),
        Block::List { items, .. } => items.iter().all(|item| each_text(item, f)),
        Block::Quote(blocks) | Block::Footnote { blocks, .. } => each_text(blocks, f),
        Block::Table { rows, .. } => rows.iter().flatten().all(|cell| f(&cell.text)),
        Block::Figure { caption, .. } => caption.iter().all(|caption| f(&caption.text)),
        Block::Code { .. } | Block::Rule => true,
    })
}
