//! Dates and numbers as the browser writes them in a language.
//!
//! Where there is no browser, when pages are made at build time and in tests, ICU4X does the same with the same data.

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
    use std::any::Any;
    use std::cell::RefCell;
    use std::rc::Rc;

    use engine::article::Date;
    use icu_calendar::{Date as Day, Gregorian};
    use icu_datetime::FixedCalendarDateTimeFormatter as Dates;
    use icu_datetime::fieldsets::{Y, YM, YMD};
    use icu_datetime::options::YearStyle;
    use icu_decimal::DecimalFormatter as Numbers;
    use icu_experimental::displaynames::multi::LocaleDisplayNamesFormatter as Names;
    use icu_locale_core::Locale;

    thread_local! {
        /// Formatters are slow to make: those that were, by locale.
        static FORMATS: RefCell<Vec<(String, Rc<dyn Any>)>> = const { RefCell::new(Vec::new()) };
    }

    /// A date as exactly as it is known: "14 March 2019", "March 2019", "2019".
    pub fn date(date: Date, locale: &'static str) -> String {
        let day = Day::try_new_gregorian(date.year.into(), date.month.max(1), date.day.max(1));
        let Ok(day) = day else { return super::machine_date(date) };
        let style = YearStyle::NoEra;
        match (date.month, date.day) {
            (0, _) => {
                let make = |locale: Locale| Dates::try_new(locale.into(), Y::long().with_year_style(style)).ok();
                with(locale, make, |dates: &Dates<Gregorian, Y>| dates.format(&day).to_string())
            }
            (_, 0) => {
                let make = |locale: Locale| Dates::try_new(locale.into(), YM::long().with_year_style(style)).ok();
                with(locale, make, |dates: &Dates<Gregorian, YM>| dates.format(&day).to_string())
            }
            _ => {
                let make = |locale: Locale| Dates::try_new(locale.into(), YMD::long().with_year_style(style)).ok();
                with(locale, make, |dates: &Dates<Gregorian, YMD>| dates.format(&day).to_string())
            }
        }
    }

    /// A language by its name.
    pub fn language(tag: &str, locale: &str) -> String {
        let Ok(language) = tag.parse::<Locale>() else { return tag.to_owned() };
        let make = |locale: Locale| Names::try_new(locale.into(), Default::default()).ok();
        with(locale, make, |names: &Names| names.of(&language).into_owned())
    }

    pub fn number(number: u32, locale: &str) -> String {
        let make = |locale: Locale| Numbers::try_new(locale.into(), Default::default()).ok();
        with(locale, make, |numbers: &Numbers| numbers.format(&number.into()).to_string())
    }

    fn with<F: 'static>(
        locale: &str,
        make: impl FnOnce(Locale) -> Option<F>,
        write: impl FnOnce(&F) -> String,
    ) -> String {
        FORMATS.with_borrow_mut(|formats| {
            let mut known = formats.iter().filter(|(known, _)| known == locale);
            if let Some(format) = known.find_map(|(_, format)| format.downcast_ref::<F>()) {
                return write(format);
            }
            let format =
                Rc::new(locale.parse().ok().and_then(make).expect("every language of the page is known to CLDR"));
            formats.push((locale.to_owned(), format.clone()));
            write(&format)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let check = |date: Date, shown: &str, machine: &str| {
            assert_eq!((&*super::date(date, "en-GB"), &*machine_date(date)), (shown, machine));
        };
        check(Date::day(2019, 3, 14).unwrap(), "14 March 2019", "2019-03-14");
        check(Date::month(2019, 12).unwrap(), "December 2019", "2019-12");
        check(Date::year(987), "987", "0987");
        assert_eq!(machine_date(Date::year(-44)), "-000044");
    }

    #[test]
    fn what_is_written_is_of_the_language() {
        let day = Date::day(2019, 3, 14).unwrap();
        let check = |locale: &'static str, written: [&str; 4]| {
            let month = date(Date::month(2019, 12).unwrap(), locale);
            assert_eq!([date(day, locale), month, number(74_000, locale), language("en-GB", locale)], written);
        };
        check("en-GB", ["14 March 2019", "December 2019", "74,000", "British English"]);
        check("de", ["14. März 2019", "Dezember 2019", "74.000", "Englisch (Vereinigtes Königreich)"]);
        check("fr", ["14 mars 2019", "décembre 2019", "74\u{202f}000", "anglais britannique"]);
        check("es", ["14 de marzo de 2019", "diciembre de 2019", "74.000", "inglés británico"]);
        assert_eq!(language("no language", "en-GB"), "no language");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([7, 1_234, 74_000].map(|n| number(n, "en")), ["7", "1,234", "74,000"]);
    }
}
