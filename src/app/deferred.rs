//! The doors to what is done with an open article; see `components::deferred`.

use std::ops::Range;

use web_sys::Element;
use yew::prelude::*;

use crate::browser::{pass_on, selection};
use crate::components::passed_on;
use crate::state::{Action, Form, Open, Sheet, State};
use crate::words::Words;

/// Copies, shares or prints the open article; `act` is told what became of it.
#[inline(never)]
pub fn pass(state: &State, words: &'static Words, action: &Action, act: Callback<Action>) {
    match (action, &state.open) {
        (Action::Copy(form), _) => {
            let form = *form;
            pass_on::copy(&passed_on(state, words, form), move |copied| {
                if !copied {
                    // There it can be copied by hand.
                    act.emit(Action::Show(Some(Sheet::Pass(form))));
                }
                act.emit(Action::Copied(copied));
            });
        }
        (Action::Share, Open::Article(reading)) => pass_on::share(reading.head.title, &state.link(Form::Link)),
        (Action::Print, _) => pass_on::print(),
        _ => {}
    }
}

/// What is selected of the text of the open article.
#[inline(never)]
pub fn selected(text: &Element) -> Option<Range<u32>> {
    selection::selected(text)
}
