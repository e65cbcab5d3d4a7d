use yew::prelude::*;

use super::element::{button_for, said};
use super::row::row;
use super::{Scene, deferred, doing};
use crate::state::Action;

/// The articles that match, or all of them while nothing is searched for.
pub fn list(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    let searched = state.is_searching();
    let rest = state.after() > 0 && !state.is_filling();
    html! {
        <>
            { turn(scene, state.before() > 0, "more earlier", words.show_earlier(), Action::Earlier) }
            <ol class="list" role="list" part={scene.edition.part("list")}
                aria-label={if searched { words.results() } else { words.latest() }}>
                { for state.answer.hits.iter().map(|hit| row(scene, hit)) }</ol>
            { turn(scene, rest, "more", words.show_more(), Action::More) }
        </>
    }
}

/// A button that shows other rows, if there are any.
fn turn(scene: Scene, there: bool, class: &'static str, says: &'static str, action: Action) -> Html {
    if !there {
        return Html::default();
    }
    let act = if scene.state.is_whole() { deferred::turning(scene, action) } else { doing(scene.act, action) };
    button_for(Some(class), None, act, said(says))
}
