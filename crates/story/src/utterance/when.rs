//! When something can have been said.

use stemma_model::{DateRange, Precision};

/// What a report tells of when a quotation was said.
#[derive(Clone, Copy)]
pub(super) struct When {
    /// As the report dates the occasion.
    pub(super) stated: Option<DateRange>,
    /// When the report appeared.
    pub(super) published: DateRange,
}

impl When {
    /// What it can have been at most: the stated days; else any day up to publication.
    fn range(self) -> DateRange {
        self.stated.unwrap_or(DateRange {
            from: None,
            to: self.published.to,
            precision: Precision::Interval,
        })
    }

    /// Why two cannot be one occasion, if they cannot: stated days that exclude each other, or one
    /// stated after the other had appeared.
    pub(super) fn conflict(self, other: Self) -> Option<String> {
        if self.stated.is_none() && other.stated.is_none() {
            return None;
        }
        let (a, b) = (self.range(), other.range());
        (!a.compatible(b)).then(|| format!("{} and {} exclude each other", days(a), days(b)))
    }
}

fn days(range: DateRange) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "an unknown day".to_owned(),
    }
}

/// When the utterance was made: what all its reports allow; for a statement made more than once,
/// from the first to the last.
pub(super) fn said(whens: impl Iterator<Item = When>, recurring: bool) -> DateRange {
    let ranges = whens.map(When::range);
    let joined = if recurring { ranges.reduce(hull) } else { ranges.reduce(common) };
    match joined {
        Some(range) if range.from.is_some() || range.to.is_some() => range,
        _ => DateRange::unknown(),
    }
}

fn common(a: DateRange, b: DateRange) -> DateRange {
    let from = a.from.max(b.from);
    let to = match (a.to, b.to) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    DateRange { from, to, precision: precision(from == to, a, b) }
}

fn hull(a: DateRange, b: DateRange) -> DateRange {
    let from = a.from.zip(b.from).map(|(a, b)| a.min(b));
    let to = a.to.zip(b.to).map(|(a, b)| a.max(b));
    DateRange { from, to, precision: precision(from.is_some() && from == to, a, b) }
}

fn precision(one_day: bool, a: DateRange, b: DateRange) -> Precision {
    if one_day {
        Precision::Day
    } else if (a.from, a.to) == (b.from, b.to) {
        a.precision.min(b.precision)
    } else {
        Precision::Interval
    }
}
