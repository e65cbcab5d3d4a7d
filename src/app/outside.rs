use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use yew::prelude::*;

use crate::state::{Action, Open, State};

/// What the explorer tells of itself where it is on another's page, and how it is told what to do there. On our own page
/// there is nobody to tell.
#[derive(Clone, Default)]
pub struct Outside(Option<Rc<Link>>);

type May = dyn Fn(Option<&str>) -> bool;

struct Link {
    /// Whether the article with this slug may be opened, or with none the open one closed.
    may: Box<May>,
    /// What the explorer shows now.
    shown: Box<dyn Fn(&Shown)>,
    /// The way in, once there is one.
    act: RefCell<Option<Callback<Action>>>,
}

/// What the explorer shows.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub address: String,
    /// How many articles match.
    pub total: u32,
    /// Whether the reader did this and not the page.
    pub by_reader: bool,
}

impl Outside {
    pub fn new(may: impl Fn(Option<&str>) -> bool + 'static, shown: impl Fn(&Shown) + 'static) -> Outside {
        Outside(Some(Rc::new(Link { may: Box::new(may), shown: Box::new(shown), act: RefCell::default() })))
    }

    /// Does what the page asks for.
    pub fn act(&self, action: Action) {
        let act = self.0.as_ref().and_then(|link| link.act.borrow().clone());
        if let Some(act) = act {
            act.emit(action);
        }
    }

    /// Whether the page lets the reader go where this action leads.
    pub fn may(&self, state: &State, action: &Action) -> bool {
        let Some(link) = &self.0 else { return true };
        match action {
            Action::Open(id) | Action::OpenAt(id, ..) if Some(*id) != state.opened() => {
                (link.may)(Some(state.articles.head(*id).slug))
            }
            Action::Close | Action::Home if state.open != Open::Nothing => (link.may)(None),
            _ => true,
        }
    }
}

/// Keeps the page around up to date, and lets it act.
#[hook]
pub fn use_outside(outside: &Outside, state: &State, act: &Callback<Action>) {
    {
        let (link, act) = (outside.0.clone(), act.clone());
        use_effect_with((), move |()| {
            if let Some(link) = &link {
                link.act.replace(Some(act));
            }
            move || {
                if let Some(link) = link {
                    link.act.replace(None);
                }
            }
        });
    }
    let link = outside.0.clone();
    let by_reader = !state.step.arrived;
    // Putting the address together is work that our own page does elsewhere.
    let shown = link.is_some().then(|| Shown { address: state.route.address(), total: state.answer.total, by_reader });
    use_effect_with(shown, move |shown| {
        if let Some((link, shown)) = link.zip(shown.as_ref()) {
            (link.shown)(shown);
        }
    });
}

impl PartialEq for Outside {
    fn eq(&self, other: &Outside) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Outside")
    }
}
