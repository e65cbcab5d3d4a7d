use web_sys::Element;
use yew::prelude::*;

use crate::browser::keys::Place;
use crate::browser::{focus, keys};
use crate::state::{Action, Open, Sheet, State};

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Search,
    Clear,
    Close,
    NextRow,
    PreviousRow,
    NextMatch,
    PreviousMatch,
    Keys,
}

/// Listens to the keyboard, wherever in the page the focus is; where the page is not ours, only in the explorer.
#[hook]
pub fn use_keys(state: &State, explorer: &NodeRef, act: &Callback<Action>, ours: bool) {
    let (explorer, act) = (explorer.clone(), act.clone());
    let typed = !state.route.text.is_empty();
    let open = state.open != Open::Nothing;
    let covered = state.sheet.is_some();
    let singles = state.settings.keys;
    use_effect_with((typed, open, covered, singles), move |now| {
        let (typed, open, covered, singles) = *now;
        let listener = keys::on_key(explorer.clone(), ours, move |explorer, key, place| {
            // A sheet has the keyboard for itself.
            !covered
                && (singles || key.len() > 1)
                && meaning(key, place, typed, open).is_some_and(|meaning| obey(explorer, meaning, &act))
        });
        move || drop(listener)
    });
}

/// `None` for all that is better left to the browser.
fn meaning(key: &str, place: Place, typed: bool, open: bool) -> Option<Meaning> {
    Some(match (key, place) {
        ("Escape", Place::Search) if typed => Meaning::Clear,
        ("Escape", _) if open => Meaning::Close,
        ("ArrowDown", Place::Search | Place::List) => Meaning::NextRow,
        ("ArrowUp", Place::List) => Meaning::PreviousRow,
        (_, Place::Search | Place::Writing) => return None,
        ("/", _) => Meaning::Search,
        ("j", _) => Meaning::NextRow,
        ("k", _) => Meaning::PreviousRow,
        ("?", _) => Meaning::Keys,
        ("n", _) if open => Meaning::NextMatch,
        ("p", _) if open => Meaning::PreviousMatch,
        _ => return None,
    })
}

/// Whether there was anything to do.
fn obey(explorer: &Element, meaning: Meaning, act: &Callback<Action>) -> bool {
    match meaning {
        Meaning::Search => focus::search(explorer),
        Meaning::Clear => act.emit(Action::Type(AttrValue::default())),
        Meaning::Close => act.emit(Action::Close),
        Meaning::NextRow => return focus::next_row(explorer),
        Meaning::PreviousRow => return focus::previous_row(explorer),
        Meaning::NextMatch => act.emit(Action::Match(1)),
        Meaning::PreviousMatch => act.emit(Action::Match(-1)),
        Meaning::Keys => act.emit(Action::Show(Some(Sheet::Keys))),
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_what_the_place_allows() {
        let check = |key, place, expected| {
            assert_eq!(meaning(key, place, true, true), expected, "{key} in {place:?}");
        };
        check("/", Place::Elsewhere, Some(Meaning::Search));
        check("/", Place::Search, None);
        check("j", Place::Writing, None);
        check("j", Place::Elsewhere, Some(Meaning::NextRow));
        check("ArrowDown", Place::Search, Some(Meaning::NextRow));
        check("ArrowDown", Place::Elsewhere, None);
        check("ArrowUp", Place::Search, None);
        check("Escape", Place::Search, Some(Meaning::Clear));
        check("Escape", Place::Elsewhere, Some(Meaning::Close));
        assert_eq!(meaning("Escape", Place::Search, false, false), None);
        assert_eq!(meaning("n", Place::Elsewhere, true, false), None);
    }
}
