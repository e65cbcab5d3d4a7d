//! Dates and numbers as the browser writes them in a language.
//!
//! Where there is no browser, when pages are made at build time and in tests, they are written the English way.

use engine::article::Date;

#[cfg(target_arch = "wasm32")]
pub use in_browser::*;
#[cfg(not(target_arch = "wasm32"))]
pub use without_browser::*;

/// As machines read it: `2019-03-14`, or less where less is known.
pub fn machine_date(date: Date) -> String {
    let mut text = padded(date.year.unsigned_abs().into(), 4);
    if date.year < 0 {
        text.insert_str(0, "-00");
    }
    for part in [date.month, date.day] {
        if part != 0 {
            text.push('-');
            text += &padded(part.into(), 2);
        }
    }
    text
}

/// A month that is given as `2019-03`.
pub fn month(value: &str, locale: &'static str) -> String {
    let (year, month) = value.split_once('-').unwrap_or((value, ""));
    let known = year.parse().ok().zip(month.parse().ok()).and_then(|(year, month)| Date::month(year, month));
    known.map_or_else(|| value.to_owned(), |month| date(month, locale))
}

fn padded(number: u32, digits: usize) -> String {
    let mut text = number.to_string();
    while text.len() < digits {
        text.insert(0, '0');
    }
    text
}

#[cfg(target_arch = "wasm32")]
mod in_browser {
    use std::cell::RefCell;

    use engine::article::Date;
    use js_sys::{Array, Function, Intl, Object, Reflect};
    use wasm_bindgen::prelude::*;

    thread_local! {
        /// Formatters are slow to make: those that were, by locale, and how exact the date is (1 to 3).
        static FORMATS: RefCell<Vec<(&'static str, usize, Function)>> = const { RefCell::new(Vec::new()) };
    }

    /// A date as exactly as it is known: "14 March 2019", "March 2019", "2019".
    pub fn date(date: Date, locale: &'static str) -> String {
        let parts = 1 + usize::from(date.month != 0) + usize::from(date.day != 0);
        let time = js_sys::Date::new(&0.0.into());
        let (month, day) = (date.month.max(1) - 1, date.day.max(1));
        time.set_utc_full_year_with_month_date(date.year as u32, month.into(), day.into());
        let format = FORMATS.with_borrow_mut(|formats| {
            if let Some((.., format)) = formats.iter().find(|f| (f.0, f.1) == (locale, parts)) {
                return format.clone();
            }
            let format = formatter(locale, parts);
            formats.push((locale, parts, format.clone()));
            format
        });
        let text = format.call1(&JsValue::UNDEFINED, &time).ok();
        text.and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// A language by its name.
    pub fn language(tag: &str, locale: &str) -> String {
        let options = Object::new();
        _ = Reflect::set(&options, &"type".into(), &"language".into());
        let name = DisplayNames::new(&Array::of1(&locale.into()), &options).and_then(|names| names.of(tag));
        name.unwrap_or_else(|_| tag.to_owned())
    }

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = Intl)]
        type DisplayNames;
        #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
        fn new(locales: &Array, options: &Object) -> Result<DisplayNames, JsValue>;
        #[wasm_bindgen(method, catch)]
        fn of(this: &DisplayNames, code: &str) -> Result<String, JsValue>;
    }

    pub fn number(number: u32, locale: &str) -> String {
        js_sys::Number::from(number).to_locale_string(locale).into()
    }

    fn formatter(locale: &str, parts: usize) -> Function {
        let options = Object::new();
        let how = [("year", "numeric"), ("month", "long"), ("day", "numeric")];
        for (part, how) in how.into_iter().take(parts).chain([("timeZone", "UTC")]) {
            _ = Reflect::set(&options, &part.into(), &how.into());
        }
        Intl::DateTimeFormat::new(&Array::of1(&locale.into()), &options).format()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod without_browser {
    use engine::article::Date;

    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];

    /// A date as exactly as it is known: "14 March 2019", "March 2019", "2019".
    pub fn date(date: Date, _locale: &'static str) -> String {
        let month = usize::from(date.month).checked_sub(1);
        match month.and_then(|month| MONTHS.get(month)) {
            None => date.year.to_string(),
            Some(month) if date.day == 0 => format!("{month} {}", date.year),
            Some(month) => format!("{} {month} {}", date.day, date.year),
        }
    }

    /// A language by its tag, for want of a list of their names.
    pub fn language(tag: &str, _locale: &str) -> String {
        tag.to_owned()
    }

    pub fn number(number: u32, _locale: &str) -> String {
        let digits = number.to_string();
        let places = digits.char_indices();
        let grouped = places.flat_map(|(at, digit)| {
            let comma = (at > 0 && (digits.len() - at).is_multiple_of(3)).then_some(',');
            comma.into_iter().chain([digit])
        });
        grouped.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let check = |date: Date, shown: &str, machine: &str| {
            assert_eq!((&*super::date(date, "en"), &*machine_date(date)), (shown, machine));
        };
        check(Date::day(2019, 3, 14).unwrap(), "14 March 2019", "2019-03-14");
        check(Date::month(2019, 12).unwrap(), "December 2019", "2019-12");
        check(Date::year(987), "987", "0987");
        assert_eq!(machine_date(Date::year(-44)), "-000044");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([7, 1_234, 74_000].map(|n| number(n, "en")), ["7", "1,234", "74,000"]);
    }
}
