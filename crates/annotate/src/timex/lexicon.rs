//! The words of `lexicons/time.toml`, by class.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::unit::{Part, Season, Unit};

/// What the lexicon knows of one word; a word may be of several classes (`second`, `may`).
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// From 1, January.
    pub month: Option<i8>,
    /// From 1, Monday.
    pub weekday: Option<i8>,
    /// A unit of time.
    pub unit: Option<Unit>,
    /// A season.
    pub season: Option<Season>,
    /// A part of the day.
    pub part: Option<Part>,
    /// A number word below a hundred.
    pub cardinal: Option<u32>,
    /// A number word that multiplies.
    pub scale: Option<f64>,
    /// A place in an order.
    pub ordinal: Option<u32>,
    /// Days from today.
    pub day: Option<i32>,
    /// The first year of a decade, within its century.
    pub decade: Option<i16>,
    /// The TIMEX3 value it has by itself.
    pub reference: Option<String>,
    /// The period it recurs with.
    pub set: Option<String>,
    /// The unit that it is one of in length: `yearlong`.
    pub long: Option<Unit>,
    /// Plural form.
    pub plural: bool,
    /// Shortened form.
    pub short: bool,
    /// The holidays that start with this word, longest name first: their other words, and rule.
    pub holidays: Vec<(Vec<String>, Holiday)>,
}

impl Entry {
    /// A word of no class.
    pub fn none() -> &'static Self {
        static NONE: LazyLock<Entry> = LazyLock::new(Entry::default);
        &NONE
    }
}

/// How a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Holiday {
    /// On the same day of the same month.
    Fixed(i8, i8),
    /// On the first such weekday on or after a day of a month: month, weekday, day.
    Weekday(i8, i8, i8),
    /// So many days after Easter Sunday.
    Easter(i32),
}

/// The lexicon.
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Entry>,
    longest: usize,
}

impl Lexicon {
    /// The lexicon that ships with Stemma, parsed once.
    pub fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            let source: Source = toml::from_str(include_str!("../../../../lexicons/time.toml"))
                .expect("the shipped lexicon is well formed");
            Lexicon::build(source)
        });
        &LEXICON
    }

    /// What is known of `word`, in any case.
    pub fn entry(&'static self, word: &str) -> &'static Entry {
        const LONGEST: usize = 24;
        let mut buffer = [0; LONGEST];
        if word.len() > self.longest.min(LONGEST) || !word.is_ascii() {
            return Entry::none();
        }
        let lower = &mut buffer[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower)
            .ok()
            .and_then(|lower| self.entries.get(lower))
            .unwrap_or(Entry::none())
    }

    fn build(source: Source) -> Self {
        let mut all = Entries::default();
        for (word, &month) in &source.months.words {
            let short = word.len() < 5 && !matches!(word.as_str(), "may" | "june" | "july");
            let entry = all.of(word);
            (entry.month, entry.short) = (Some(month), short);
        }
        for (word, &day) in &source.weekdays.words {
            let entry = all.of(word);
            (entry.weekday, entry.short) = (Some(day), !word.ends_with("day"));
        }
        for (word, &unit) in &source.units.words {
            let entry = all.of(word);
            let plural = word.ends_with('s') || word == "millennia";
            (entry.unit, entry.plural) = (Some(unit), plural);
        }
        all.fill(source.seasons, |entry| &mut entry.season);
        all.fill(source.parts, |entry| &mut entry.part);
        all.fill(source.cardinals, |entry| &mut entry.cardinal);
        all.fill(source.scales, |entry| &mut entry.scale);
        all.fill(source.ordinals, |entry| &mut entry.ordinal);
        all.fill(source.days, |entry| &mut entry.day);
        all.fill(source.decades, |entry| &mut entry.decade);
        all.fill(source.references, |entry| &mut entry.reference);
        all.fill(source.sets, |entry| &mut entry.set);
        all.fill(source.long, |entry| &mut entry.long);
        for holiday in &source.holidays {
            for name in &holiday.names {
                let mut words = name.split([' ', '\'', '’', '.']).filter(|part| !part.is_empty());
                let first = words.next().expect("a holiday has a name");
                let rest = words.map(str::to_owned).collect();
                all.of(first).holidays.push((rest, holiday.rule()));
            }
        }
        let Entries(mut entries) = all;
        for entry in entries.values_mut() {
            entry.holidays.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        let longest = entries.keys().map(String::len).max().unwrap_or(0);
        Self { entries, longest }
    }
}

/// The entries so far.
#[derive(Default)]
struct Entries(HashMap<String, Entry>);

impl Entries {
    /// What is known of `word`.
    fn of(&mut self, word: &str) -> &mut Entry {
        self.0.entry(word.to_owned()).or_default()
    }

    /// Puts what a section says of each word where `field` points.
    fn fill<T>(&mut self, section: Section<T>, field: impl Fn(&mut Entry) -> &mut Option<T>) {
        for (word, value) in section.words {
            *field(self.of(&word)) = Some(value);
        }
    }
}

#[derive(Deserialize)]
struct Section<T> {
    #[serde(rename = "source")]
    _source: String,
    #[serde(flatten)]
    words: HashMap<String, T>,
}

#[derive(Deserialize)]
struct Source {
    months: Section<i8>,
    weekdays: Section<i8>,
    units: Section<Unit>,
    seasons: Section<Season>,
    parts: Section<Part>,
    cardinals: Section<u32>,
    scales: Section<f64>,
    ordinals: Section<u32>,
    days: Section<i32>,
    decades: Section<i16>,
    references: Section<String>,
    sets: Section<String>,
    long: Section<Unit>,
    holidays: Vec<HolidaySource>,
}

#[derive(Deserialize)]
struct HolidaySource {
    names: Vec<String>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
    from: Option<i8>,
    easter: Option<i32>,
}

impl HolidaySource {
    fn rule(&self) -> Holiday {
        match (self.month, self.day, self.weekday, self.from, self.easter) {
            (Some(month), Some(day), ..) => Holiday::Fixed(month, day),
            (Some(month), None, Some(weekday), Some(from), _) => {
                Holiday::Weekday(month, weekday, from)
            }
            (.., easter) => Holiday::Easter(easter.expect("a holiday has a rule")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_be_of_several_classes() {
        let second = Lexicon::get().entry("Second");
        assert_eq!((second.unit, second.ordinal), (Some(Unit::Second), Some(2)));
        assert_eq!(Lexicon::get().entry("notaword").month, None);
        assert_eq!(Lexicon::get().entry("Thanksgiving").holidays.len(), 2);
    }
}
