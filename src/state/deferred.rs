//! The doors to what only an open article takes, or a search that finds nothing; see `components::deferred`.

use std::rc::Rc;

use engine::search;

use super::{Cited, Marks, Open, Reading, State, passage};

/// Looks for ways on from the answer.
#[inline(never)]
pub fn help(state: &mut State) {
    state.help = Rc::new(search::help(&state.articles, &state.plan(), &state.answer));
}

/// Completions at most.
const SUGGESTIONS: usize = 6;

/// Looks for ways in which the query may go on.
#[inline(never)]
pub fn suggest(state: &mut State) {
    state.suggestions = Rc::new(search::suggest(&state.articles, &state.route.text, SUGGESTIONS));
}

/// Brings up to date what is open: the article itself, if it still waits for that, what it is `cited` for, and its `marks`.
#[inline(never)]
pub fn read(state: &mut State, cited: bool, marks: bool) {
    if let Open::Waiting(id) = state.open
        && state.articles.missing_text(id).is_none()
    {
        state.open = Open::Article(Rc::new(Reading::new(state.articles, id)));
    }
    let id = state.opened();
    if cited {
        state.cited = match (id, &state.route.passage) {
            (Some(id), Some(name)) => match passage::find(&state.articles.whole(id), name) {
                Some(range) => Cited::Here(range.start as u32..range.end as u32),
                None => Cited::Changed,
            },
            _ => Cited::Nothing,
        };
    }
    if marks {
        state.marks = match id {
            Some(id) => Rc::new(Marks::new(search::marks(&state.articles, &state.plan(), id))),
            None => Rc::default(),
        };
        if let Some((run, byte)) = state.towards.take() {
            state.at = state.marks.first_from(run, byte);
        }
    }
}

/// Looks again at what lacked texts, since some are here now, or some are `lost`.
#[inline(never)]
pub fn look_again(state: &mut State, lost: bool) {
    state.lost = lost;
    let waited = matches!(state.open, Open::Waiting(_));
    state.search();
    read(state, waited, waited);
}
