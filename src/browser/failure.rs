//! The last words, where nothing can be drawn any more.

use web_sys::Element;

use super::document;

/// Replaces all that is in `place` by a heading, a sentence, and links on.
pub fn show(place: &Element, heading: &str, sentence: &str, ways: &[(&str, &str)]) {
    place.set_text_content(None);
    let Some(section) = append(place, "section", "") else {
        return;
    };
    _ = section.set_attribute("class", "load-failed");
    _ = section.set_attribute("role", "alert");
    append(&section, "h1", heading);
    append(&section, "p", sentence);
    let links = append(&section, "p", "");
    for (text, address) in ways {
        let link = links.as_ref().and_then(|links| append(links, "a", text));
        if let Some(link) = link {
            _ = link.set_attribute("href", address);
        }
    }
}

fn append(place: &Element, name: &str, text: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    element.set_text_content(Some(text));
    place.append_child(&element).ok()?;
    Some(element)
}
