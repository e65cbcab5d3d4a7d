use engine::search::{Facet, FacetCounts};

/// A stretch of time as bars of equal width, each as high as it has articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Years or months.
    pub facet: Facet,
    pub bars: Vec<Bar>,
}

/// A year or a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// As the facet has it: `2019`, `2019-03`.
    pub value: String,
    pub count: u32,
    /// In percent of the highest; at least 1 where there is any article.
    pub height: u32,
    pub chosen: bool,
}

/// The years from the first to the last, if there are several, and the months of the year where there is but one, or one
/// is chosen. Times without an article are there too: a gap in the news is news.
pub fn timelines(facets: &[FacetCounts]) -> Vec<Timeline> {
    let of = |facet| facets.iter().find(|counts| counts.facet == facet);
    let Some(years) = of(Facet::Year) else { return Vec::new() };
    let number = |value: &str| value.parse::<u16>().ok();
    let numbers = || years.values.iter().filter_map(|year| number(&year.value));
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else { return Vec::new() };
    let mut timelines = Vec::new();
    if first != last {
        let all = (first..=last).map(|year| padded(year, 4));
        timelines.push(timeline(years, all));
    }
    let mut chosen = years.values.iter().filter(|year| year.chosen).filter_map(|year| number(&year.value));
    let year = if first == last { Some(first) } else { chosen.next().filter(|_| chosen.next().is_none()) };
    if let (Some(year), Some(months)) = (year, of(Facet::Month)) {
        let all = (1..=12).map(|month| padded(year, 4) + "-" + &padded(month, 2));
        timelines.push(timeline(months, all));
    }
    timelines
}

fn timeline(counts: &FacetCounts, values: impl Iterator<Item = String>) -> Timeline {
    let highest = counts.values.iter().map(|value| value.count).max().unwrap_or(0).max(1);
    let bars = values.map(|value| {
        let known = counts.values.iter().find(|count| count.value == value);
        let count = known.map_or(0, |known| known.count);
        let height = (u64::from(count) * 100).div_ceil(u64::from(highest)) as u32;
        Bar { count, height: height.min(100), chosen: known.is_some_and(|known| known.chosen), value }
    });
    Timeline { facet: counts.facet, bars: bars.collect() }
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
        let bar = |bar: &Bar| (bar.count > 0 || bar.chosen).then(|| format!("{}:{}", bar.value, bar.height));
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
        let months = counts(Facet::Month, &[("2019-03", 2, false)]);
        assert_eq!(shown(&[counts(Facet::Year, &[("2019", 2, false)]), months.clone()]), ["12 2019-03:100"]);
        let years = counts(Facet::Year, &[("2018", 1, false), ("2019", 2, true)]);
        assert_eq!(shown(&[years, months.clone()]), ["2 2018:50 2019:100", "12 2019-03:100"]);
        let years = counts(Facet::Year, &[("2018", 1, true), ("2019", 2, true)]);
        assert_eq!(shown(&[years, months]), ["2 2018:50 2019:100"]);
    }

    #[test]
    fn without_dates_there_is_no_time() {
        assert_eq!(shown(&[]), [""; 0]);
        assert_eq!(shown(&[counts(Facet::Kind, &[("brief", 1, false)])]), [""; 0]);
    }
}
