use yew::prelude::*;

use super::actions::{copied, passed_on};
use super::element::element;
use super::settings::radio;
use super::{Scene, button};
use crate::state::{Action, Form, Sheet};

/// The open article in a form to pass on, to be seen before it is copied, and to be copied by hand where nothing else is
/// allowed.
pub fn pass_on(scene: Scene, form: Form) -> Html {
    let words = scene.edition.words();
    // What has no name of its own is called what the page's language calls it.
    let choice = |(place, (other, name)): (usize, (Form, &'static str))| {
        let name = if name.is_empty() { words.forms().get(place) } else { name };
        radio(scene, "form", form == other, Action::Show(Some(Sheet::Pass(other))), name.into())
    };
    let text = passed_on(scene.state, words, form);
    let text = html! { <textarea readonly={true} rows="8" dir="auto" aria-label={words.cite()} value={text} /> };
    let parts = vec![
        element("div", "radios", Form::OF_ARTICLE.into_iter().enumerate().map(choice).collect()),
        text,
        element("div", "actions", vec![button(scene, words.copy(), Action::Copy(form)), copied(scene)]),
    ];
    element("div", "settings", parts)
}
