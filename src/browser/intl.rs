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
        /// Formatters are slow to make: those that were, by locale and what for. Dates have the numbers 1 to 3, by how
        /// exact they are.
        static FORMATS: RefCell<Vec<(&'static str, usize, Function)>> = const { RefCell::new(Vec::new()) };
    }

    const NUMBERS: usize = 0;

    /// A date as exactly as it is known: "14 March 2019", "March 2019", "2019".
    pub fn date(date: Date, locale: &'static str) -> String {
        let parts = 1 + usize::from(date.month != 0) + usize::from(date.day != 0);
        let time = js_sys::Date::new(&0.0.into());
        let (month, day) = (date.month.max(1) - 1, date.day.max(1));
        time.set_utc_full_year_with_month_date(date.year as u32, month.into(), day.into());
        formatted(&time, locale, parts)
    }

    pub fn number(number: u32, locale: &'static str) -> String {
        formatted(&number.into(), locale, NUMBERS)
    }

    fn formatted(value: &JsValue, locale: &'static str, how: usize) -> String {
        let format = FORMATS.with_borrow_mut(|formats| {
            if let Some((.., format)) = formats.iter().find(|known| (known.0, known.1) == (locale, how)) {
                return format.clone();
            }
            let format = formatter(locale, how);
            formats.push((locale, how, format.clone()));
            format
        });
        let text = format.call1(&JsValue::UNDEFINED, value).ok();
        text.and_then(|text| text.as_string()).unwrap_or_default()
    }

    fn formatter(locale: &str, how: usize) -> Function {
        let locales = Array::of1(&locale.into());
        let options = Object::new();
        if how == NUMBERS {
            return Intl::NumberFormat::new(&locales, &options).format();
        }
        let parts = [("year", "numeric"), ("month", "long"), ("day", "numeric")];
        for (part, form) in parts.into_iter().take(how).chain([("timeZone", "UTC")]) {
            _ = Reflect::set(&options, &part.into(), &form.into());
        }
        Intl::DateTimeFormat::new(&locales, &options).format()
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
