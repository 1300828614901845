//! What an expression says, before it is known from where it is reckoned.

use super::lexicon::Holiday;
use super::unit::{Part, Season, Unit};

/// What a recognised expression says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// A date or a stretch of the calendar.
    Date(Say),
    /// A time of day, of a day.
    Clock(Clock, Option<Say>),
    /// From one time of day to another, of a day.
    Hours(Clock, Clock, Option<Say>),
    /// A part of a day.
    Part(Part, Option<Say>),
    /// How long.
    Length(Length, Placed),
    /// How often: the TIMEX3 value.
    Often(String),
    /// A value that is always the same: `PAST_REF`.
    Vague(&'static str),
}

/// A way to say a date.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Say {
    /// Days from the day of writing: `yesterday`.
    Day(i32),
    /// A month, perhaps with the day and its weekday.
    Calendar { year: Year, month: i8, day: Option<i8>, weekday: Option<i8> },
    /// A day of a month that the context gives: `the 25th`.
    DayOfMonth { day: i8, weekday: Option<i8>, which: Which },
    /// A calendar year.
    Year(i16),
    /// The ten years from this one.
    Decade(i16),
    /// The hundred years from this one.
    Century(i16),
    /// A quarter, numbered or not.
    Quarter(Option<i8>, Year),
    /// A quarter as a company counts them, perhaps with the day it ends: `the fourth quarter`
    /// with `ended Aug. 26` behind it.
    FiscalQuarter { n: i8, year: Year, last: Option<Box<Say>> },
    /// The quarter that ends with a date: `the quarter ended July 31`.
    QuarterEnding(Box<Say>),
    /// The stretch that is reported on, in a year: `the 1988 period`.
    Period(Year),
    /// A half year.
    Half(i8, Year),
    /// A season.
    Season(Season, Year),
    /// A weekday.
    Weekday(i8, Which),
    /// A weekday of a week.
    WeekdayOf(i8, Which),
    /// The n-th such weekday of a month; the last for 0.
    NthWeekday { n: i8, weekday: i8, of: Box<Say> },
    /// A whole unit: `last week`.
    Unit(Unit, Which),
    /// A stretch away from another date.
    Shift { length: Length, sign: i8, from: From },
    /// A holiday.
    Holiday(Holiday, Year),
    /// The week that holds a date.
    WeekOf(Box<Say>),
    /// From one to the other, inclusive.
    Range(Box<Say>, Box<Say>),
    /// A day of a month that is said: `the 20th of next month`.
    DayOf(i8, Box<Say>),
    /// A week of a year by its number.
    WeekNumber(i8, Year),
    /// So many units from the n-th on of a stretch, the last for 0: `the last three weeks of 2019`.
    Nth { n: i8, count: i8, unit: Unit, of: Box<Say> },
    /// From today to the end of the unit: `the rest of the week`.
    Rest(Unit),
    /// A length from a date on: `three days starting next Monday`.
    Spanning(Length, Box<Say>),
    /// The weekday of the week that holds a date: `Monday, two weeks from now`.
    DayInWeek(i8, Box<Say>),
    /// The comparable stretch a year before the one spoken of: `the year-earlier quarter`.
    YearEarlier(Option<Unit>),
    /// A year before the year that the sentence speaks of, else as [`Say::YearEarlier`]: `in 1988
    /// they rose from a year earlier`.
    YearBefore,
}

/// Which year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    /// This one.
    Given(i16),
    /// By its place from the year of writing.
    Relative(Which),
    /// The context decides.
    Open,
}

/// Which of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// Not said.
    Bare,
    /// The current.
    This,
    /// The one before the current.
    Last,
    /// The one after the current.
    Next,
    /// The one after that: `the week after next`.
    AfterNext,
    /// The one before the last: `the week before last`.
    BeforeLast,
    /// The one spoken of: `that day`.
    Same,
    /// The one before the one spoken of: `the previous year`.
    Previous,
    /// The one after the one spoken of: `the following year`.
    Following,
}

impl Which {
    /// How many steps from the current or the one spoken of.
    pub fn steps(self) -> i32 {
        match self {
            Self::Bare | Self::This | Self::Same => 0,
            Self::Last | Self::Previous => -1,
            Self::Next | Self::Following => 1,
            Self::AfterNext => 2,
            Self::BeforeLast => -2,
        }
    }

    /// Whether it is reckoned from the one spoken of.
    pub fn is_anaphoric(self) -> bool {
        matches!(self, Self::Same | Self::Previous | Self::Following)
    }
}

/// From where a shift is reckoned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum From {
    /// The day of writing.
    Writing,
    /// This date.
    Date(Box<Say>),
    /// What was spoken of, where it lies in one of the unit that is moved by; else the writing.
    Spoken,
}

/// How a length lies in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    /// Nothing said.
    Nowhere,
    /// Up to the day of writing.
    Past,
    /// From the day of writing.
    Future,
    /// So long after what was spoken of: `three days later`.
    Later,
    /// So long before it.
    Earlier,
    /// Inside so long from the day of writing: `within two weeks`.
    Inside,
    /// After `in`: from the day of writing, if the clause looks forward.
    Within,
}

/// A length of time: amounts of units, `None` for an amount not given (`several`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Length(pub Vec<(Option<f64>, Unit)>);

impl Length {
    /// One amount of one unit.
    pub fn of(amount: Option<f64>, unit: Unit) -> Self {
        Self(vec![(amount, unit)])
    }

    /// The longest unit in it.
    pub fn unit(&self) -> Unit {
        self.0.iter().map(|part| part.1).max().unwrap_or(Unit::Day)
    }

    /// The shortest unit in it.
    pub fn finest(&self) -> Unit {
        self.0.iter().map(|part| part.1).min().unwrap_or(Unit::Day)
    }

    /// The TIMEX3 value: `P3D`, `PT1H30M`, `PXY`.
    pub fn value(&self) -> String {
        let mut value = "P".to_owned();
        let mut in_time = false;
        for (amount, unit) in self.normal() {
            let (amount, unit) = in_years(amount, unit);
            let (clock, letter) = unit.letter();
            if clock && !in_time {
                value.push('T');
                in_time = true;
            }
            match amount {
                Some(amount) => value += &number(amount * unit.scaled()),
                None => value.push('X'),
            }
            value += letter;
        }
        value
    }

    /// With half and other parts of hours and years as minutes and months, where they come even.
    fn normal(&self) -> Vec<(Option<f64>, Unit)> {
        let mut parts: Vec<(Option<f64>, Unit)> = Vec::new();
        for &(amount, unit) in &self.0 {
            let (smaller, per) = match unit {
                Unit::Year => (Unit::Month, 12.0),
                Unit::Day => (Unit::Hour, 24.0),
                Unit::Hour => (Unit::Minute, 60.0),
                Unit::Minute => (Unit::Second, 60.0),
                _ => {
                    parts.push((amount, unit));
                    continue;
                }
            };
            let whole = amount.map(f64::trunc);
            let rest = amount.map_or(0.0, |amount| amount.fract() * per);
            if rest == 0.0 || rest.fract() != 0.0 {
                parts.push((amount, unit));
                continue;
            }
            if whole != Some(0.0) {
                parts.push((whole, unit));
            }
            parts.push((Some(rest), smaller));
        }
        parts
    }
}

/// Decades and centuries of a known number count in years.
fn in_years(amount: Option<f64>, unit: Unit) -> (Option<f64>, Unit) {
    match (amount, unit) {
        (Some(amount), Unit::Decade) => (Some(amount * 10.0), Unit::Year),
        (Some(amount), Unit::Century) => (Some(amount * 100.0), Unit::Year),
        (Some(amount), Unit::Millennium) => (Some(amount * 1000.0), Unit::Year),
        other => other,
    }
}

/// A number without a needless fraction.
fn number(amount: f64) -> String {
    let text = format!("{amount:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// 0 to 24.
    pub hour: u8,
    /// 0 to 59, where given.
    pub minute: Option<u8>,
    /// 0 to 59, where given.
    pub second: Option<u8>,
}

impl Clock {
    /// `17:30`, after `T`.
    pub fn value(self) -> String {
        let mut value = format!("T{:02}", self.hour);
        for part in [self.minute, self.second].into_iter().flatten() {
            value += &format!(":{part:02}");
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_timex_values() {
        let check = |parts: &[(Option<f64>, Unit)], value| {
            assert_eq!(Length(parts.to_vec()).value(), value);
        };
        check(&[(Some(5.5), Unit::Hour)], "PT5H30M");
        check(&[(Some(0.5), Unit::Hour)], "PT30M");
        check(&[(Some(1.0), Unit::Day), (Some(5.0), Unit::Hour)], "P1DT5H");
        check(&[(None, Unit::Year)], "PXY");
        check(&[(Some(2.5), Unit::Year)], "P2Y6M");
        check(&[(Some(2.0), Unit::Fortnight)], "P4W");
        check(&[(Some(1.0), Unit::Half)], "P6M");
    }
}
