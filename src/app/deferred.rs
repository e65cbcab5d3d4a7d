//! The doors to what is done with an open article; see `components::deferred`.

use std::cell::RefCell;
use std::ops::Range;
use std::pin::Pin;

use web_sys::Element;
use yew::prelude::*;

use super::{SETTINGS, shelf_name};
use crate::browser::{failure, home, pass_on, scroll, selection, storage};
use crate::components::{Edition, passed_on};
use crate::corpus;
use crate::state::{Action, Articles, Form, Open, Settings, Sheet, Shelf, State};
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
        (Action::Share, Open::Article(reading)) => {
            pass_on::share(reading.head.title, &home::paged(state.link(Form::Link)));
        }
        (Action::Print, _) => pass_on::print(),
        _ => {}
    }
}

thread_local! {
    /// The settings as they were when they were last looked at here.
    static SETTLED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Has the browser keep what the reader has chosen, saved and read. It is called first before the reader can have chosen
/// anything: what was chosen on another page of this browser since then stays.
#[inline(never)]
pub fn keep(settings: &Settings, shelf: &Shelf) {
    let text = settings.text();
    if SETTLED.replace(Some(text.clone())).is_some_and(|before| before != text) {
        storage::write(SETTINGS, &text);
    }
    storage::write(&shelf_name(), &shelf.text());
}

/// Puts a message in the place of everything if the articles are not as they were written. It reads all of them once,
/// which would be too much while the page waits for its list.
#[inline(never)]
pub fn verify(explorer: &Element, edition: &Edition) {
    if let Err(error) = edition.articles.verify() {
        let words = edition.language.words();
        failure::show(explorer, words.not_opened(), &error.to_string(), &[(words.try_again(), "")]);
    }
}

/// Shows more rows of a long list as the reader gets near its end.
#[inline(never)]
pub fn show_in_time() {
    scroll::press_in_time().forget();
}

/// Fetches chunks of the articles. Returns whether all are here now.
#[inline(never)]
pub fn bring(articles: Articles, chunks: Vec<u32>) -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async move { corpus::bring(&articles, &chunks).await })
}

/// What is selected of the text of the open article.
#[inline(never)]
pub fn selected(text: &Element) -> Option<Range<u32>> {
    selection::selected(text)
}
