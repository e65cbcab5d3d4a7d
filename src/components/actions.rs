use yew::prelude::*;

use super::element::{attributed, element, said};
use super::{Scene, button, doing};
use crate::browser::{home, intl};
use crate::state::{Action, Form, Open, Reading, Sheet, Shelf, State, cite};
use crate::words::Words;

/// What can be done with the open article: keep it, pass it on, print it.
pub fn actions(scene: Scene, reading: &Reading) -> Html {
    let (words, slug) = (scene.edition.words(), reading.head.slug);
    let saved = scene.state.shelf.is_saved(slug);
    let mut shelf = Shelf::clone(&scene.state.shelf);
    shelf.save(slug, !saved);
    let save = html! {
        <button type="button" aria-pressed={if saved { "true" } else { "false" }}
            onclick={doing(scene.act, Action::Keep(shelf))}>{ words.save() }</button>
    };
    let ours = scene.edition.is_ours();
    let mut buttons = vec![
        // Another page's memory and its printing are none of ours.
        if ours { save } else { Html::default() },
        button(scene, words.copy_link(), Action::Copy(Form::Link)),
        button(scene, words.cite(), Action::Show(Some(Sheet::Pass(Form::Plain)))),
    ];
    if ours {
        buttons.push(button(scene, words.print(), Action::Print));
    }
    // The last, since whether a device shares is not known before the program is there.
    if scene.edition.shares {
        buttons.push(button(scene, words.share(), Action::Share));
    }
    element("div", "actions", buttons)
}

/// What can be done with what is selected of the text.
pub fn selection(scene: Scene) -> Html {
    let words = scene.edition.words();
    if scene.state.selected.is_none() {
        return Html::default();
    }
    let buttons = vec![
        button(scene, words.copy_quote(), Action::Copy(Form::Quote)),
        button(scene, words.copy_passage_link(), Action::Copy(Form::PassageLink)),
    ];
    attributed(
        "div",
        &["class", "role", "aria-label"],
        &[Some("pill"), Some("group"), Some(words.selection())],
        buttons,
    )
}

/// Whether copying has worked.
pub fn copied(scene: Scene) -> Html {
    let words = scene.edition.words();
    let outcome = match scene.state.copied {
        None => "",
        Some(true) => words.copied(),
        Some(false) => words.not_copied(),
    };
    attributed("p", &["class", "aria-live"], &[Some("copied"), Some("polite")], vec![said(outcome)])
}

/// The open article, or what is selected of it, in a form to pass on.
pub fn passed_on(state: &State, words: &Words, form: Form) -> String {
    let Open::Article(reading) = &state.open else {
        return String::new();
    };
    let head = &reading.head;
    let mut link = state.link(form);
    if !matches!(form, Form::Element | Form::Frame) {
        link = home::paged(link);
    }
    let address = match form {
        // These lead to the article here; a citation names the place where it was first published, if that is known.
        Form::Link | Form::PassageLink | Form::Quote | Form::Element | Form::Frame => &*link,
        Form::Plain | Form::BibTeX | Form::Ris | Form::CslJson => head.url.unwrap_or(&link),
    };
    let text = cite(head, head.date.map(|date| intl::date(date, words.locale())), address, form);
    match form {
        Form::Quote => ["“", &state.quoted(), "”\n", &text].concat(),
        _ => text,
    }
}
