use yew::prelude::*;

use super::element::{button_for, element, said};
use super::{Scene, doing};
use crate::state::Action;

/// A sheet over the page, with the page out of reach until it is closed. Without a title there is nothing on it.
pub fn sheet(scene: Scene, dialog: &NodeRef, title: Option<&'static str>, content: Html) -> Html {
    let close = Action::Show(None);
    let act = scene.act.clone();
    let on_close = Callback::from(move |_: Event| act.emit(Action::Show(None)));
    let parts = title.map(|title| {
        let done = button_for(None, None, doing(scene.act, close), said(scene.edition.words().done()));
        let title = element("h2", "", vec![said(title)]);
        [element("div", "head", vec![title, done]), content]
    });
    html! {
        <dialog ref={dialog} class="sheet" aria-label={title} closedby="any" onclose={on_close}>
            { for parts.into_iter().flatten() }
        </dialog>
    }
}
