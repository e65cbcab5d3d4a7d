use yew::prelude::*;

use super::Scene;
use super::element::{element, said};
use crate::browser;
use crate::state::{Action, SIZES, Settings, Theme, explorer};
use crate::words::Language;

/// The reader's choices: colours, size of the text, language, keys.
pub fn settings(scene: Scene) -> Html {
    let words = scene.edition.words();
    let (now, set) = (&*scene.state.settings, Action::Set);
    let theme = |((theme, _), name): (&(Theme, _), &'static str)| {
        radio(scene, "theme", now.theme == *theme, set(Settings { theme: *theme, ..now.clone() }), name.into())
    };
    let size = |size: u8| {
        let name = html! { <span data-size={size.to_string()} aria-hidden="true">{ "A" }</span> };
        let name = [name, element("span", "unseen", vec![said(words.sizes().get(size.into()))])].into_iter().collect();
        radio(scene, "size", now.size == size, set(Settings { size, ..now.clone() }), name)
    };
    let mut parts = vec![
        choices(words.theme(), Theme::ALL.iter().zip(words.themes().iter()).map(theme).collect()),
        choices(words.size(), (0..SIZES).map(size).collect()),
        language(scene),
        keys(scene),
    ];
    // What was opened as a file is nowhere for others.
    if scene.edition.is_ours() && scene.state.place.starts_with("http") {
        parts.push(embed(scene));
    }
    element("div", "settings", parts)
}

fn choices(name: &'static str, radios: Vec<Html>) -> Html {
    element("fieldset", "", vec![element("legend", "", vec![said(name)]), element("div", "radios", radios)])
}

/// One of several things to choose from.
pub fn radio(scene: Scene, group: &'static str, checked: bool, action: Action, name: Html) -> Html {
    let act = scene.act.clone();
    let change = Callback::from(move |_: Event| act.emit(action.clone()));
    html! { <label><input type="radio" name={group} {checked} onchange={change} />{ name }</label> }
}

fn language(scene: Scene) -> Html {
    let (act, now) = (scene.act.clone(), (*scene.state.settings).clone());
    let change = Callback::from(move |event: Event| {
        let language = Some(browser::value_of(&event));
        act.emit(Action::Set(Settings { language, ..now.clone() }));
    });
    let option = |language: &Language| {
        let (tag, name) = language.names();
        html! { <option value={tag} lang={tag} selected={*language == scene.edition.language}>{ name }</option> }
    };
    let select = html! { <select onchange={change}>{ for Language::ALL.iter().map(option) }</select> };
    setting(scene.edition.words().language(), select)
}

fn keys(scene: Scene) -> Html {
    let (act, now) = (scene.act.clone(), (*scene.state.settings).clone());
    let checked = now.keys;
    let change = Callback::from(move |_: Event| act.emit(Action::Set(Settings { keys: !checked, ..now.clone() })));
    setting(scene.edition.words().single_keys(), html! { <input type="checkbox" {checked} onchange={change} /> })
}

/// The HTML that brings the whole explorer to another page.
fn embed(scene: Scene) -> Html {
    let words = scene.edition.words();
    let [html, frame] = explorer(&scene.state.place, words.articles());
    let text = |name, value: String| {
        let text = html! { <textarea readonly={true} rows="4" dir="ltr" spellcheck="false" {value} /> };
        element("label", "", vec![said(name), text])
    };
    let summary = element("summary", "", vec![said(words.embed())]);
    element("details", "", vec![summary, text("HTML", html), text("iframe", frame)])
}

fn setting(name: &'static str, control: Html) -> Html {
    element("label", "setting", vec![element("span", "", vec![said(name)]), control])
}
