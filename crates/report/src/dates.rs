//! Dates in words and in ISO 8601.

use jiff::civil::Date;
use stemma_model::{Basis, DateRange, Dated, Precision};

/// A range in ISO 8601: a day, `2024-06`, `2024`, or an interval with `..` for an unknown bound.
pub(crate) fn iso(range: DateRange) -> Option<String> {
    let bound = |date: Option<Date>| date.map_or_else(|| "..".to_owned(), |date| date.to_string());
    match (range.from, range.to) {
        (None, None) => None,
        (Some(from), Some(to)) if from == to => Some(from.to_string()),
        (Some(from), Some(to)) if whole_month(from, to) => Some(from.strftime("%Y-%m").to_string()),
        (Some(from), Some(to)) if whole_year(from, to) => Some(from.strftime("%Y").to_string()),
        (from, to) => Some(format!("{}/{}", bound(from), bound(to))),
    }
}

/// A range as a reader says it: `17 June 2024`, `June 2024`, `3–9 May 2023`, `after 3 May 2023`.
pub(crate) fn words(range: DateRange) -> String {
    match (range.from, range.to) {
        (None, None) => "undated".to_owned(),
        (Some(from), Some(to)) if from == to => day(from),
        (Some(from), Some(to)) if whole_month(from, to) => from.strftime("%B %Y").to_string(),
        (Some(from), Some(to)) if whole_year(from, to) => from.strftime("%Y").to_string(),
        (Some(from), Some(to)) if range.precision == Precision::Decade => {
            format!("{} to {}", from.strftime("%Y"), to.strftime("%Y"))
        }
        (Some(from), Some(to)) if same_month(from, to) => format!("{}–{}", from.day(), day(to)),
        (Some(from), Some(to)) if from.year() == to.year() => {
            format!("{} to {}", from.strftime("%-d %B"), day(to))
        }
        (Some(from), Some(to)) => format!("{} to {}", day(from), day(to)),
        (Some(from), None) => format!("{} or later", day(from)),
        (None, Some(to)) => format!("by {}", day(to)),
    }
}

/// What a document's date rests on, as a reader says it.
pub(crate) fn basis(dated: &Dated) -> &'static str {
    let bounded = dated.range.from.or(dated.range.to).is_some();
    match dated.basis {
        Basis::Metadata => "as its carrier gives it",
        Basis::Dateline => "from its dateline",
        Basis::Text if bounded => "argued from its text",
        Basis::Text => "its text bounds it by no date",
        Basis::None => "nothing dates it",
    }
}

/// `17 June 2024`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn same_month(from: Date, to: Date) -> bool {
    (from.year(), from.month()) == (to.year(), to.month())
}

fn whole_month(from: Date, to: Date) -> bool {
    same_month(from, to) && from == from.first_of_month() && to == to.last_of_month()
}

fn whole_year(from: Date, to: Date) -> bool {
    from.year() == to.year() && from == from.first_of_year() && to == to.last_of_year()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, in_iso: Option<&str>, in_words: &str) {
        let bound = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        let range = DateRange { from: bound(from), to: bound(to), precision: Precision::Interval };
        assert_eq!(iso(range).as_deref(), in_iso);
        assert_eq!(words(range), in_words);
    }

    #[test]
    fn ranges_read_as_a_reader_says_them() {
        check("", "", None, "undated");
        check("2024-06-17", "2024-06-17", Some("2024-06-17"), "17 June 2024");
        check("2024-02-01", "2024-02-29", Some("2024-02"), "February 2024");
        check("2024-01-01", "2024-12-31", Some("2024"), "2024");
        check("2023-05-03", "2023-05-09", Some("2023-05-03/2023-05-09"), "3–9 May 2023");
        check("2023-04-20", "", Some("2023-04-20/.."), "20 April 2023 or later");
        check("", "2023-04-20", Some("../2023-04-20"), "by 20 April 2023");
        check("2023-04-20", "2023-06-01", Some("2023-04-20/2023-06-01"), "20 April to 1 June 2023");
        check(
            "2022-11-29",
            "2023-06-01",
            Some("2022-11-29/2023-06-01"),
            "29 November 2022 to 1 June 2023",
        );
    }
}
