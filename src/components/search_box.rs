use yew::prelude::*;

use super::Scene;
use super::element::button_for;
use crate::browser::{self, focus};
use crate::state::Action;

/// The search field. It remembers nothing: its text comes from the state and goes there. What was `typed_now` is on its way.
pub fn search_box(scene: Scene, explorer: &NodeRef, typed_now: Option<AttrValue>) -> Html {
    let edition = scene.edition;
    let text = typed_now.unwrap_or_else(|| scene.state.route.text.clone());
    let words = edition.words();
    let (act, place) = (scene.act.clone(), explorer.clone());
    let on_input = Callback::from(move |event: InputEvent| {
        // While a syllable is being composed its letters are no search yet.
        if !event.is_composing() {
            act.emit(typed(&place, browser::value_of(&event).into()));
        }
    });
    let act = scene.act.clone();
    let on_focus = Callback::from(move |_: FocusEvent| act.emit(Action::Prepare));
    let act = scene.act.clone();
    let on_blur = Callback::from(move |_: FocusEvent| act.emit(Action::Settle));
    let (act, place) = (scene.act.clone(), explorer.clone());
    let on_submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        act.emit(Action::Settle);
        if let Some(explorer) = place.cast() {
            focus::hide_screen_keyboard(&explorer);
        }
    });
    let (act, explorer) = (scene.act.clone(), explorer.clone());
    let on_clear = Callback::from(move |_: MouseEvent| {
        act.emit(typed(&explorer, AttrValue::default()));
        if let Some(explorer) = explorer.cast() {
            focus::search(&explorer);
        }
    });
    // While it is empty, what it is for runs as the page does.
    let dir = (!text.is_empty()).then_some("auto");
    let clear = || button_for(Some("clear"), Some(words.clear().to_owned()), on_clear, Html::default());
    html! {
        <form class="search" role="search" part={edition.part("search")} onsubmit={on_submit}>
            <input type="search" name="q" value={text} {dir} aria-label={words.search()}
                placeholder={words.search()} part={edition.part("input")} autocomplete="off" autocapitalize="off" autocorrect="off"
                spellcheck="false" enterkeyhint="search" oninput={on_input} onfocus={on_focus} onblur={on_blur} />
            { dir.map(|_| clear()).unwrap_or_default() }
        </form>
    }
}

/// What it means that this is in the search field now.
pub fn typed(explorer: &NodeRef, text: AttrValue) -> Action {
    let hidden = explorer.cast().is_some_and(|explorer| browser::hides_list(&explorer));
    if hidden { Action::TypeInstead(text) } else { Action::Type(text) }
}
