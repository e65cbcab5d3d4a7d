use yew::prelude::*;

use super::row::row;
use super::{Scene, doing};
use crate::state::Action;

/// The articles that match, or all of them while nothing is searched for.
pub fn list(scene: Scene) -> Html {
    let (answer, words) = (&scene.state.answer, scene.edition.words());
    let searched = scene.state.is_searching();
    let more = doing(scene.act, Action::More);
    let shown: usize = answer.hits.iter().map(|hit| 1 + hit.copies.len()).sum();
    html! {
        <>
            <ol class="list" role="list" part={scene.edition.part("list")}
                aria-label={if searched { words.results } else { words.latest }}>
                { for answer.hits.iter().map(|hit| row(scene, hit)) }</ol>
            if answer.total as usize > shown && !scene.state.is_filling() {
                <button class="more" type="button" onclick={more}>{ words.show_more }</button>
            }
        </>
    }
}
