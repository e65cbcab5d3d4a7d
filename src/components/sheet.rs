use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::Edition;
use crate::browser::focus;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub edition: Edition,
    /// What is on it; `None` if it is not there.
    pub title: Option<AttrValue>,
    pub children: Html,
    pub on_close: Callback<()>,
}

/// A sheet over the page, with the page out of reach until it is closed.
#[component]
pub fn Sheet(props: &Props) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(props.title.is_some(), move |shown| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                focus::show(&dialog, *shown);
            }
        });
    }
    let words = props.edition.words();
    html! {
        <dialog ref={dialog} class="sheet" aria-label={props.title.clone()} closedby="any"
            onclose={props.on_close.reform(|_: Event| ())}>
            if let Some(title) = &props.title {
                <div class="head">
                    <h2>{ title }</h2>
                    <button type="button" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ words.done }</button>
                </div>
                { props.children.clone() }
            }
        </dialog>
    }
}
