use yew::prelude::*;

use super::blocks::section_id;
use super::{Scene, direction};
use crate::state::{Reading, Section};

/// The headings of a long article as links to their places.
pub fn contents(scene: Scene, reading: &Reading) -> Html {
    let words = scene.edition.words();
    let language = reading.head.language;
    let line = |section: &Section| {
        let place = ["#", &section_id(section.run)].concat();
        html! { <li data-level={section.level.to_string()}><a href={place}>{ section.title }</a></li> }
    };
    html! {
        if reading.sections.len() > 1 {
            <nav class="contents" aria-label={words.contents}>
                <details>
                    <summary>{ words.contents }</summary>
                    <ul role="list" lang={language} dir={direction(language)}>
                        { for reading.sections.iter().map(line) }
                    </ul>
                </details>
            </nav>
        }
    }
}
