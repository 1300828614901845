//! What is known of a time: different knowledge, different types.
//!
//! A month is not a day, and a day whose year is not known is not a date. Each variant knows its
//! TIMEX3 value, the days it covers, and how to move by a unit.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use stemma_model::{DateRange, Precision};

use super::lexicon::Holiday;
use super::unit::{Season, Unit};

/// A time as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum When {
    /// One day.
    Day(Date),
    /// The week that starts on this Monday.
    Week(Date),
    /// The weekend that starts on this Saturday.
    Weekend(Date),
    /// A month of a year.
    Month(i16, i8),
    /// A quarter, from 1.
    Quarter(i16, i8),
    /// A quarter, from 1, as a company counts them, with its last day where that is known: the
    /// fiscal year starts in any month.
    Fiscal(i16, i8, Option<Date>),
    /// A half year, from 1.
    Half(i16, i8),
    /// A season; winter belongs to the year it starts in or ends in.
    Season(i16, Season),
    /// A year.
    Year(i16),
    /// Ten years from this one.
    Decade(i16),
    /// A hundred years from this one.
    Century(i16),
    /// From the start of one to the end of the other.
    Range(Box<When>, Box<When>),
    /// Not placed on the calendar: the value says what is known, `XXXX-11-30`.
    Open(String),
}

impl When {
    /// The TIMEX3 value.
    pub fn value(&self) -> String {
        match self {
            Self::Day(date) => iso(*date),
            Self::Week(monday) => week_value(*monday),
            Self::Weekend(saturday) => format!("{}-WE", week_value(*saturday)),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Quarter(year, quarter) | Self::Fiscal(year, quarter, _) => {
                format!("{year:04}-Q{quarter}")
            }
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Season(year, season) => format!("{year:04}-{}", season.letters()),
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(year) => format!("{:03}", year / 10),
            Self::Century(year) => format!("{:02}", year / 100),
            Self::Range(from, to) => format!("{}/{}", from.value(), to.value()),
            Self::Open(value) => value.clone(),
        }
    }

    /// The days it covers, where it is placed.
    pub fn range(&self) -> Option<DateRange> {
        let (from, to) = (self.first()?, self.last()?);
        Some(DateRange { from: Some(from), to: Some(to), precision: self.precision() })
    }

    /// How finely it speaks.
    pub fn precision(&self) -> Precision {
        match self {
            Self::Day(_) => Precision::Day,
            Self::Week(_) | Self::Weekend(_) => Precision::Week,
            Self::Month(..) => Precision::Month,
            Self::Quarter(..) | Self::Fiscal(..) | Self::Season(..) | Self::Half(..) => {
                Precision::Quarter
            }
            Self::Year(_) => Precision::Year,
            Self::Decade(_) | Self::Century(_) => Precision::Decade,
            Self::Range(from, to) if from.precision() == to.precision() => from.precision(),
            Self::Range(..) => Precision::Interval,
            Self::Open(_) => Precision::Unknown,
        }
    }

    /// Its first day.
    pub fn first(&self) -> Option<Date> {
        match *self {
            Self::Day(date) | Self::Week(date) | Self::Weekend(date) => Some(date),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Self::Fiscal(.., last) => last?.checked_sub(3.months()).ok()?.tomorrow().ok(),
            Self::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Self::Season(year, Season::Wi) => Date::new(year - 1, 12, 1).ok(),
            Self::Season(year, season) => Date::new(year, season.first_month(), 1).ok(),
            Self::Year(year) | Self::Decade(year) | Self::Century(year) => {
                Date::new(year, 1, 1).ok()
            }
            Self::Range(ref from, _) => from.first(),
            Self::Open(_) => None,
        }
    }

    /// Its last day.
    pub fn last(&self) -> Option<Date> {
        let first = self.first();
        match *self {
            Self::Day(date) => Some(date),
            Self::Week(monday) => monday.checked_add(6.days()).ok(),
            Self::Weekend(saturday) => saturday.checked_add(1.day()).ok(),
            Self::Month(..) => Some(first?.last_of_month()),
            Self::Quarter(..) => Some(first?.checked_add(2.months()).ok()?.last_of_month()),
            Self::Fiscal(.., last) => last,
            Self::Half(..) => Some(first?.checked_add(5.months()).ok()?.last_of_month()),
            Self::Season(year, Season::Wi) => Some(Date::new(year + 1, 2, 1).ok()?.last_of_month()),
            Self::Season(..) => Some(first?.checked_add(2.months()).ok()?.last_of_month()),
            Self::Year(year) => Date::new(year, 12, 31).ok(),
            Self::Decade(year) => Date::new(year.checked_add(9)?, 12, 31).ok(),
            Self::Century(year) => Date::new(year.checked_add(99)?, 12, 31).ok(),
            Self::Range(_, ref to) => to.last(),
            Self::Open(_) => None,
        }
    }

    /// The whole `unit` that holds its first day.
    pub fn widened(&self, unit: Unit) -> Option<Self> {
        Some(containing(self.first()?, unit))
    }

    /// The stretch of its own kind so many `unit`s away.
    pub fn moved(&self, amount: i32, unit: Unit) -> Option<Self> {
        if let Self::Range(from, to) = self {
            let (from, to) = (from.moved(amount, unit)?, to.moved(amount, unit)?);
            return Some(Self::Range(Box::new(from), Box::new(to)));
        }
        if let (Self::Season(year, season), Unit::Year) = (self, unit) {
            return Some(Self::Season(year.checked_add(i16::try_from(amount).ok()?)?, *season));
        }
        if let (Self::Fiscal(year, n, last), Unit::Year) = (self, unit) {
            let year = year.checked_add(i16::try_from(amount).ok()?)?;
            return Some(Self::Fiscal(year, *n, last.and_then(|last| add(last, amount, unit))));
        }
        let first = add(self.first()?, amount, unit)?;
        Some(match self {
            Self::Day(_) => Self::Day(first),
            Self::Week(_) => containing(first, Unit::Week),
            Self::Weekend(_) => containing(first, Unit::Weekend),
            Self::Month(..) => containing(first, Unit::Month),
            Self::Quarter(..) | Self::Fiscal(..) => containing(first, Unit::Quarter),
            Self::Half(..) => containing(first, Unit::Half),
            Self::Decade(_) => containing(first, Unit::Decade),
            Self::Century(_) => containing(first, Unit::Century),
            _ => containing(first, Unit::Year),
        })
    }
}

/// `date` moved by whole units, where the calendar reaches.
pub(crate) fn add(date: Date, amount: i32, unit: Unit) -> Option<Date> {
    let amount = i64::from(amount);
    let span = jiff::Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Ok(span),
        Unit::Night | Unit::Day => span.try_days(amount),
        Unit::Week | Unit::Weekend => span.try_weeks(amount),
        Unit::Fortnight => span.try_weeks(amount * 2),
        Unit::Month => span.try_months(amount),
        Unit::Quarter | Unit::Season => span.try_months(amount * 3),
        Unit::Half => span.try_months(amount * 6),
        Unit::Year => span.try_years(amount),
        Unit::Decade => span.try_years(amount * 10),
        Unit::Century => span.try_years(amount * 100),
        Unit::Millennium => span.try_years(amount * 1000),
    };
    date.checked_add(span.ok()?).ok()
}

/// The whole `unit` that holds `date`.
pub(crate) fn containing(date: Date, unit: Unit) -> When {
    let (year, month) = (date.year(), date.month());
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Night | Unit::Day => When::Day(date),
        Unit::Week => When::Week(monday(date)),
        Unit::Fortnight => {
            let first = When::Week(monday(date));
            match first.moved(1, Unit::Week) {
                Some(second) => When::Range(Box::new(first), Box::new(second)),
                None => first,
            }
        }
        Unit::Weekend => match add(monday(date), 5, Unit::Day) {
            Some(saturday) => When::Weekend(saturday),
            None => When::Day(date),
        },
        Unit::Month => When::Month(year, month),
        Unit::Quarter => When::Quarter(year, (month + 2) / 3),
        Unit::Half => When::Half(year, if month <= 6 { 1 } else { 2 }),
        Unit::Season => match month {
            3..=5 => When::Season(year, Season::Sp),
            6..=8 => When::Season(year, Season::Su),
            9..=11 => When::Season(year, Season::Fa),
            12 => When::Season(year + 1, Season::Wi),
            _ => When::Season(year, Season::Wi),
        },
        Unit::Year => When::Year(year),
        Unit::Decade => When::Decade(year.div_euclid(10) * 10),
        Unit::Century | Unit::Millennium => When::Century(year.div_euclid(100) * 100),
    }
}

/// The Monday of the week that holds `date`.
pub(crate) fn monday(date: Date) -> Date {
    let back = i32::from(date.weekday().to_monday_zero_offset());
    add(date, -back, Unit::Day).unwrap_or(date)
}

/// Such a weekday, from 1 for Monday, of the week that starts on `monday`.
pub(crate) fn weekday_of(monday: Date, weekday: i8) -> Option<Date> {
    add(monday, i32::from(weekday) - 1, Unit::Day)
}

/// The day a holiday falls on in `year`.
pub(crate) fn holiday(rule: Holiday, year: i16) -> Option<Date> {
    match rule {
        Holiday::Fixed(month, day) => Date::new(year, month, day).ok(),
        Holiday::Weekday(month, weekday, from) => {
            let start = Date::new(year, month, from).ok()?;
            let ahead = (weekday - start.weekday().to_monday_one_offset()).rem_euclid(7);
            add(start, i32::from(ahead), Unit::Day)
        }
        Holiday::Easter(days) => add(easter(year)?, days, Unit::Day),
    }
}

/// Easter Sunday by the anonymous Gregorian computus (Meeus, *Astronomical Algorithms*, 1991).
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let a = year_number % 19;
    let (b, c) = (year_number / 100, year_number % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The n-th such weekday from `first` on; the last up to `last` for 0.
pub(crate) fn nth_weekday(n: i8, weekday: i8, first: Date, last: Date) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(weekday).ok()?;
    let found = match n {
        0 => {
            let back = (last.weekday().to_monday_zero_offset() - wanted.to_monday_zero_offset())
                .rem_euclid(7);
            add(last, -i32::from(back), Unit::Day)?
        }
        n => {
            let ahead = (wanted.to_monday_zero_offset() - first.weekday().to_monday_zero_offset())
                .rem_euclid(7);
            add(first, i32::from(ahead) + 7 * (i32::from(n) - 1), Unit::Day)?
        }
    };
    (found >= first && found <= last).then_some(found)
}

fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// The ISO week: `1998-W09`.
fn week_value(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn values_and_days_agree() {
        let check = |when: When, value: &str, from: Date, to: Date| {
            assert_eq!(when.value(), value);
            assert_eq!((when.first(), when.last()), (Some(from), Some(to)));
        };
        check(When::Quarter(1989, 3), "1989-Q3", date(1989, 7, 1), date(1989, 9, 30));
        check(
            containing(date(1998, 3, 1), Unit::Week),
            "1998-W09",
            date(1998, 2, 23),
            date(1998, 3, 1),
        );
        check(
            containing(date(1989, 10, 26), Unit::Weekend),
            "1989-W43-WE",
            date(1989, 10, 28),
            date(1989, 10, 29),
        );
        check(When::Decade(1980), "198", date(1980, 1, 1), date(1989, 12, 31));
        check(When::Season(1998, Season::Su), "1998-SU", date(1998, 6, 1), date(1998, 8, 31));
    }

    #[test]
    fn holidays_fall_where_they_do() {
        assert_eq!(holiday(Holiday::Easter(0), 2000), Some(date(2000, 4, 23)));
        assert_eq!(holiday(Holiday::Weekday(11, 4, 22), 1999), Some(date(1999, 11, 25)));
        assert_eq!(
            nth_weekday(1, 5, date(2016, 11, 1), date(2016, 11, 30)),
            Some(date(2016, 11, 4))
        );
        assert_eq!(nth_weekday(0, 1, date(2016, 5, 1), date(2016, 5, 31)), Some(date(2016, 5, 30)));
        assert_eq!(nth_weekday(5, 1, date(2016, 11, 1), date(2016, 11, 30)), None);
    }
}
