use yew::prelude::*;

use super::element::attributed;
use super::{Scene, doing};
use crate::state::Action;

/// Ways in which the query may go on.
///
/// They stay as long as the query is the same: whatever went away when the search field is left would move the list
/// under the finger that is about to touch it.
pub fn completions(scene: Scene) -> Html {
    let words = scene.edition.words();
    let others = scene.state.suggestions.iter().filter(|way| !way.query.eq_ignore_ascii_case(&scene.state.route.text));
    let way = |query: &String| {
        let take = doing(scene.act, Action::Type(query.clone().into()));
        html! { <li key={query.clone()}><button type="button" dir="auto" onclick={take}>{ query.clone() }</button></li> }
    };
    let ways: Vec<Html> = others.map(|suggestion| way(&suggestion.query)).collect();
    if ways.is_empty() {
        return Html::default();
    }
    let values = [Some("completions"), Some("list"), Some(words.completions())];
    attributed("ul", &["class", "role", "aria-label"], &values, ways)
}
