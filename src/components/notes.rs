use engine::search::{Alone, Note};
use yew::prelude::*;

use super::{Scene, doing, filled, going};
use crate::state::{Action, Route};
use crate::words::Words;

/// What there is to say about the query, and help where nothing was found.
pub fn notes(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    let nothing = state.answer.total == 0;
    // Where nothing is found at all, saying so for each word says nothing more.
    let notes = state.answer.notes.iter().filter(|note| !(nothing && matches!(note, Note::Unknown { .. })));
    html! {
        <>
            { for notes.map(|known| note(words, known)) }
            if nothing && state.is_searching() {
                { nothing_found(scene) }
            }
            if state.answer.complete == 0 && state.answer.alone.len() > 1 {
                { alone(scene) }
            }
        </>
    }
}

fn note(words: &'static Words, note: &Note) -> Html {
    let strong = |text: &str| html! { <strong dir="auto">{ text.to_owned() }</strong> };
    let sentence = match note {
        Note::Corrected { typed, used } => {
            filled(words.corrected, &[("used", strong(used)), ("typed", quoted(typed.clone().into()))])
        }
        Note::Unknown { word } => filled(words.unknown_word, &[("word", quoted(word.clone().into()))]),
        Note::AsText { part } => filled(words.as_text, &[("part", quoted(part.clone().into()))]),
    };
    html! { <p class="note">{ sentence }</p> }
}

fn nothing_found(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    let nearest = state.answer.nearest.as_ref().map(|nearest| {
        let link = ask(scene, &nearest.query);
        let count = scene.edition.counted(words.count, nearest.documents).into();
        html! { <p>{ filled(words.nearest, &[("query", link), ("count", count)]) }</p> }
    });
    html! {
        <div class="nothing">
            <p><strong>{ filled(words.nothing_found, &[("text", quoted(state.route.text.clone()))]) }</strong></p>
            if state.route.choices.is_empty() {
                <p>{ words.nothing_found_help }</p>
            } else {
                <p><button type="button" onclick={doing(scene.act, Action::ChooseAll)}>{ words.without_filters }</button></p>
            }
            { nearest }
            <p><a href="?" onclick={going(scene.act, Action::Home)}>{ words.show_all }</a></p>
        </div>
    }
}

/// What each word alone would give.
fn alone(scene: Scene) -> Html {
    let words = scene.edition.words();
    let word = |alone: &Alone| {
        let count = scene.edition.counted(words.count, alone.documents);
        html! { <li>{ ask(scene, &alone.text) }{ " " }<span class="count">{ count }</span></li> }
    };
    let any = scene.state.answer.alone.iter().filter(|alone| alone.documents > 0);
    html! { <ul class="alone" role="list">{ for any.map(word) }</ul> }
}

/// A link to the answer to another query.
fn ask(scene: Scene, query: &str) -> Html {
    let route = Route { text: query.to_owned().into(), article: None, ..(*scene.state.route).clone() };
    let go = going(scene.act, Action::Type(route.text.clone()));
    html! { <a href={route.address()} dir="auto" onclick={go}>{ query.to_owned() }</a> }
}

fn quoted(text: AttrValue) -> Html {
    html! { <q dir="auto">{ text }</q> }
}
