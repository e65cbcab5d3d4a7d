//! What may happen, and what becomes of the state then.

use std::mem;
use std::ops::Range;
use std::rc::Rc;

use engine::index::DocumentId;
use engine::search::{Facet, Sort};
use yew::{AttrValue, Reducible};

use super::{Form, Open, Program, ROWS, Route, Settings, Sheet, Shelf, State, deferred};

/// All that can happen. The page, the address bar and the JavaScript interface send the same ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// This is in the search field now.
    Type(AttrValue),
    /// The same, where the results take the place of the open article for want of room.
    TypeInstead(AttrValue),
    /// The reader is about to type.
    Prepare,
    /// What is typed from now on is another search.
    Settle,
    /// Whether articles with one of these values of this facet are wanted.
    Choose(Facet, Vec<String>, bool),
    /// Show all values of this facet.
    Unfold(Facet),
    /// No filters at all.
    ChooseAll,
    Sort(Sort),
    /// Lay something over the page, or take it away.
    Show(Option<Sheet>),
    Set(Settings),
    /// This is kept now.
    Keep(Shelf),
    /// This much of the text is selected now.
    Select(Option<Range<u32>>),
    /// To be done by the page, which then says whether it has.
    Copy(Form),
    Copied(bool),
    Share,
    Print,
    /// Show more rows, and of very many only the last.
    More,
    /// Show the rows before them again.
    Earlier,
    /// Show the rows that are still to come.
    Fill,
    Open(DocumentId),
    /// Opens an article at the first match from this byte of this run of text on.
    OpenAt(DocumentId, u32, u32),
    Close,
    /// Back to the beginning: nothing searched for, nothing open.
    Home,
    /// Go to the next match in the open article (1), or the one before (-1).
    Match(i32),
    /// The address bar has gone to this route, where the list had so many rows.
    Arrive(Route, u32),
    /// This much of the program is here now. `Beginning` asks once more for the rest.
    Fetched(Program),
    /// What was [wanted](State::wanted) of the articles is here now, or some of it is `lost`, until it is asked for again.
    Brought {
        lost: bool,
    },
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let state = || State::clone(&self);
        Rc::new(match action {
            Action::Type(text) | Action::TypeInstead(text) if text == self.route.text => return self,
            Action::Type(text) => state().typed(text, false),
            Action::TypeInstead(text) => state().typed(text, true),
            Action::Prepare if self.prepared => return self,
            Action::Prepare => State { prepared: true, ..state() },
            Action::Settle if !self.typing => return self,
            Action::Settle => State { typing: false, ..state() },
            Action::Show(sheet) if sheet == self.sheet => return self,
            Action::Show(sheet) => State { sheet, copied: None, ..state() },
            Action::Keep(shelf) if shelf == *self.shelf => return self,
            Action::Keep(shelf) => State { shelf: Rc::new(shelf), ..state() },
            Action::Copy(_) | Action::Share | Action::Print => return self,
            Action::More => state().with_rows(self.rows + ROWS),
            Action::Fill if !self.is_filling() => return self,
            Action::Fill => state().filled_further(),
            Action::Open(id) if Some(id) == self.opened() => return self,
            Action::Open(id) => state().showing(Some(id)),
            Action::OpenAt(id, run, byte) if Some(id) == self.opened() => state().at_match(run, byte),
            Action::OpenAt(id, run, byte) => state().showing(Some(id)).at_match(run, byte),
            Action::Close if self.open == Open::Nothing => return self,
            Action::Close => state().showing(None),
            Action::Home => {
                let home = Route { others: self.route.others.clone(), ..Route::default() };
                match home == *self.route {
                    true if self.postponed.is_empty() => return self,
                    true => state().gone(),
                    false => state().gone().stepped().at_route(home, ROWS),
                }
            }
            Action::Arrive(route, rows) => {
                let mut state = state().gone().stepped();
                state.step.arrived = true;
                state.sheet = None;
                state.at_route(route, rows)
            }
            Action::Fetched(program) if program == self.program => return self,
            Action::Fetched(program) => {
                let mut state = State { program, ..state() };
                if state.is_whole() {
                    deferred::complete(&mut state);
                }
                state
            }
            Action::Brought { lost } => {
                let mut state = state();
                deferred::look_again(&mut state, lost);
                state
            }
            action if self.is_whole() => match deferred::change(&self, action) {
                Some(state) => state,
                None => return self,
            },
            // There is no text yet in which something could be selected or stepped to.
            Action::Select(_) | Action::Copied(_) | Action::Match(_) => return self,
            action => {
                let mut state = state();
                // Choices add up; of anything else the last counts.
                if !matches!(action, Action::Choose(..)) {
                    state.postponed.retain(|known| mem::discriminant(known) != mem::discriminant(&action));
                }
                state.postponed.push(action);
                // Where fetching the rest was given up, it is tried again.
                state.program = Program::Beginning;
                state
            }
        })
    }
}
