//! Footnotes, as the usual tools write them in HTML.

use std::collections::HashMap;

use super::dom::{Dom, NodeId};

/// Parts of a page that belong to footnotes; for notes and their references, the label that readers see.
pub type Notes = HashMap<Part, String>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The element that holds a note.
    Note(NodeId),
    /// What links to a note name: its id.
    Reference(String),
    /// What surrounds notes and is no text: their numbers, the rule above them, the heading "Footnotes".
    Furniture(NodeId),
}

/// The footnotes in `root`: `<div class="footnote-definition">`, or items in what is classed `footnotes` or says so by
/// its role. Those that nothing refers to are text like any other.
pub fn find(dom: &Dom, root: NodeId) -> Notes {
    let mut notes = Notes::new();
    let mut count = 0;
    for node in dom.descendants(root) {
        if dom.has_class(node, "footnote-definition") {
            let Some(id) = dom.attribute(node, "id") else { continue };
            let label = dom.find(node, |dom, node| dom.has_class(node, "footnote-definition-label"));
            let text = label.map(|label| dom.text(label).trim().to_owned()).filter(|text| !text.is_empty());
            count += 1;
            add(&mut notes, node, id, text.unwrap_or_else(|| count.to_string()));
            notes.extend(label.map(|label| (Part::Furniture(label), String::new())));
        } else if is_container(dom, node) {
            for inner in dom.descendants(node) {
                match dom.name(inner) {
                    "li" | "p" | "div" | "aside" => {
                        let inside = |notes: &Notes| {
                            std::iter::successors(dom.parent(inner), |node| dom.parent(*node))
                                .take_while(|around| *around != node)
                                .any(|around| notes.contains_key(&Part::Note(around)))
                        };
                        if let Some(id) = dom.attribute(inner, "id").filter(|id| !id.is_empty())
                            && !inside(&notes)
                        {
                            count += 1;
                            add(&mut notes, inner, id, count.to_string());
                        }
                    }
                    "hr" | "h2" | "h3" | "h4" => _ = notes.insert(Part::Furniture(inner), String::new()),
                    _ => {}
                }
            }
        }
    }
    if count > 0 {
        let referred: Vec<&str> =
            dom.descendants(root).filter_map(|node| dom.attribute(node, "href")?.strip_prefix('#')).collect();
        if !referred.iter().any(|id| notes.contains_key(&Part::Reference((*id).to_owned()))) {
            notes.clear();
        }
    }
    notes
}

fn add(notes: &mut Notes, node: NodeId, id: &str, label: String) {
    notes.insert(Part::Note(node), label.clone());
    notes.insert(Part::Reference(id.to_owned()), label);
}

fn is_container(dom: &Dom, node: NodeId) -> bool {
    let role = dom.attribute(node, "role").unwrap_or("");
    matches!(role, "doc-endnotes" | "doc-footnotes")
        || ["footnotes", "footnote-list", "endnotes"].iter().any(|class| dom.has_class(node, class))
}
