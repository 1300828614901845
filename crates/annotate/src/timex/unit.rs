//! Units of time, seasons and parts of the day, with their letters in TIMEX3 values.

use serde::Deserialize;

/// A unit of time, shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Night,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The letter, and whether a `T` stands before it. Fortnights count as weeks, halves and
    /// quarters as months where they are counted: see [`Self::scaled`].
    pub fn letter(self) -> (bool, &'static str) {
        match self {
            Self::Second => (true, "S"),
            Self::Minute => (true, "M"),
            Self::Hour => (true, "H"),
            Self::Night | Self::Day => (false, "D"),
            Self::Weekend => (false, "WE"),
            Self::Week | Self::Fortnight => (false, "W"),
            Self::Month | Self::Half => (false, "M"),
            Self::Quarter => (false, "Q"),
            Self::Season => (false, "S"),
            Self::Year => (false, "Y"),
            Self::Decade => (false, "E"),
            Self::Century => (false, "C"),
            Self::Millennium => (false, "L"),
        }
    }

    /// How many of the unit that the letter stands for make one of this.
    pub fn scaled(self) -> f64 {
        match self {
            Self::Fortnight => 2.0,
            Self::Half => 6.0,
            _ => 1.0,
        }
    }
}

/// A season, by the letters of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Season {
    /// Spring.
    Sp,
    /// Summer.
    Su,
    /// Autumn.
    Fa,
    /// Winter.
    Wi,
}

impl Season {
    pub fn letters(self) -> &'static str {
        match self {
            Self::Sp => "SP",
            Self::Su => "SU",
            Self::Fa => "FA",
            Self::Wi => "WI",
        }
    }

    /// The first month, by the meteorological calendar of the northern hemisphere.
    pub fn first_month(self) -> i8 {
        match self {
            Self::Sp => 3,
            Self::Su => 6,
            Self::Fa => 9,
            Self::Wi => 12,
        }
    }
}

/// A part of the day, by the letters of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Part {
    /// Morning.
    Mo,
    /// Midday.
    Mi,
    /// Afternoon.
    Af,
    /// Evening.
    Ev,
    /// Night.
    Ni,
    /// Daytime.
    Dt,
}

impl Part {
    pub fn letters(self) -> &'static str {
        match self {
            Self::Mo => "MO",
            Self::Mi => "MI",
            Self::Af => "AF",
            Self::Ev => "EV",
            Self::Ni => "NI",
            Self::Dt => "DT",
        }
    }

    /// Whether a clock time of 12 hours in this part is after noon.
    pub fn is_pm(self) -> bool {
        !matches!(self, Self::Mo | Self::Dt)
    }
}
