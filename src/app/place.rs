use engine::search::Facet;
use web_sys::Element;
use yew::prelude::*;

use crate::browser::{self, focus, history, scroll};
use crate::state::{Open, State, Step};

/// As much of the state as says where the reader is.
#[derive(Clone, PartialEq)]
struct View {
    step: Step,
    text: AttrValue,
    article: Option<AttrValue>,
    passage: Option<AttrValue>,
    /// The row of the open article.
    row: Option<u32>,
    at: Option<u32>,
    title: AttrValue,
    /// Whether what is open is to be seen.
    drawn: bool,
    unfolded: Option<Facet>,
}

/// Takes focus, scroll and the page's title to where the reader went. Another's page keeps its title and its place, and
/// its focus unless that is in the explorer.
#[hook]
pub fn use_place(state: &State, explorer: &NodeRef, name: &AttrValue, ours: bool) {
    let view = View {
        step: state.step,
        text: state.route.text.clone(),
        article: state.route.article.clone(),
        passage: state.route.passage.clone(),
        row: state.opened().map(|id| id.0),
        at: state.at,
        unfolded: state.unfolded,
        title: match state.opened() {
            None => name.clone(),
            Some(id) => [state.articles.head(id).title, " · ", name].concat().into(),
        },
        drawn: !matches!(state.open, Open::Waiting(_)),
    };
    let before = use_mut_ref(|| None);
    let explorer = explorer.clone();
    use_effect_with(view, move |view| {
        if ours {
            browser::set_title(&view.title);
        }
        // There is nowhere to go yet.
        if !view.drawn {
            return;
        }
        let before = before.replace(Some(view.clone()));
        if let Some(explorer) = explorer.cast() {
            match before {
                // One who has begun to read what was drawn stays there.
                None if ours && scroll::at_start(&explorer) => restore(&explorer, view),
                None => {}
                Some(before) => follow(&explorer, &before, view, ours),
            }
        }
    });
}

/// The first of the values that were folded away, on the sheet if that is open.
const UNFOLDED: &str =
    ":is(dialog[open], :not(:has(dialog[open])) > .desk) [data-unfolded] .choice:nth-of-type(7) input";

fn follow(explorer: &Element, before: &View, now: &View, ours: bool) {
    let arrived = now.step.arrived && now.step != before.step;
    let went = now.article != before.article;
    let typed = now.text != before.text && !arrived;
    if arrived && ours {
        restore(explorer, now);
    } else if typed {
        scroll::to_results(explorer, ours);
    } else if went {
        scroll::reader_to_top(explorer);
    }
    if ours && !arrived && went && !typed {
        scroll::page_to_start_of(explorer);
    }
    if now.at.is_some() && (now.at, &now.article) != (before.at, &before.article) {
        scroll::to_middle(explorer, "mark[aria-current]");
    }
    if now.unfolded != before.unfolded {
        // What was clicked is gone; the values that it stood for begin here.
        focus::give(explorer, UNFOLDED);
    }
    // One who types stays in the search field, whatever becomes of the article.
    if went && !typed && (ours || !arrived || focus::is_in(explorer)) {
        let row = before.row.filter(|_| now.article.is_none());
        let place = match row {
            Some(row) => ["[data-row=\"", &row.to_string(), "\"] a"].concat(),
            None => ".reader .heading".into(),
        };
        focus::give(explorer, &place);
    }
}

/// To where it was scrolled before, else to the passage that is meant.
fn restore(explorer: &Element, view: &View) {
    match history::memory() {
        Some(memory) => scroll::restore(explorer, memory.scroll),
        None if view.passage.is_some() => scroll::to_middle(explorer, ".cited"),
        None => {}
    }
}
