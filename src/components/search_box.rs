use yew::prelude::*;

use super::Scene;
use super::element::button_for;
use crate::browser::{self, focus};
use crate::state::Action;

/// The search field. It remembers nothing: its text comes from the state and goes there.
pub fn search_box(scene: Scene, explorer: &NodeRef) -> Html {
    let (words, text) = (scene.edition.words(), &scene.state.route.text);
    let act = scene.act.clone();
    let on_input = Callback::from(move |event: InputEvent| {
        // While a syllable is being composed its letters are no search yet.
        if !event.is_composing() {
            act.emit(typed(browser::value_of(&event).into()));
        }
    });
    let act = scene.act.clone();
    let on_blur = Callback::from(move |_: FocusEvent| act.emit(Action::Settle));
    let act = scene.act.clone();
    let on_submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        act.emit(Action::Settle);
        focus::hide_screen_keyboard();
    });
    let (act, explorer) = (scene.act.clone(), explorer.clone());
    let on_clear = Callback::from(move |_: MouseEvent| {
        act.emit(typed(AttrValue::default()));
        if let Some(explorer) = explorer.cast() {
            focus::search(&explorer);
        }
    });
    // While it is empty, what it is for runs as the page does.
    let dir = (!text.is_empty()).then_some("auto");
    let clear = || button_for(Some("clear"), Some(words.clear.to_owned()), on_clear, Html::default());
    html! {
        <form class="search" role="search" onsubmit={on_submit}>
            <input type="search" name="q" value={text.clone()} {dir} aria-label={words.search}
                placeholder={words.search} autocomplete="off" autocapitalize="off" autocorrect="off"
                spellcheck="false" enterkeyhint="search" oninput={on_input} onblur={on_blur} />
            { dir.map(|_| clear()).unwrap_or_default() }
        </form>
    }
}

/// What it means that this is in the search field now.
pub fn typed(text: AttrValue) -> Action {
    if browser::is_narrow() { Action::TypeInstead(text) } else { Action::Type(text) }
}
