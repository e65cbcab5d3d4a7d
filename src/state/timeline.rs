use engine::search::{Facet, FacetCounts};

/// A stretch of time as bars of equal width, each as high as it has articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Years or months.
    pub facet: Facet,
    pub bars: Vec<Bar>,
}

/// A year, several years or a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The first and the last of its years, or its month twice, as the facet has them: `2019`, `2019-03`.
    pub ends: [String; 2],
    /// The years or months in it that have any articles.
    pub values: Vec<String>,
    pub count: u32,
    /// In percent of the highest; at least 1 where there is any article.
    pub height: u32,
    pub chosen: bool,
}

/// Bars at most, so that on a phone each is wide enough for a finger.
const BARS: u16 = 12;

/// How many years a bar may stand for.
const YEARS: [u16; 8] = [1, 2, 5, 10, 20, 50, 100, 1000];

/// Whether it says something how the articles lie in time: they are of several times, or one of these is chosen.
pub fn are_there(facets: &[FacetCounts]) -> bool {
    let mut times = facets.iter().filter(|counts| matches!(counts.facet, Facet::Year | Facet::Month));
    times.any(|counts| counts.values.len() > 1 || counts.values.iter().any(|time| time.chosen))
}

/// The years from the first to the last, several to a bar if they are many; the years of such a bar where only years of
/// one are chosen; and the months of the year where there is but one, or one is chosen. Times without an article are
/// there too: a gap in the news is news.
pub fn timelines(facets: &[FacetCounts]) -> Vec<Timeline> {
    let of = |facet| facets.iter().find(|counts| counts.facet == facet);
    let Some(years) = of(Facet::Year) else { return Vec::new() };
    let numbers = |chosen: bool| {
        let years = years.values.iter().filter(move |year| year.chosen || !chosen);
        years.filter_map(|year| year.value.parse::<u16>().ok())
    };
    if !are_there(facets) {
        return Vec::new();
    }
    let (Some(first), Some(last)) = (numbers(false).min(), numbers(false).max()) else { return Vec::new() };
    let mut timelines = Vec::new();
    let wide = YEARS.into_iter().find(|wide| last / wide - first / wide < BARS).unwrap_or(1);
    if first != last {
        timelines.push(of_years(years, first, last, wide));
    }
    let (mut chosen, mut to) = (numbers(true).min().unwrap_or(first), numbers(true).max().unwrap_or(last));
    if wide > 1 && chosen / wide == to / wide {
        let start = chosen / wide * wide;
        timelines.push(of_years(years, start, start + wide.min(BARS) - 1, 1));
    }
    if first == last {
        (chosen, to) = (first, last);
    }
    if let (true, Some(months)) = (chosen == to, of(Facet::Month)) {
        let month = |month| padded(chosen, 4) + "-" + &padded(month, 2);
        timelines.push(timeline(months, (1..=12).map(|number| [month(number), month(number)])));
    }
    timelines
}

fn of_years(years: &FacetCounts, first: u16, last: u16, wide: u16) -> Timeline {
    let starts = (first / wide..=last / wide).map(|number| number * wide);
    timeline(years, starts.map(|start| [padded(start, 4), padded(start + wide - 1, 4)]))
}

fn timeline(counts: &FacetCounts, ends: impl Iterator<Item = [String; 2]>) -> Timeline {
    let mut bars = Vec::new();
    for ends in ends {
        // Of equal length, so that they are in order as texts too.
        let within = counts.values.iter().filter(|count| (&ends[0]..=&ends[1]).contains(&&count.value));
        let count = within.clone().map(|count| count.count).sum();
        let values: Vec<_> = within.clone().map(|count| count.value.clone()).collect();
        let chosen = !values.is_empty() && within.clone().all(|count| count.chosen);
        bars.push(Bar { ends, values, count, height: 0, chosen });
    }
    let highest = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    for bar in &mut bars {
        bar.height = (u64::from(bar.count) * 100).div_ceil(u64::from(highest)) as u32;
    }
    Timeline { facet: counts.facet, bars }
}

fn padded(number: u16, digits: usize) -> String {
    let mut text = number.to_string();
    while text.len() < digits {
        text.insert(0, '0');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::search::FacetCount;

    fn counts(facet: Facet, values: &[(&str, u32, bool)]) -> FacetCounts {
        let values = values.iter().map(|(value, count, chosen)| FacetCount {
            value: value.to_string(),
            count: *count,
            chosen: *chosen,
        });
        FacetCounts { facet, values: values.collect() }
    }

    /// The bars with anything in them, one line for each timeline.
    fn shown(facets: &[FacetCounts]) -> Vec<String> {
        let bar = |bar: &Bar| (bar.count > 0 || bar.chosen).then(|| format!("{}:{}", bar.ends[0], bar.height));
        let line = |timeline: &Timeline| {
            let bars: Vec<_> = timeline.bars.iter().filter_map(bar).collect();
            format!("{} {}", timeline.bars.len(), bars.join(" "))
        };
        timelines(facets).iter().map(line).collect()
    }

    #[test]
    fn years_have_their_gaps() {
        let years = counts(Facet::Year, &[("2016", 1, false), ("2019", 200, false), ("2020", 100, false)]);
        assert_eq!(shown(&[years]), ["5 2016:1 2019:100 2020:50"]);
    }

    #[test]
    fn a_single_year_is_shown_by_months() {
        let months = counts(Facet::Month, &[("2019-03", 2, false), ("2019-04", 1, false)]);
        let year = counts(Facet::Year, &[("2019", 3, false)]);
        assert_eq!(shown(&[year.clone(), months.clone()]), ["12 2019-03:100 2019-04:50"]);
        let month = counts(Facet::Month, &[("2019-03", 2, false)]);
        assert_eq!(shown(&[year, month]), [""; 0], "one month tells nothing apart");
        let years = counts(Facet::Year, &[("2018", 1, false), ("2019", 2, true)]);
        assert_eq!(shown(&[years, months.clone()]), ["2 2018:50 2019:100", "12 2019-03:100 2019-04:50"]);
        let years = counts(Facet::Year, &[("2018", 1, true), ("2019", 2, true)]);
        assert_eq!(shown(&[years, months]), ["2 2018:50 2019:100"]);
    }

    #[test]
    fn many_years_share_their_bars_and_can_be_told_apart() {
        let mut years = counts(Facet::Year, &[("1920", 2, false), ("1923", 1, false), ("2004", 90, false)]);
        assert_eq!(shown(&[years.clone()]), ["9 1920:4 2000:100"]);
        let bar = timelines(&[years.clone()])[0].bars[0].clone();
        let dates = ["1920".to_owned(), "1923".into()];
        assert_eq!((bar.ends, &*bar.values, bar.chosen), (["1920".into(), "1929".into()], &dates[..], false));
        years.values[0].chosen = true;
        assert_eq!(shown(&[years.clone()]), ["9 1920:4 2000:100", "10 1920:100 1923:50"]);
        assert!(!timelines(&[years.clone()])[0].bars[0].chosen, "only one of its two years is chosen");
        years.values[1].chosen = true;
        assert!(timelines(&[years])[0].bars[0].chosen);
    }

    #[test]
    fn without_dates_there_is_no_time() {
        assert_eq!(shown(&[]), [""; 0]);
        assert_eq!(shown(&[counts(Facet::Kind, &[("brief", 1, false)])]), [""; 0]);
    }
}
