use yew::prelude::*;

use super::element::{attributed, written};
use super::{Scene, doing};
use crate::browser::intl;
use crate::state::Action;

/// How often the open article has what is searched for, and the steps from match to match.
pub fn matches(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    let count = state.marks.count();
    if count == 0 {
        return Html::default();
    }
    let number = |number| intl::number(number, words.locale());
    let place = match state.at {
        Some(at) => words.match_of().replacen("{at}", &number(at + 1), 1).replacen("{count}", &number(count), 1),
        None => scene.edition.counted(words.match_count(), count),
    };
    let step = |by, name: &'static str, class: &'static str| {
        let go = doing(scene.act, Action::Match(by));
        html! { <button type="button" data-step={class} aria-label={name} title={name} onclick={go} /> }
    };
    let place = attributed("span", &["aria-live"], &[Some("polite")], vec![written(&place)]);
    let steps = vec![step(-1, words.previous_match(), "up"), place, step(1, words.next_match(), "down")];
    attributed("div", &["class", "role", "aria-label"], &[Some("pill"), Some("group"), Some(words.matches())], steps)
}
