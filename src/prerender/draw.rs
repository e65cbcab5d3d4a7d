use std::pin::pin;
use std::task::{Context, Poll, Waker};

use article_explorer::app::{App, Outside, Props};
use article_explorer::browser::history::Memory;
use article_explorer::components::Edition;
use article_explorer::state::{Articles, Clock, Kept, Program, ROWS, Route};
use engine::page::{Page, ROWS_OF_LIST};
use yew::{AttrValue, BaseComponent, LocalServerRenderer};

use crate::listing::{Listing, Props as ListingProps};
use crate::template::{Filling, Template};

/// What every page is drawn from.
pub struct Drawing<'a> {
    pub edition: Edition,
    pub template: &'a Template,
    /// The path of the site on its server.
    pub base: &'a str,
    /// How many pages list the articles.
    pub lists: usize,
}

/// Whether the start page shows them all.
pub fn fits_start_page(articles: Articles) -> bool {
    articles.ids().count() <= ROWS as usize
}

impl Drawing<'_> {
    /// The address of the site as links of a page need it before theirs.
    pub fn home(&self, page: Page) -> &str {
        match page {
            Page::Start => "./",
            Page::List(_) | Page::Article(_) => "../../",
            // It is seen at addresses of any depth.
            Page::NotFound => self.base,
        }
    }

    /// The whole of a page, drawn where `browser::home` says that it is.
    pub fn page(&self, page: Page) -> String {
        let (articles, words, name) = (self.edition.articles, self.edition.words(), self.template.name());
        let (title, drawn) = match page {
            Page::Start => (name.to_owned(), self.explorer(None)),
            Page::Article(id) => {
                let head = articles.head(id);
                ([head.title, " · ", name].concat(), self.explorer(Some(head.slug)))
            }
            // Any address at which there is nothing.
            Page::NotFound => ([words.unknown_article(), " · ", name].concat(), self.explorer(Some("404.html"))),
            Page::List(number) => {
                let props = ListingProps {
                    edition: self.edition,
                    name: self.name(),
                    number,
                    of: self.lists,
                    rows: ROWS_OF_LIST,
                };
                ([words.articles(), " ", &number.to_string(), " · ", name].concat(), drawn::<Listing>(props))
            }
        };
        let home = self.home(page);
        self.template.filled(&Filling { page, title: &title, drawn: &drawn, home, more: self.lists > 0 })
    }

    /// The explorer as it begins, with this article.
    fn explorer(&self, slug: Option<&str>) -> String {
        let route = Route { article: slug.map(|slug| slug.to_owned().into()), ..Route::default() };
        drawn::<App>(Props {
            edition: self.edition,
            kept: Kept::default(),
            name: self.name(),
            route,
            memory: Memory { rows: ROWS, ..Memory::default() },
            place: AttrValue::default(),
            clock: Clock(|| 0.0),
            program: Program::Whole,
            outside: Outside::default(),
        })
    }

    fn name(&self) -> AttrValue {
        self.template.name().to_owned().into()
    }
}

/// What a component draws. Nothing here waits for anything.
fn drawn<C: BaseComponent>(props: C::Properties) -> String {
    let mut drawing = pin!(LocalServerRenderer::<C>::with_props(props).hydratable(false).render());
    loop {
        if let Poll::Ready(html) = drawing.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return html;
        }
    }
}
