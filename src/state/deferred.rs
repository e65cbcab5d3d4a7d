//! The doors to what only an open article takes, or a search that finds nothing, and to what readers do not do at once; see
//! `components::deferred`.

use std::rc::Rc;

use engine::search;

use super::{Action, Cited, Marks, Open, ROWS, Reading, State, passage};

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
        Rc::make_mut(&mut state.shelf).opened(state.articles.head(id).slug);
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

/// Brings up to date what could not be so before the whole program was here, and does what was postponed until then.
#[inline(never)]
pub fn complete(state: &mut State) {
    if state.is_searching() || state.route.list_needs_rest(state.articles) {
        state.search();
    }
    suggest(state);
    read(state, true, true);
    for action in std::mem::take(&mut state.postponed) {
        if let Some(changed) = change(state, action) {
            *state = changed;
        }
    }
}

/// The state after what can wait for this part of the program; `None` if it stays the same.
#[inline(never)]
pub fn change(before: &State, action: Action) -> Option<State> {
    let state = || before.clone();
    Some(match action {
        Action::Choose(facet, values, chosen) => state().step_to(|route| {
            values.into_iter().for_each(|value| route.choose(facet, value, chosen));
        }),
        Action::ChooseAll => state().step_to(|route| route.choices.clear()),
        Action::Unfold(facet) => State { unfolded: Some(facet), ..state() },
        Action::Sort(sort) if sort != before.route.sort => state().step_to(|route| route.sort = sort),
        Action::Set(settings) => State { settings: Rc::new(settings), ..state() },
        Action::Select(selected) if selected != before.selected => State { selected, copied: None, ..state() },
        Action::Copied(copied) => State { copied: Some(copied), ..state() },
        Action::Earlier if before.before() > 0 => state().with_rows(before.rows - ROWS),
        Action::Match(by) => state().matched(by),
        _ => return None,
    })
}
