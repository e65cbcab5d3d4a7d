use yew::prelude::*;

use super::{Scene, button, doing};
use crate::browser::intl;
use crate::state::{Action, Form, Open, Reading, Sheet, Shelf, State, cite};
use crate::words::Words;

/// What can be done with the open article: keep it, pass it on, print it.
pub fn actions(scene: Scene, reading: &Reading) -> Html {
    let (words, slug) = (scene.edition.words(), reading.head.slug);
    let saved = scene.state.shelf.is_saved(slug);
    let mut shelf = Shelf::clone(&scene.state.shelf);
    shelf.save(slug, !saved);
    html! {
        <div class="actions">
            <button type="button" aria-pressed={if saved { "true" } else { "false" }}
                onclick={doing(scene.act, Action::Keep(shelf))}>{ words.save }</button>
            { button(scene, words.copy_link, Action::Copy(Form::Link)) }
            { button(scene, words.cite, Action::Show(Some(Sheet::Pass(Form::Plain)))) }
            if scene.edition.shares {
                { button(scene, words.share, Action::Share) }
            }
            { button(scene, words.print, Action::Print) }
        </div>
    }
}

/// What can be done with what is selected of the text.
pub fn selection(scene: Scene) -> Html {
    let words = scene.edition.words();
    html! {
        if scene.state.selected.is_some() {
            <div class="pill" role="group" aria-label={words.selection}>
                { button(scene, words.copy_quote, Action::Copy(Form::Quote)) }
                { button(scene, words.copy_passage_link, Action::Copy(Form::PassageLink)) }
            </div>
        }
    }
}

/// Whether copying has worked.
pub fn copied(scene: Scene) -> Html {
    let words = scene.edition.words();
    let said = match scene.state.copied {
        None => "",
        Some(true) => words.copied,
        Some(false) => words.not_copied,
    };
    html! { <p class="copied" aria-live="polite">{ said }</p> }
}

/// The open article, or what is selected of it, in a form to pass on.
pub fn passed_on(state: &State, words: &Words, form: Form) -> String {
    let Open::Article(reading) = &state.open else {
        return String::new();
    };
    let head = &reading.head;
    let link = state.link(form);
    let address = match form {
        // These lead to the article here; a citation names the place where it was first published, if that is known.
        Form::Link | Form::PassageLink | Form::Quote => &*link,
        Form::Plain | Form::BibTeX | Form::Ris | Form::CslJson => head.url.unwrap_or(&link),
    };
    let text = cite(head, head.date.map(|date| intl::date(date, words.locale())), address, form);
    match form {
        Form::Quote => ["“", &state.quoted(), "”\n", &text].concat(),
        _ => text,
    }
}
