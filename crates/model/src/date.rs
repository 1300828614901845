//! When: what is known of a date, and from what.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Reason, Span};

/// A stretch of days, inclusive; a missing bound is unknown, not infinite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DateRange {
    /// The first possible day.
    pub from: Option<Date>,
    /// The last possible day.
    pub to: Option<Date>,
    /// How finely the source speaks.
    pub precision: Precision,
}

impl DateRange {
    /// One day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self { from: Some(date), to: Some(date), precision: Precision::Day }
    }

    /// Nothing known.
    #[must_use]
    pub fn unknown() -> Self {
        Self { from: None, to: None, precision: Precision::Unknown }
    }

    /// The day that lists are ordered by: the first, where the last is known too. "2008 or later"
    /// is no day.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        self.to.and(self.from)
    }

    /// Whether the two can be the same time; what is unknown is compatible with all.
    #[must_use]
    pub fn compatible(self, other: Self) -> bool {
        let before =
            |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.to, other.from) && !before(other.to, self.from)
    }
}

/// How finely a source speaks of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the day or finer.
    Day,
    /// To the week.
    Week,
    /// To the month.
    Month,
    /// To the quarter or season.
    Quarter,
    /// To the year.
    Year,
    /// To the decade or longer.
    Decade,
    /// An interval argued from several statements.
    Interval,
    /// Not known.
    Unknown,
}

/// A date with where it is known from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dated {
    /// The date or interval.
    pub range: DateRange,
    /// What it rests on.
    pub basis: Basis,
    /// The words that say so.
    pub evidence: Vec<Span>,
    /// How it was argued.
    pub reason: Reason,
}

/// What a document's date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The carrier says so.
    Metadata,
    /// The line the report opens with.
    Dateline,
    /// Argued from the text.
    Text,
    /// Nothing says so.
    None,
}

/// A time expression, after TIMEX3 (ISO-TimeML, ISO 24617-1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timex {
    /// Its place.
    pub span: Span,
    /// Its type.
    pub kind: TimexType,
    /// The TIMEX3 value; `XXXX-11-30` where the year is not known.
    pub value: String,
    /// The days it stands for, as far as known.
    pub range: Option<DateRange>,
    /// What it was reckoned from.
    pub anchor: Anchor,
    /// How it was resolved.
    pub reason: Reason,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexType {
    /// A calendar date or part of it.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// What a time expression was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// Nothing: it says all itself.
    Absolute,
    /// The publication date.
    Published,
    /// The dateline.
    Dateline,
    /// An earlier expression, at this place.
    Expression(Span),
    /// It needs an anchor and there is none.
    Missing,
}
