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
    let names =
        words.forms.into_iter().chain(Form::OF_ARTICLE.into_iter().skip(words.forms.len()).map(|(_, name)| name));
    let choice = |((other, _), name): ((Form, _), &'static str)| {
        radio(scene, "form", form == other, Action::Show(Some(Sheet::Pass(other))), name.into())
    };
    let text = passed_on(scene.state, words, form);
    let text = html! { <textarea readonly={true} rows="8" dir="auto" aria-label={words.cite} value={text} /> };
    let parts = vec![
        element("div", "radios", Form::OF_ARTICLE.into_iter().zip(names).map(choice).collect()),
        text,
        element("div", "actions", vec![button(scene, words.copy, Action::Copy(form)), copied(scene)]),
    ];
    element("div", "settings", parts)
}
