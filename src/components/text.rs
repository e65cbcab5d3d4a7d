//! Text with what is marked in it.

use std::ops::Range;

use yew::prelude::*;

/// A piece of text in which some ranges are marked.
pub fn marked(text: &str, marks: &[Range<u32>]) -> Html {
    let whole = 0..text.len() as u32;
    pieces(text, whole, marks, |mark, _| html! { <mark>{ mark }</mark> }).into_iter().collect()
}

/// The nodes of a part of `text`: what lies between the marks as it is, what lies in them as `draw` makes it of the text
/// and the mark's place among `marks`.
pub fn pieces(
    text: &str,
    part: Range<u32>,
    marks: &[Range<u32>],
    mut draw: impl FnMut(AttrValue, usize) -> Html,
) -> Vec<Html> {
    let piece = |from: u32, to: u32| -> AttrValue {
        let piece = text.get(from as usize..to as usize);
        piece.unwrap_or_default().to_owned().into()
    };
    let mut nodes = Vec::new();
    let mut at = part.start;
    for (place, mark) in marks.iter().enumerate() {
        let (start, end) = (mark.start.max(at), mark.end.min(part.end));
        if start < end {
            if at < start {
                nodes.push(piece(at, start).into());
            }
            nodes.push(draw(piece(start, end), place));
            at = end;
        }
    }
    if at < part.end {
        nodes.push(piece(at, part.end).into());
    }
    nodes
}
