//! What the reader is doing: what is typed, which article is open, what the search answered. There is no DOM in it.

mod articles;
mod reading;
mod route;

#[cfg(test)]
mod tests;

pub use articles::Articles;
pub use reading::{Marks, Reading};
pub use route::Route;

use std::rc::Rc;

use engine::index::DocumentId;
use engine::query::{self, Plan};
use engine::search::{self, Answer, Options};
use yew::{AttrValue, Reducible};

/// Rows that the list begins with, and that "more" adds.
pub const ROWS: u32 = 20;

/// Everything that the page shows follows from this.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub articles: Articles,
    /// What the address bar shows, or will when the reader pauses: the query and the open article.
    pub route: Rc<Route>,
    /// How many rows the list has at most.
    pub rows: u32,
    pub answer: Rc<Answer>,
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
    Open(DocumentId),
    /// Opens an article at the first match from this byte of this run of text on.
    OpenAt(DocumentId, u32, u32),
    Close,
    /// Back to the beginning: nothing searched for, nothing open.
    Home,
    /// Show more rows.
    More,
    /// Go to the next match in the open article (1), or the one before (-1).
    Match(i32),
    /// The address bar has gone to this route, where the list had so many rows.
    Arrive(Route, u32),
}

impl State {
    /// What a page begins with whose address says `route`, and whose list has so many rows.
    pub fn new(articles: Articles, route: Route, rows: u32) -> State {
        let step = Step { count: 0, arrived: true };
        State {
            articles,
            route: Rc::default(),
            // Not yet searched for.
            rows: 0,
            answer: Rc::default(),
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

    fn plan(&self) -> Plan {
        query::parse(&self.route.text, false)
    }

    fn at_route(mut self, route: Route, rows: u32) -> State {
        let searched = self.route.text != route.text || self.rows != rows;
        self.open = match &route.article {
            None => Open::Nothing,
            Some(slug) => match self.articles.find(slug) {
                Some(id) if Some(id) == self.opened() => self.open,
                Some(id) => Open::Article(Rc::new(Reading::new(self.articles, id))),
                None => Open::Unknown(slug.clone()),
            },
        };
        self.route = Rc::new(route);
        self.rows = rows;
        self.at = None;
        if searched {
            self.search();
        }
        self.mark();
        self
    }

    fn typed(mut self, text: AttrValue) -> State {
        if !self.typing {
            self = self.stepped();
            self.typing = true;
        }
        Rc::make_mut(&mut self.route).text = text;
        self.rows = ROWS;
        self.at = None;
        self.search();
        self.mark();
        self
    }

    fn typed_instead(mut self, text: AttrValue) -> State {
        if self.open != Open::Nothing {
            self = self.stepped();
            self.typing = true;
            Rc::make_mut(&mut self.route).article = None;
            self.open = Open::Nothing;
        }
        self.typed(text)
    }

    fn showing(self, id: Option<DocumentId>) -> State {
        let route = Route { article: id.map(|id| self.articles.head(id).slug.into()), ..(*self.route).clone() };
        let rows = self.rows;
        self.stepped().at_route(route, rows)
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

    fn with_more(mut self) -> State {
        self.rows += ROWS;
        self.search();
        self
    }

    fn stepped(mut self) -> State {
        self.typing = false;
        self.step = Step { count: self.step.count + 1, arrived: false };
        self
    }

    fn search(&mut self) {
        let options = Options { limit: self.rows, ..Options::default() };
        self.answer = Rc::new(search::search(&self.articles, &self.plan(), &options));
    }

    fn mark(&mut self) {
        self.marks = match self.opened() {
            Some(id) => Rc::new(Marks::new(search::marks(&self.articles, &self.plan(), id))),
            None => Rc::default(),
        };
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let state = || State::clone(&self);
        Rc::new(match action {
            Action::Type(text) if text == self.route.text => return self,
            Action::Type(text) => state().typed(text),
            Action::TypeInstead(text) if text == self.route.text => return self,
            Action::TypeInstead(text) => state().typed_instead(text),
            Action::Settle if !self.typing => return self,
            Action::Settle => State { typing: false, ..state() },
            Action::Open(id) if Some(id) == self.opened() => return self,
            Action::Open(id) => state().showing(Some(id)),
            Action::OpenAt(id, run, byte) if Some(id) == self.opened() => state().at_match(run, byte),
            Action::OpenAt(id, run, byte) => state().showing(Some(id)).at_match(run, byte),
            Action::Close if self.open == Open::Nothing => return self,
            Action::Close => state().showing(None),
            Action::Home if self.open == Open::Nothing && self.route.text.is_empty() => return self,
            Action::Home => {
                let route = Route { others: self.route.others.clone(), ..Route::default() };
                state().stepped().at_route(route, ROWS)
            }
            Action::More => state().with_more(),
            Action::Match(by) => state().matched(by),
            Action::Arrive(route, rows) => {
                let mut state = state().stepped();
                state.step.arrived = true;
                state.at_route(route, rows)
            }
        })
    }
}
