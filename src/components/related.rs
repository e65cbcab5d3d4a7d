use engine::search::Related;
use yew::prelude::*;

use super::Scene;
use super::article::link;
use crate::state::Reading;

/// Articles about the same, each with what it has in common with this one.
pub fn related(scene: Scene, reading: &Reading) -> Html {
    let words = scene.edition.words();
    let language = reading.head.language;
    let line = |related: &Related| {
        let reason = match related.copy {
            true => html! { words.a_copy },
            false => {
                html! { <>{ words.also_about }{ " " }<span lang={language}>{ related.shared.join(", ") }</span></> }
            }
        };
        html! { <li>{ link(scene, related.id) }<p class="facts">{ reason }</p></li> }
    };
    html! {
        if !reading.related.is_empty() {
            <aside class="companions" aria-labelledby="explorer-related">
                <h3 id="explorer-related">{ words.related }</h3>
                <ul role="list">{ for reading.related.iter().map(line) }</ul>
            </aside>
        }
    }
}
