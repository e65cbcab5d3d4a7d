//! What the reader is doing: what is typed, which article is open, what the search answered. There is no DOM in it.

mod articles;
mod reading;
mod route;
mod settings;
mod timeline;

#[cfg(test)]
mod tests;

pub use articles::Articles;
pub use reading::{Marks, Reading, Section};
pub use route::Route;
pub use settings::{SIZES, Settings, Theme};
pub use timeline::{Bar, Timeline, timelines};

use std::rc::Rc;

use engine::index::DocumentId;
use engine::query::{self, Plan};
use engine::search::{self, Answer, Facet, Options, Sort, Suggestion};
use yew::{AttrValue, Reducible};

/// Rows that the list begins with, and that "more" adds.
pub const ROWS: u32 = 20;

/// Completions at most.
const SUGGESTIONS: usize = 6;

/// Everything that the page shows follows from this.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub articles: Articles,
    /// What the address bar shows, or will when the reader pauses: the query and the open article.
    pub route: Rc<Route>,
    /// How many rows the list has at most.
    pub rows: u32,
    pub answer: Rc<Answer>,
    /// How the query may go on.
    pub suggestions: Rc<Vec<Suggestion>>,
    pub settings: Rc<Settings>,
    /// What lies over the page.
    pub sheet: Option<Sheet>,
    pub open: Open,
    /// What the query matches in the open article.
    pub marks: Rc<Marks>,
    /// The match that the reader has stepped to, from 0.
    pub at: Option<u32>,
    pub step: Step,
    /// Whether the next letter belongs to the search that is being typed, or begins another.
    typing: bool,
}

/// What stands in the reading half of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Open {
    Nothing,
    Article(Rc<Reading>),
    /// The address names an article that is not here.
    Unknown(AttrValue),
}

/// What can lie over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Filters,
    Settings,
    Keys,
}

/// Where in the browser's history the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Counts what deserves a place of its own there: an article opened, a search begun, but not each letter of it.
    pub count: u32,
    /// The step came from the address bar, which therefore shows it already.
    pub arrived: bool,
}

/// All that can happen. The page, the address bar and the JavaScript interface send the same ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// This is in the search field now.
    Type(AttrValue),
    /// The same, where the results take the place of the open article for want of room.
    TypeInstead(AttrValue),
    /// What is typed from now on is another search.
    Settle,
    /// Whether articles with this value of this facet are wanted.
    Choose(Facet, String, bool),
    /// No filters at all.
    ChooseAll,
    Sort(Sort),
    /// Lay something over the page, or take it away.
    Show(Option<Sheet>),
    Set(Settings),
    /// Show more rows.
    More,
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
}

impl State {
    /// What a page begins with whose address says `route`, and whose list has so many rows.
    pub fn new(articles: Articles, route: Route, rows: u32, settings: Settings) -> State {
        let step = Step { count: 0, arrived: true };
        State {
            articles,
            route: Rc::default(),
            // Not yet searched for.
            rows: 0,
            answer: Rc::default(),
            suggestions: Rc::default(),
            settings: Rc::new(settings),
            sheet: None,
            open: Open::Nothing,
            marks: Rc::default(),
            at: None,
            step,
            typing: false,
        }
        .at_route(route, rows)
    }

    /// The open article, if there is one.
    pub fn opened(&self) -> Option<DocumentId> {
        match &self.open {
            Open::Article(reading) => Some(reading.id),
            Open::Nothing | Open::Unknown(_) => None,
        }
    }

    /// The rows before and after the open article.
    pub fn neighbours(&self) -> [Option<DocumentId>; 2] {
        let hits = &self.answer.hits;
        let place = hits.iter().position(|hit| Some(hit.id) == self.opened());
        let row = |place: usize| hits.get(place).map(|hit| hit.id);
        [place.and_then(|place| row(place.checked_sub(1)?)), place.and_then(|place| row(place + 1))]
    }

    /// Whether anything is searched for or filtered, so that the list is not simply all there is.
    pub fn is_searching(&self) -> bool {
        !self.route.text.trim().is_empty() || !self.route.choices.is_empty()
    }

    /// Goes to `route` and brings up to date what depends on what has changed.
    fn at_route(mut self, route: Route, rows: u32) -> State {
        let before = std::mem::replace(&mut self.route, Rc::new(route));
        let (route, rows_before) = (self.route.clone(), std::mem::replace(&mut self.rows, rows));
        let typed = before.text != route.text;
        if typed || rows != rows_before || (&before.choices, before.sort) != (&route.choices, route.sort) {
            self.search();
        }
        if typed {
            self.suggestions = match &*route.text {
                "" => Rc::default(),
                text => Rc::new(search::suggest(&self.articles, text, SUGGESTIONS)),
            };
        }
        if before.article != route.article {
            self.open = match &route.article {
                None => Open::Nothing,
                Some(slug) => match self.articles.find(slug) {
                    Some(id) => Open::Article(Rc::new(Reading::new(self.articles, id))),
                    None => Open::Unknown(slug.clone()),
                },
            };
        }
        if typed || before.article != route.article {
            self.at = None;
            self.marks = match self.opened() {
                Some(id) => Rc::new(Marks::new(search::marks(&self.articles, &self.plan(), id))),
                None => Rc::default(),
            };
        }
        self
    }

    /// Goes to a changed route, as a step of its own.
    fn step_to(self, change: impl FnOnce(&mut Route)) -> State {
        let mut route = (*self.route).clone();
        change(&mut route);
        let rows = if route.article == self.route.article { ROWS } else { self.rows };
        self.stepped().at_route(route, rows)
    }

    fn typed(self, text: AttrValue, instead: bool) -> State {
        let mut route = Route { text, ..(*self.route).clone() };
        let closes = instead && route.article.take_if(|_| instead).is_some();
        let mut state = if self.typing && !closes { self } else { self.stepped() };
        state.typing = true;
        state.at_route(route, ROWS)
    }

    fn showing(self, id: Option<DocumentId>) -> State {
        let article = id.map(|id| self.articles.head(id).slug.into());
        self.step_to(|route| route.article = article)
    }

    /// At the first match from this byte of this run of text on.
    fn at_match(mut self, run: u32, byte: u32) -> State {
        self.at = self.marks.first_from(run, byte);
        self
    }

    fn matched(mut self, by: i32) -> State {
        let count = self.marks.count() as i32;
        let from = self.at.map_or(if by > 0 { -1 } else { 0 }, |at| at as i32);
        self.at = (count > 0).then(|| (from + by).rem_euclid(count) as u32);
        self
    }

    fn stepped(mut self) -> State {
        self.typing = false;
        self.step = Step { count: self.step.count + 1, arrived: false };
        self
    }

    fn search(&mut self) {
        let options = Options {
            limit: self.rows,
            sort: self.route.sort,
            choices: self.route.choices.clone(),
            facets: true,
            ..Options::default()
        };
        self.answer = Rc::new(search::search(&self.articles, &self.plan(), &options));
    }

    fn plan(&self) -> Plan {
        query::parse(&self.route.text, false)
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let state = || State::clone(&self);
        Rc::new(match action {
            Action::Type(text) | Action::TypeInstead(text) if text == self.route.text => return self,
            Action::Type(text) => state().typed(text, false),
            Action::TypeInstead(text) => state().typed(text, true),
            Action::Settle if !self.typing => return self,
            Action::Settle => State { typing: false, ..state() },
            Action::Choose(facet, value, chosen) => state().step_to(|route| route.choose(facet, value, chosen)),
            Action::ChooseAll => state().step_to(|route| route.choices.clear()),
            Action::Sort(sort) if sort == self.route.sort => return self,
            Action::Sort(sort) => state().step_to(|route| route.sort = sort),
            Action::Set(settings) => State { settings: Rc::new(settings), ..state() },
            Action::Show(sheet) if sheet == self.sheet => return self,
            Action::Show(sheet) => State { sheet, ..state() },
            Action::More => {
                let route = (*self.route).clone();
                state().at_route(route, self.rows + ROWS)
            }
            Action::Open(id) if Some(id) == self.opened() => return self,
            Action::Open(id) => state().showing(Some(id)),
            Action::OpenAt(id, run, byte) if Some(id) == self.opened() => state().at_match(run, byte),
            Action::OpenAt(id, run, byte) => state().showing(Some(id)).at_match(run, byte),
            Action::Close if self.open == Open::Nothing => return self,
            Action::Close => state().showing(None),
            Action::Home => {
                let home = Route { others: self.route.others.clone(), ..Route::default() };
                if home == *self.route { return self } else { state().stepped().at_route(home, ROWS) }
            }
            Action::Match(by) => state().matched(by),
            Action::Arrive(route, rows) => {
                let mut state = state().stepped();
                state.step.arrived = true;
                state.sheet = None;
                state.at_route(route, rows)
            }
        })
    }
}
