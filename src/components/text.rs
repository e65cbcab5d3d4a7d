//! Text with what is marked in it.

use std::ops::Range;

use yew::prelude::*;

use super::element::{element, written};

/// A piece of text in which some ranges are marked.
pub fn marked(text: &str, marks: &[Range<u32>]) -> Html {
    let whole = 0..text.len() as u32;
    pieces(text, whole, marks, |mark, _| element("mark", "", vec![written(mark)])).into_iter().collect()
}

/// The nodes of a part of `text`: what lies between the marks as it is, what lies in them as `draw` makes it of the text
/// and the mark's place among `marks`.
pub fn pieces(text: &str, part: Range<u32>, marks: &[Range<u32>], draw: impl Fn(&str, usize) -> Html) -> Vec<Html> {
    let piece = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
    let mut nodes = Vec::new();
    let mut at = part.start;
    for (place, mark) in marks.iter().enumerate() {
        let (start, end) = (mark.start.max(at), mark.end.min(part.end));
        if start < end {
            if at < start {
                nodes.push(written(piece(at, start)));
            }
            nodes.push(draw(piece(start, end), place));
            at = end;
        }
    }
    if at < part.end {
        nodes.push(written(piece(at, part.end)));
    }
    nodes
}
