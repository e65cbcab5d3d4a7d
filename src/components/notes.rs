use engine::search::Note;
use yew::prelude::*;

use super::{Scene, filled, going};
use crate::state::Action;
use crate::words::Words;

/// What there is to say about the query, and help where nothing was found.
pub fn notes(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    let notes = state.answer.notes.iter().map(|known| note(words, known));
    html! {
        <>
            { for notes }
            if state.answer.total == 0 && !state.route.text.is_empty() {
                { nothing_found(scene) }
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
    let (text, words) = (&scene.state.route.text, scene.edition.words());
    let start: String = text.chars().take_while(|c| c.is_alphanumeric()).take(4).collect();
    let example = html! { <code>{ start + "*" }</code> };
    let clear = going(scene.act, Action::Type(AttrValue::default()));
    html! {
        <div class="nothing">
            <p><strong>{ filled(words.nothing_found, &[("text", quoted(text.clone()))]) }</strong></p>
            <p>{ filled(words.nothing_found_help, &[("example", example)]) }</p>
            <p><a href="?" onclick={clear}>{ words.show_all }</a></p>
        </div>
    }
}

fn quoted(text: AttrValue) -> Html {
    html! { <q dir="auto">{ text }</q> }
}
