use yew::prelude::*;

use super::element::{attributed, element, said};
use super::{Scene, button};
use crate::state::{Action, Program};

/// What stands where something will be seen as soon as the rest of the program is here, and the text of an article, or says
/// that it did not arrive.
pub fn waiting(scene: Scene) -> Html {
    let words = scene.edition.words();
    if !scene.state.is_interrupted() {
        return element("p", "loading", vec![said(words.loading())]);
    }
    let again =
        if scene.state.is_whole() { Action::Brought { lost: false } } else { Action::Fetched(Program::Beginning) };
    let again = button(scene, words.try_again(), again);
    let parts = vec![element("p", "", vec![said(words.not_arrived())]), element("p", "", vec![again])];
    attributed("div", &["class", "role"], &[Some("note"), Some("alert")], parts)
}
