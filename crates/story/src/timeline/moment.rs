//! When, as far as one document tells: a stretch of days, or a month and day of no certain year.

use jiff::civil::Date;
use stemma_model::{DateRange, Precision, Timex, TimexType};

/// A time that can be compared across documents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Moment {
    /// Days of the calendar.
    Placed(DateRange),
    /// A month, perhaps with first and last day, whose year is not told; and the days it must lie
    /// in, where something bounds it.
    Yearless { month: i8, days: Option<(i8, i8)>, bounds: Option<DateRange> },
}

impl Moment {
    /// The time that an expression gives, if it is finer than a decade and knows its month or year.
    pub fn of(timex: &Timex) -> Option<Self> {
        if timex.kind == TimexType::Set {
            return None;
        }
        if let Some((month, days)) = yearless(&timex.value) {
            return Some(Self::Yearless { month, days, bounds: timex.range });
        }
        let range = timex.range.filter(|range| range.from.is_some() && range.to.is_some())?;
        matches!(
            range.precision,
            Precision::Day | Precision::Week | Precision::Month | Precision::Quarter | Precision::Year
        )
        .then_some(Self::Placed(range))
    }

    /// How finely it tells.
    pub fn precision(self) -> Precision {
        match self {
            Self::Placed(range) => range.precision,
            Self::Yearless { days: Some(_), .. } => Precision::Day,
            Self::Yearless { .. } => Precision::Month,
        }
    }

    /// Its days, unknown without a year.
    pub fn range(self) -> DateRange {
        match self {
            Self::Placed(range) => range,
            Self::Yearless { .. } => DateRange::unknown(),
        }
    }

    /// Its month and days as a TIMEX3 value without the year.
    pub fn value(self) -> String {
        match self {
            Self::Placed(range) => range.from.map(|from| from.to_string()).unwrap_or_default(),
            Self::Yearless { month, days: Some((first, last)), .. } if first == last => {
                format!("XXXX-{month:02}-{first:02}")
            }
            Self::Yearless { month, days: Some((first, last)), .. } => {
                format!("XXXX-{month:02}-{first:02}/{last:02}")
            }
            Self::Yearless { month, days: None, .. } => format!("XXXX-{month:02}"),
        }
    }

    /// The months of the year it touches, for finding partners; 0 where it spans more than half a
    /// year.
    pub fn months(self) -> Vec<i8> {
        match self {
            Self::Yearless { month, .. } => vec![month],
            Self::Placed(DateRange { from: Some(from), to: Some(to), .. }) => {
                let count = (i32::from(to.year()) - i32::from(from.year())) * 12
                    + i32::from(to.month() - from.month());
                if count > 6 {
                    return vec![0];
                }
                (0..=count).map(|step| ((i32::from(from.month()) - 1 + step) % 12 + 1) as i8).collect()
            }
            Self::Placed(_) => Vec::new(),
        }
    }

    /// Whether the two can be one time.
    pub fn agrees(self, other: Self) -> bool {
        match (self, other) {
            (Self::Placed(a), Self::Placed(b)) => a.compatible(b),
            (Self::Placed(range), yearless) | (yearless, Self::Placed(range)) => {
                yearless.in_year_of(range).is_some_and(|moment| moment.range().compatible(range))
            }
            (
                Self::Yearless { month: a, days: d, .. },
                Self::Yearless { month: b, days: e, .. },
            ) => {
                let overlap = |(first, last): (i8, i8), (start, end): (i8, i8)| first <= end && start <= last;
                a == b && d.zip(e).is_none_or(|(d, e)| overlap(d, e))
            }
        }
    }

    /// The finer of two that agree, with the year of whichever has one.
    pub fn narrowed(self, other: Self) -> Self {
        let (fine, coarse) = if self.precision() <= other.precision() { (self, other) } else { (other, self) };
        match (fine, coarse) {
            (Self::Yearless { .. }, Self::Placed(range)) => fine.in_year_of(range).unwrap_or(coarse),
            _ => fine,
        }
    }

    /// This month or day in the years of `range`: the one that overlaps it and keeps the bounds.
    pub fn in_year_of(self, range: DateRange) -> Option<Self> {
        let (from, to) = (range.from?, range.to?);
        (from.year()..=to.year()).filter_map(|year| self.in_year(year)).find(|moment| {
            moment.range().compatible(range)
        })
    }

    /// This month or day in one year, if nothing forbids it.
    pub fn in_year(self, year: i16) -> Option<Self> {
        let Self::Yearless { month, days, bounds } = self else { return Some(self) };
        let first = Date::new(year, month, days.map_or(1, |days| days.0)).ok()?;
        let last = match days {
            Some((_, last)) => Date::new(year, month, last).ok()?,
            None => first.last_of_month(),
        };
        let precision = if days.is_some() { Precision::Day } else { Precision::Month };
        let range = DateRange { from: Some(first), to: Some(last), precision };
        bounds.is_none_or(|bounds| bounds.compatible(range)).then_some(Self::Placed(range))
    }
}

/// Month and days of a value like `XXXX-09`, `XXXX-09-30` or `XXXX-07-09/XXXX-07-11`.
fn yearless(value: &str) -> Option<(i8, Option<(i8, i8)>)> {
    let rest = value.strip_prefix("XXXX-")?;
    let (first, last) = rest.split_once("/XXXX-").unwrap_or((rest, rest));
    let read = |part: &str| {
        let date = part.split('T').next().unwrap_or(part);
        let (month, day) = match date.split_once('-') {
            Some((month, day)) => (month, Some(day.parse::<i8>().ok()?)),
            None => (date, None),
        };
        Some((month.parse::<i8>().ok()?, day))
    };
    let ((month, day), (last_month, last_day)) = (read(first)?, read(last)?);
    let days = day.zip(last_day).filter(|_| month == last_month);
    (1..=12).contains(&month).then_some((month, days))
}
