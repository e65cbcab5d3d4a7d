use engine::search::{Alone, Note};
use yew::prelude::*;

use super::element::{attributed, element, link_to, said, written};
use super::{Scene, button, filled, going};
use crate::state::{Action, Route};
use crate::words::Words;

/// What there is to say about the query, and help where nothing was found.
pub fn notes(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    let nothing = state.answer.total == 0;
    // Where nothing is found at all, saying so for each word says nothing more.
    let notes = state.answer.notes.iter().filter(|note| !(nothing && matches!(note, Note::Unknown { .. })));
    let mut parts: Vec<Html> = notes.map(|known| note(words, known)).collect();
    if state.needs_help() {
        parts.push(help(scene));
    }
    parts.into_iter().collect()
}

fn note(words: &'static Words, note: &Note) -> Html {
    let sentence = match note {
        Note::Corrected { typed, used } => {
            filled(words.corrected(), &[("used", quoted("strong", used)), ("typed", quoted("q", typed))])
        }
        Note::Unknown { word } => filled(words.unknown_word(), &[("word", quoted("q", word))]),
        Note::AsText { part } => filled(words.as_text(), &[("part", quoted("q", part))]),
    };
    element("p", "note", sentence)
}

/// Ways on from an answer that gives too little.
fn help(scene: Scene) -> Html {
    let mut parts = Vec::new();
    if scene.state.answer.total == 0 {
        parts.push(nothing_found(scene));
    }
    if scene.state.help.alone.len() > 1 {
        parts.push(alone(scene));
    }
    parts.into_iter().collect()
}

fn nothing_found(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    let line = |content| element("p", "", vec![content]);
    let found = filled(words.nothing_found(), &[("text", quoted("q", &state.route.text))]);
    let mut parts = vec![line(element("strong", "", found))];
    parts.push(line(match state.route.choices.is_empty() {
        true => said(words.nothing_found_help()),
        false => button(scene, words.without_filters(), Action::ChooseAll),
    }));
    if let Some(nearest) = &state.help.nearest {
        let count = written(&scene.edition.counted(words.count(), nearest.documents));
        let sentence = filled(words.nearest(), &[("query", ask(scene, &nearest.query)), ("count", count)]);
        parts.push(element("p", "", sentence));
    }
    let home = going(scene.act, Action::Home);
    parts.push(line(link_to("?".into(), &["href"], &[], home, said(words.show_all()))));
    element("div", "nothing", parts)
}

/// What each word alone would give.
fn alone(scene: Scene) -> Html {
    let words = scene.edition.words();
    let word = |alone: &Alone| {
        let count = written(&scene.edition.counted(words.count(), alone.documents));
        element("li", "", vec![ask(scene, &alone.text), said(" "), element("span", "count", vec![count])])
    };
    let any = scene.state.help.alone.iter().filter(|alone| alone.documents > 0);
    attributed("ul", &["class", "role"], &[Some("alone"), Some("list")], any.map(word).collect())
}

/// A link to the answer to another query.
fn ask(scene: Scene, query: &str) -> Html {
    let route = Route { text: query.to_owned().into(), article: None, ..(*scene.state.route).clone() };
    let go = going(scene.act, Action::Type(route.text.clone()));
    link_to(route.address(), &["href", "dir"], &[Some("auto")], go, written(query))
}

fn quoted(name: &'static str, text: &str) -> Html {
    attributed(name, &["dir"], &[Some("auto")], vec![written(text)])
}
