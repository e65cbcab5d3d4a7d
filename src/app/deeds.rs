use std::cell::Cell;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::{Outside, deferred};
use crate::browser::{history, keys, selection, storage};
use crate::components::typed;
use crate::corpus;
use crate::state::{Action, Shelf, State};
use crate::words::Words;

/// The name under which the browser keeps what is saved and read; other explorers of the same server have others.
pub fn shelf_name() -> String {
    ["article-explorer ", &history::place()].concat()
}

/// Milliseconds that a selection has to last before there is anything to do with it.
const PAUSE: u32 = 300;

/// Does what is asked of the world outside, and passes on what changes the state.
pub fn doer(
    state: &UseReducerHandle<State>,
    words: &'static Words,
    act: &Callback<Action>,
    outside: &Outside,
) -> Callback<Action> {
    let (state, act, outside) = (state.clone(), act.clone(), outside.clone());
    Callback::from(move |action| match action {
        action if !outside.may(&state, &action) => {}
        // There is nothing to pass on before the whole program is here.
        Action::Copy(_) | Action::Share | Action::Print => {
            if state.is_whole() {
                deferred::pass(&state, words, &action, act.clone());
            }
        }
        action => {
            if matches!(action, Action::Prepare) && !state.is_prepared() {
                // In a turn of its own, since this one draws.
                let state = state.clone();
                spawn_local(async move {
                    corpus::derive().await;
                    state.rehearse();
                });
            }
            act.emit(action);
        }
    })
}

/// What keeps the state in step with what is selected in the open article, with what other pages of this browser keep, and
/// with what is composed of several keys.
pub fn listeners(explorer: NodeRef, act: Callback<Action>, ours: bool) -> Vec<EventListener> {
    let pause = Cell::new(None);
    let (place, selected) = (explorer.clone(), act.clone());
    let on_select = || {
        selection::on_select(move || {
            let (place, selected) = (place.clone(), selected.clone());
            pause.set(Some(Timeout::new(PAUSE, move || {
                if let Some(explorer) = place.cast() {
                    let text = selection::text(&explorer, ".text");
                    selected.emit(Action::Select(text.and_then(|text| deferred::selected(&text))));
                }
            })));
        })
    };
    let kept = act.clone();
    let on_keep = || {
        storage::on_change(move || {
            kept.emit(Action::Keep(Shelf::parse(&storage::read(&shelf_name()).unwrap_or_default())));
        })
    };
    let on_composed =
        explorer.cast().map(|place| keys::on_composed(&place, move |text| act.emit(typed(&explorer, text.into()))));
    let of_our_page = ours.then(|| [on_select(), on_keep()]);
    of_our_page.into_iter().flatten().chain(on_composed).collect()
}
