use yew::prelude::*;

use super::blocks::section_id;
use super::element::{attributed, element, said};
use super::{Scene, direction};
use crate::state::{Reading, Section};

/// The headings of a long article as links to their places.
pub fn contents(scene: Scene, reading: &Reading) -> Html {
    if reading.sections.len() < 2 {
        return Html::default();
    }
    let words = scene.edition.words();
    let language = reading.head.language;
    let line = |section: &Section| {
        let place = ["#", &section_id(section.run)].concat();
        html! { <li data-level={section.level.to_string()}><a href={place}>{ section.title }</a></li> }
    };
    let values = [Some("list"), language, Some(direction(language))];
    let list = attributed("ul", &["role", "lang", "dir"], &values, reading.sections.iter().map(line).collect());
    let summary = element("summary", "", vec![said(words.contents())]);
    let values = [Some("contents"), Some(words.contents())];
    attributed("nav", &["class", "aria-label"], &values, vec![element("details", "", vec![summary, list])])
}
