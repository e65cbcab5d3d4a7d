use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::browser::{history, pass_on, selection, storage};
use crate::components::passed_on;
use crate::state::{Action, Form, Open, Sheet, Shelf, State};
use crate::words::Words;

/// The name under which the browser keeps what is saved and read; other explorers of the same server have others.
pub fn shelf_name() -> String {
    ["article-explorer ", &history::place()].concat()
}

/// Milliseconds that a selection has to last before there is anything to do with it.
const PAUSE: u32 = 300;

/// Does what is asked of the world outside, and passes on what changes the state.
pub fn doer(state: &UseReducerHandle<State>, words: &'static Words, act: &Callback<Action>) -> Callback<Action> {
    let (state, act) = (state.clone(), act.clone());
    Callback::from(move |action| match action {
        Action::Copy(form) => {
            let act = act.clone();
            pass_on::copy(&passed_on(&state, words, form), move |copied| {
                if !copied {
                    // There it can be copied by hand.
                    act.emit(Action::Show(Some(Sheet::Pass(form))));
                }
                act.emit(Action::Copied(copied));
            });
        }
        Action::Share => {
            if let Open::Article(reading) = &state.open {
                pass_on::share(reading.head.title, &state.link(Form::Link));
            }
        }
        Action::Print => pass_on::print(),
        action => act.emit(action),
    })
}

/// Keeps the state in step with what is selected in the open article.
#[hook]
pub fn use_selection(explorer: &NodeRef, act: &Callback<Action>) {
    let (explorer, act) = (explorer.clone(), act.clone());
    use_effect_with((), move |()| {
        let pause = std::cell::Cell::new(None);
        let listener = selection::on_select(move || {
            let (explorer, act) = (explorer.clone(), act.clone());
            pause.set(Some(Timeout::new(PAUSE, move || {
                if let Some(explorer) = explorer.cast() {
                    act.emit(Action::Select(selection::selected(&explorer, ".text")));
                }
            })));
        });
        move || drop(listener)
    });
}

/// Keeps the shelf, in step with other pages of this browser.
#[hook]
pub fn use_shelf(state: &State, act: &Callback<Action>) {
    let act = act.clone();
    use_effect_with((), move |()| {
        let listener = storage::on_change(move || {
            let kept = storage::read(&shelf_name()).unwrap_or_default();
            act.emit(Action::Keep(Shelf::parse(&kept)));
        });
        move || drop(listener)
    });
    use_effect_with(state.shelf.clone(), |shelf| storage::write(&shelf_name(), &shelf.text()));
}
