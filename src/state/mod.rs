//! What the reader is doing: what is typed, which article is open, what the search answered. There is no DOM in it.

mod action;
mod articles;
mod cite;
mod deferred;
mod passage;
mod reading;
mod route;
mod settings;
mod shelf;
mod timeline;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use articles::Articles;
pub use cite::{Form, cite, explorer};
pub use reading::{Marks, Reading, Section};
pub use route::Route;
pub use settings::{SIZES, Settings, Theme};
pub use shelf::Shelf;
pub use timeline::{Bar, Timeline, timelines};

use std::ops::Range;
use std::rc::Rc;

use engine::index::DocumentId;
use engine::query::{self, Plan};
use engine::search::{self, Answer, Facet, Help, Options, Sort, Suggestion};
use yew::AttrValue;

/// Rows that the list begins with, and that "more" adds.
pub const ROWS: u32 = 20;

/// So many rows are drawn at most: those before them go when there are more.
const WINDOW: u32 = 100;

/// Rows that fill what is seen of the list, near enough. Each letter that is typed brings these alone; the others and the
/// completions follow when the reader pauses.
pub const AT_ONCE: u32 = 6;

/// So many rows follow at a time: browsers take longer to lay rows out than we take to find them.
const IN_STEP: u32 = 5;

/// Everything that the page shows follows from this.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub articles: Articles,
    /// The address of the page up to the question mark.
    pub place: AttrValue,
    /// What the address bar shows, or will when the reader pauses: the query and the open article.
    pub route: Rc<Route>,
    /// How many rows the list has at most.
    pub rows: u32,
    /// How many of them have been looked for.
    filled: u32,
    pub answer: Rc<Answer>,
    /// The last answer whose facets were counted: while letters come these stay as they are.
    pub counted: Rc<Answer>,
    /// Ways on from an answer that gives too little.
    pub help: Rc<Help>,
    /// How many milliseconds the search took, at least one.
    pub took: u32,
    clock: Clock,
    /// How the query may go on.
    pub suggestions: Rc<Vec<Suggestion>>,
    pub program: Program,
    /// To be done when the whole program is here.
    postponed: Vec<Action>,
    pub settings: Rc<Settings>,
    pub shelf: Rc<Shelf>,
    /// The facet that is shown with all of its values.
    pub unfolded: Option<Facet>,
    /// What lies over the page.
    pub sheet: Option<Sheet>,
    pub open: Open,
    /// What the query matches in the open article.
    pub marks: Rc<Marks>,
    /// The match that the reader has stepped to, from 0.
    pub at: Option<u32>,
    /// The place that it will step to when the article has been read: a run of text and a byte of it.
    towards: Option<(u32, u32)>,
    pub cited: Cited,
    /// What the reader has selected in the text, in bytes of all its runs.
    pub selected: Option<Range<u32>>,
    /// Whether copying has worked that was just tried.
    pub copied: Option<bool>,
    pub step: Step,
    /// Whether the next letter belongs to the search that is being typed, or begins another.
    typing: bool,
    /// Whether a search is to be expected.
    prepared: bool,
    /// Whether some of what was last wanted of the articles could not be had.
    lost: bool,
}

/// What stands in the reading half of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Open {
    Nothing,
    /// An article that will be read as soon as the whole program is here, and its text.
    Waiting(DocumentId),
    Article(Rc<Reading>),
    /// The address names an article that is not here.
    Unknown(AttrValue),
}

/// The passage of the open article that the address names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cited {
    #[default]
    Nothing,
    /// In bytes of all its runs.
    Here(Range<u32>),
    /// There is no such passage, or no longer.
    Changed,
}

/// What can lie over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Filters,
    Shelf,
    Settings,
    Keys,
    /// The open article in a form to pass on.
    Pass(Form),
}

/// How much of the program is here: what the list needs comes first, the rest is fetched when it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Beginning,
    Whole,
    /// The rest could not be fetched.
    Interrupted,
}

impl Program {
    /// What a page begins with, whose program may have been cut.
    pub fn at_first(is_cut: bool) -> Program {
        if is_cut { Program::Beginning } else { Program::Whole }
    }
}

/// Tells the time in milliseconds. All clocks are alike.
#[derive(Clone, Copy, Debug)]
pub struct Clock(pub fn() -> f64);

impl PartialEq for Clock {
    fn eq(&self, _: &Clock) -> bool {
        true
    }
}

/// What a browser has kept from one visit to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    pub settings: Settings,
    pub shelf: Shelf,
}

/// Where in the browser's history the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Counts what deserves a place of its own there: an article opened, a search begun, but not each letter of it.
    pub count: u32,
    /// The step came from the address bar, which therefore shows it already.
    pub arrived: bool,
}

impl State {
    /// What a page begins with that is at `place`, and whose list has so many rows, of which so many are `filled`.
    pub fn new(
        articles: Articles,
        program: Program,
        place: AttrValue,
        clock: Clock,
        (rows, filled): (u32, u32),
        route: Route,
        kept: Kept,
    ) -> State {
        let step = Step { count: 0, arrived: true };
        State {
            articles,
            place,
            route: Rc::default(),
            // Not yet searched for.
            rows: 0,
            filled: 0,
            answer: Rc::default(),
            counted: Rc::default(),
            help: Rc::default(),
            took: 0,
            clock,
            suggestions: Rc::default(),
            program,
            postponed: Vec::new(),
            settings: Rc::new(kept.settings),
            shelf: Rc::new(kept.shelf),
            unfolded: None,
            sheet: None,
            open: Open::Nothing,
            marks: Rc::default(),
            at: None,
            towards: None,
            cited: Cited::Nothing,
            selected: None,
            copied: None,
            step,
            typing: false,
            prepared: false,
            lost: false,
        }
        .filled_at(route, rows, filled)
    }

    /// How many rows come before the first one that is drawn.
    pub fn before(&self) -> u32 {
        self.rows.saturating_sub(WINDOW)
    }

    /// How many rows come after the last one that is drawn.
    pub fn after(&self) -> u32 {
        self.beyond(self.rows)
    }

    /// How many rows there are that come after so many.
    fn beyond(&self, rows: u32) -> u32 {
        (self.answer.total - self.answer.folded).saturating_sub(rows)
    }

    /// Whether the reader has been expected to type before.
    pub fn is_prepared(&self) -> bool {
        self.prepared
    }

    /// A browser compiles what it runs for the first time, which the first letter need not wait for.
    pub fn rehearse(&self) {
        let plan = query::in_part("a");
        search::search(&self.articles, &plan, &Options { limit: AT_ONCE, ..Options::default() });
    }

    /// Whether there are more rows to come by themselves.
    pub fn is_filling(&self) -> bool {
        self.filled < self.rows
    }

    /// What is being filled, which is another at each step of it.
    pub fn unfilled(&self) -> Option<(AttrValue, u32)> {
        self.is_filling().then(|| (self.route.text.clone(), self.filled))
    }

    /// Whether the page has yet to show all that it begins with.
    pub fn is_beginning(&self) -> bool {
        self.is_filling() && self.step.count == 0
    }

    pub fn is_whole(&self) -> bool {
        self.program == Program::Whole
    }

    /// Whether the answer gives too little.
    pub fn needs_help(&self) -> bool {
        self.answer.complete == 0 && self.is_searching()
    }

    /// Whether the reader has asked for something that can't be done, since the rest of the program could not be fetched.
    pub fn is_held_up(&self) -> bool {
        // Operators and fields, and words in a row.
        let more_than_words = || self.route.text.contains(|c: char| c.is_ascii_punctuation());
        self.program == Program::Interrupted
            && (!self.postponed.is_empty() || self.route.is_sorted() || more_than_words())
    }

    /// Whether something is to be seen or done that takes the rest of the program.
    pub fn needs_rest(&self) -> bool {
        matches!(self.open, Open::Waiting(_) | Open::Unknown(_))
            || self.sheet.is_some()
            || self.is_searching()
            || self.route.list_needs_rest(self.articles)
            || self.prepared
            || !self.postponed.is_empty()
            || *self.shelf != Shelf::default()
            || timeline::are_there(&self.counted.facets)
    }

    /// Chunks of the articles that are to be fetched: with the text of the open article, and with what the answer lacks
    /// once the reader pauses. Nothing if some of it could not be had, until something else is shown.
    pub fn wanted(&self) -> Vec<u32> {
        let open = match self.open {
            Open::Waiting(id) => self.articles.missing_text(id),
            _ => None,
        };
        let mut wanted = open.map_or_else(Vec::new, |chunk| vec![chunk]);
        if !self.is_filling() {
            wanted.extend(self.answer.missing(&self.articles));
        }
        if self.lost { Vec::new() } else { wanted }
    }

    /// Whether something could not be had that an open article waits for.
    pub fn is_interrupted(&self) -> bool {
        self.program == Program::Interrupted || self.is_whole() && self.lost
    }

    /// The open article, if there is one.
    pub fn opened(&self) -> Option<DocumentId> {
        match &self.open {
            Open::Article(reading) => Some(reading.id),
            Open::Waiting(id) => Some(*id),
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

    /// A step further, or to the end where nothing more would come.
    fn filled_further(self) -> State {
        let (route, rows) = ((*self.route).clone(), self.rows);
        let filled = if self.beyond(self.filled) > IN_STEP { self.filled + IN_STEP } else { rows };
        self.filled_at(route, rows, filled)
    }

    fn with_rows(self, rows: u32) -> State {
        let route = (*self.route).clone();
        self.at_route(route, rows)
    }

    /// Goes to `route` and brings up to date what depends on what has changed.
    fn at_route(self, route: Route, rows: u32) -> State {
        self.filled_at(route, rows, rows)
    }

    /// The same, with this many of the rows.
    fn filled_at(mut self, route: Route, rows: u32, filled: u32) -> State {
        let before = std::mem::replace(&mut self.route, Rc::new(route));
        self.lost = false;
        let filled_before = std::mem::replace(&mut self.filled, filled.min(rows));
        let (route, rows_before) = (self.route.clone(), std::mem::replace(&mut self.rows, rows));
        let typed = before.text != route.text;
        let grown = (rows, self.filled) != (rows_before, filled_before);
        if typed || grown || (&before.choices, before.sort) != (&route.choices, route.sort) {
            self.search();
        }
        if route.text.is_empty() {
            self.suggestions = Rc::default();
        } else if (typed || grown) && !self.is_filling() && self.is_whole() {
            // Until then the old ones stay, or the list would jump at each letter.
            deferred::suggest(&mut self);
        }
        let turned = before.article != route.article;
        if turned {
            self.open = match &route.article {
                None => Open::Nothing,
                Some(slug) => match self.articles.find(slug) {
                    Some(id) => Open::Waiting(id),
                    None => Open::Unknown(slug.clone()),
                },
            };
            (self.selected, self.copied) = (None, None);
        }
        if typed || turned {
            (self.at, self.towards) = (None, None);
        }
        if self.is_whole() {
            deferred::read(&mut self, turned || before.passage != route.passage, turned || typed);
        }
        self
    }

    /// The address of the open article, or of what is selected in it, for others.
    pub fn link(&self, form: Form) -> String {
        let Some(id) = self.opened() else { return String::new() };
        let of_passage = matches!(form, Form::PassageLink | Form::Quote);
        let selected = self.selected.clone().filter(|_| of_passage);
        let name = selected
            .and_then(|range| passage::name(&self.articles.whole(id), range.start as usize..range.end as usize));
        [&*self.place, &self.route.for_others(self.articles.head(id).slug, name)].concat()
    }

    /// What is selected of the open article, a line for each paragraph.
    pub fn quoted(&self) -> String {
        let (Some(id), Some(selected)) = (self.opened(), &self.selected) else { return String::new() };
        let mut at = 0;
        let mut lines = Vec::new();
        for run in self.articles.runs(id) {
            let within = |byte: u32| (byte as usize).saturating_sub(at).min(run.len());
            lines.extend(run.get(within(selected.start)..within(selected.end)).filter(|line| !line.is_empty()));
            at += run.len();
        }
        lines.join("\n")
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
        let closes = instead && route.article.take().is_some();
        route.passage.take_if(|_| closes);
        let mut state = if self.typing && !closes { self } else { self.stepped() };
        state.typing = true;
        state.filled_at(route, ROWS, AT_ONCE)
    }

    fn showing(self, id: Option<DocumentId>) -> State {
        let article = id.map(|id| self.articles.head(id).slug.into());
        let state = self.step_to(|route| (route.article, route.passage) = (article, None));
        State { sheet: None, ..state }
    }

    /// At the first match from this byte of this run of text on.
    fn at_match(mut self, run: u32, byte: u32) -> State {
        match self.open {
            Open::Waiting(_) => self.towards = Some((run, byte)),
            _ => self.at = self.marks.first_from(run, byte),
        }
        self
    }

    fn matched(mut self, by: i32) -> State {
        let count = self.marks.count() as i32;
        let from = self.at.map_or(if by > 0 { -1 } else { 0 }, |at| at as i32);
        self.at = (count > 0).then(|| (from + by).rem_euclid(count) as u32);
        self
    }

    /// Without what was to be done to the list that is left.
    fn gone(mut self) -> State {
        self.postponed.retain(|action| matches!(action, Action::Set(_)));
        self
    }

    fn stepped(mut self) -> State {
        self.typing = false;
        self.step = Step { count: self.step.count + 1, arrived: false };
        self
    }

    fn search(&mut self) {
        let before = self.before();
        let sorted = self.is_whole() || !self.route.is_sorted();
        let options = Options {
            limit: self.filled.saturating_sub(before),
            offset: before,
            sort: if sorted { self.route.sort } else { Sort::Relevance },
            choices: self.route.choices.clone(),
            facets: !self.is_filling(),
            ..Options::default()
        };
        let start = (self.clock.0)();
        self.answer = Rc::new(search::search(&self.articles, &self.plan(), &options));
        if options.facets {
            self.counted = self.answer.clone();
        }
        self.took = ((self.clock.0)() - start).max(1.0) as u32;
        // There were more when the number of rows was remembered.
        if before > 0 && self.answer.hits.is_empty() {
            (self.rows, self.filled) = (ROWS, ROWS);
            return self.search();
        }
        self.help = Rc::default();
        if self.is_whole() && self.needs_help() {
            deferred::help(self);
        }
    }

    fn plan(&self) -> Plan {
        let text = &self.route.text;
        if self.is_whole() { query::parse(text, false) } else { query::in_part(text) }
    }
}
