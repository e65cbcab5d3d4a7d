use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::browser;
use crate::browser::history::{self, Memory};
use crate::browser::keys;
use crate::browser::scroll::{self, Positions};
use crate::state::{Action, ROWS, Route, State};

/// Milliseconds without a letter after which the address bar shows what is typed.
const TYPING_PAUSE: u32 = 300;

/// Milliseconds without scrolling after which the place is remembered.
const SCROLLING_PAUSE: u32 = 150;

/// Where answers take this many milliseconds until they are drawn, on average, some take five times as long, and the layout after
/// them as long again. With 4 a quarter of the speed held up the page for more than 50 milliseconds at one letter in fifty, with this
/// at none.
const SLOW: f64 = 3.0;

/// What the browser's history knows, or will when the reader pauses.
#[derive(Default)]
pub struct Entry {
    step: u32,
    route: Rc<Route>,
    memory: Memory,
    scrolling: Option<Timeout>,
    /// When the last action went its way, in milliseconds.
    gone: f64,
    /// Whether that was a letter.
    typing: bool,
    /// Milliseconds that are saved against [`SLOW`], on average of the last few actions.
    saved: f64,
    /// What was typed and is not in the state yet.
    typed: Option<(Action, Timeout)>,
}

impl Entry {
    /// What is in the search field, where the state does not know it yet.
    pub fn typed(&self) -> Option<AttrValue> {
        match &self.typed {
            Some((Action::Type(text) | Action::TypeInstead(text), _)) => Some(text.clone()),
            _ => None,
        }
    }
}

/// Keeps the address bar in step with the state, and with [`listeners`] the state with the address bar. Returns what the
/// history knows, and the way in for actions.
///
/// A step of the state is an entry of the history; what is typed within a step changes its entry. Where everything
/// is scrolled to is remembered with each entry. All of that is left alone on a page that is not ours.
#[hook]
pub fn use_address(
    state: &UseReducerHandle<State>,
    explorer: &NodeRef,
    memory: Memory,
    ours: bool,
) -> (Rc<RefCell<Entry>>, Callback<Action>) {
    let entry = use_mut_ref(|| Entry { route: state.route.clone(), memory, ..Entry::default() });
    {
        let (entry, explorer) = (entry.clone(), explorer.clone());
        let now = (state.step, state.route.clone(), state.rows);
        use_effect_with(now, move |(step, route, rows)| {
            let mut known = entry.borrow_mut();
            // That may have been long ago: the address bar goes its own way.
            let saved = (SLOW - (browser::now() - known.gone)).max(-2.0 * SLOW);
            known.saved += (saved - known.saved) / 8.0;
            let stepped = step.count != known.step;
            known.step = step.count;
            let before = std::mem::replace(&mut known.route, route.clone());
            let timeout = if !ours {
                None
            } else if stepped && step.arrived {
                known.memory = history::memory().unwrap_or_default();
                None
            } else if stepped {
                history::replace(&before.address(), known.memory);
                known.memory = Memory {
                    rows: *rows,
                    scroll: Positions::default(),
                    above_list: before.article.is_none() && before.text == route.text,
                };
                history::push(&route.address(), known.memory);
                None
            } else if before != *route || known.memory.rows != *rows {
                known.memory.rows = *rows;
                let (entry, address) = (entry.clone(), route.address());
                Some(Timeout::new(TYPING_PAUSE, move || {
                    history::replace(&address, look(&entry, &explorer));
                }))
            } else {
                None
            };
            move || drop(timeout)
        });
    }
    let way = Way { entry: entry.clone(), explorer: explorer.clone(), state: state.dispatcher() };
    let act = use_callback((), move |action, ()| way.take(action));
    (entry, act)
}

/// The way of an action to the state.
#[derive(Clone)]
struct Way {
    entry: Rc<RefCell<Entry>>,
    explorer: NodeRef,
    state: UseReducerDispatcher<State>,
}

impl Way {
    /// A browser lays the page out before it is done with a letter. Where the last answer took long, the next has a turn of its
    /// own, since with that layout it would hold up the page for too long; else it is to be seen a frame sooner without.
    fn take(&self, action: Action) {
        let mut entry = self.entry.borrow_mut();
        let is_typed = matches!(action, Action::Type(_) | Action::TypeInstead(_));
        if is_typed && (entry.saved <= 0.0 || entry.typed.is_some()) {
            let way = self.clone();
            let turn = Timeout::new(0, move || way.catch_up());
            entry.typed = Some((action, turn));
        } else {
            drop(entry);
            self.catch_up();
            self.go(action);
        }
    }

    /// What was typed comes before all that is done after it.
    fn catch_up(&self) {
        let typed = self.entry.borrow_mut().typed.take();
        if let Some((action, _)) = typed {
            self.go(action);
        }
    }

    fn go(&self, action: Action) {
        let mut entry = self.entry.borrow_mut();
        let typing = matches!(action, Action::Type(_));
        let goes_on = std::mem::replace(&mut entry.typing, typing) && typing;
        entry.gone = browser::now();
        let above_list = entry.memory.above_list;
        drop(entry);
        // The action may change what can be scrolled, so the place is noted before it; but not at each letter of a step, since a browser
        // lays the page out to tell.
        if !goes_on {
            look(&self.entry, &self.explorer);
        }
        match action {
            // The list is one entry back: going there is what the reader would do too.
            Action::Close if above_list => history::back(),
            action => self.state.dispatch(action),
        }
    }
}

/// What keeps the state in step with where the reader types, goes and scrolls.
pub fn listeners(
    entry: &Rc<RefCell<Entry>>,
    state: UseReducerDispatcher<State>,
    explorer: NodeRef,
    ours: bool,
) -> Vec<EventListener> {
    let way = Way { entry: entry.clone(), explorer: explorer.clone(), state: state.clone() };
    // A key that goes to a row is to find the rows of what was typed before it.
    let on_named = explorer.cast().map(|place| keys::on_named(&place, move || way.catch_up()));
    let of_our_page = ours.then(|| [on_travel(entry, state), on_scroll(entry, explorer)]);
    of_our_page.into_iter().flatten().chain(on_named).collect()
}

fn on_travel(entry: &Rc<RefCell<Entry>>, state: UseReducerDispatcher<State>) -> EventListener {
    let entry = entry.clone();
    history::on_travel(move || {
        {
            let mut entry = entry.borrow_mut();
            // What it would note belongs to the entry that was left.
            entry.scrolling = None;
            entry.typing = false;
        }
        let rows = history::memory().map_or(ROWS, |memory| memory.rows);
        state.dispatch(Action::Arrive(Route::parse(&history::address()), rows));
    })
}

fn on_scroll(entry: &Rc<RefCell<Entry>>, explorer: NodeRef) -> EventListener {
    let entry = entry.clone();
    scroll::on_scroll(move |_| {
        let (again, explorer) = (entry.clone(), explorer.clone());
        entry.borrow_mut().scrolling = Some(Timeout::new(SCROLLING_PAUSE, move || {
            history::remember(look(&again, &explorer));
        }));
    })
}

/// What is to be remembered, with where everything is scrolled to now.
fn look(entry: &RefCell<Entry>, explorer: &NodeRef) -> Memory {
    let mut entry = entry.borrow_mut();
    if let Some(explorer) = explorer.cast() {
        entry.memory.scroll = scroll::positions(&explorer);
    }
    entry.memory
}
