use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser::{self, focus, keys};
use crate::words::Words;

use super::Edition;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub edition: Edition,
    pub text: AttrValue,
    /// The field has another text now.
    pub on_type: Callback<AttrValue>,
    /// The reader has typed what there was to type.
    pub on_settle: Callback<()>,
}

/// The search field. It remembers nothing: its text comes from outside and goes there.
#[component]
pub fn SearchBox(props: &Props) -> Html {
    let field = use_node_ref();
    let words: &'static Words = props.edition.words();
    let on_type = props.on_type.clone();
    let on_input = Callback::from(move |event: InputEvent| {
        // While a syllable is being composed its letters are no search yet.
        if !event.is_composing() {
            on_type.emit(browser::value_of(&event).into());
        }
    });
    {
        let (field, on_type) = (field.clone(), props.on_type.clone());
        use_effect_with((), move |()| {
            let field = field.cast::<HtmlInputElement>();
            let listener = field.map(|field| keys::on_composed(&field, move |text| on_type.emit(text.into())));
            move || drop(listener)
        });
    }
    let on_settle = props.on_settle.clone();
    let on_submit = {
        let (field, on_settle) = (field.clone(), on_settle.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_settle.emit(());
            if let Some(field) = field.cast() {
                focus::hide_screen_keyboard(&field);
            }
        })
    };
    let clear = {
        let (field, on_type) = (field.clone(), props.on_type.clone());
        Callback::from(move |_: MouseEvent| {
            on_type.emit(AttrValue::default());
            if let Some(field) = field.cast::<HtmlInputElement>() {
                _ = field.focus();
            }
        })
    };
    // While it is empty, what it is for runs as the page does.
    let dir = (!props.text.is_empty()).then_some("auto");
    html! {
        <form class="search" role="search" onsubmit={on_submit}>
            <input ref={field} type="search" name="q" value={props.text.clone()} {dir}
                aria-label={words.search} placeholder={words.search} autocomplete="off"
                autocapitalize="off" autocorrect="off" spellcheck="false" enterkeyhint="search"
                oninput={on_input}
                onblur={on_settle.reform(|_: FocusEvent| ())} />
            if !props.text.is_empty() {
                <button class="clear" type="button" onclick={clear} aria-label={words.clear} />
            }
        </form>
    }
}
