//! A person's name in its parts, and keys under which spellings of one name meet.

use stemma_text::{fold, words};

use super::lexicon::{FORMS, TITLES};

/// A person's name in its parts, folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PersonName {
    /// The first name, if any: in the first form of its row of `nicknames.toml`, or an initial.
    pub(super) given: Option<String>,
    /// Initials of middle names.
    pub(super) middle: Vec<char>,
    /// The surname, or the only name.
    pub(super) surname: String,
    /// `jr`, `sr`, `ii` …
    pub(super) suffix: Option<String>,
}

impl PersonName {
    /// The parts of a name without its titles; `None` when no word is left.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let mut parts = name_words(name);
        let suffix = parts.pop_if(|last| TITLES.after.contains(last.as_str()));
        let titles = parts.iter().take_while(|word| TITLES.before.contains(word.as_str())).count();
        parts.drain(..titles.min(parts.len().saturating_sub(1)));
        let last = parts.pop()?;
        let particles =
            parts.iter().rev().take_while(|word| TITLES.particles.contains(word.as_str())).count();
        let from = (parts.len() - particles)
            .max(usize::from(!parts.is_empty() && particles < parts.len()));
        let surname = parts.drain(from..).chain([last]).collect::<Vec<_>>().join(" ");
        let mut rest = parts.into_iter();
        let given = rest.next().map(|given| FORMS.given.get(&given).cloned().unwrap_or(given));
        let middle = rest.filter_map(|middle| middle.chars().next()).collect();
        Some(Self { given, middle, surname, suffix })
    }

    /// How much the name tells: more parts, longer parts.
    pub(super) fn detail(&self) -> u8 {
        let given = self.given.as_ref().map_or(0, |given| 1 + 2 * u8::from(given.len() > 1));
        given + u8::from(!self.middle.is_empty()) + u8::from(self.suffix.is_some())
    }

    /// Whether the two can be one person by all but the surname.
    pub(super) fn compatible(&self, other: &Self) -> bool {
        let given = match (&self.given, &other.given) {
            (Some(a), Some(b)) => same_given(a, b),
            _ => true,
        };
        let middle = self.middle.iter().zip(&other.middle).all(|(a, b)| a == b);
        let suffix = match (&self.suffix, &other.suffix) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        given && middle && suffix
    }
}

/// Equal, or one is the other's initial.
fn same_given(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial(a, b) || initial(b, a) || spelling_key(a) == spelling_key(b)
}

/// The words of a name, folded, possessive endings dropped, "O'Brien" in one.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let folded = folded.trim().trim_end_matches("'s").trim_end_matches('\'');
    let joined = folded.replace("o'", "o").replace(['\'', '.'], "");
    words(&joined).map(|span| span.of_text(&joined).to_owned()).collect()
}

/// A key that spellings and transliterations of one name share: Zelensky, Zelenskyy, Zelenskiy;
/// Pistorius, Pistorious; Gorbachev, Gorbachov.
///
/// Digraphs that romanisations of Cyrillic and Arabic interchange are levelled (after the
/// differences between the BGN/PCGN, ISO 9 and national tables), doubled letters made single.
pub(super) fn spelling_key(name: &str) -> String {
    const LEVEL: [(&str, &str); 18] = [
        ("skyi", "ski"),
        ("skyy", "ski"),
        ("skiy", "ski"),
        ("skij", "ski"),
        ("skii", "ski"),
        ("sky", "ski"),
        ("tch", "ch"),
        ("sch", "sh"),
        ("kh", "h"),
        ("ph", "f"),
        ("ck", "k"),
        ("ou", "u"),
        ("iy", "i"),
        ("yi", "i"),
        ("ij", "i"),
        ("ey", "ei"),
        ("yo", "o"),
        ("q", "k"),
    ];
    let levelled = LEVEL
        .iter()
        .fold(name.to_owned(), |name, (from, to)| name.replace(from, to))
        .replace('y', "i");
    let mut key = String::with_capacity(levelled.len());
    for letter in levelled.chars().filter(|c| c.is_alphanumeric()) {
        if !key.ends_with(letter) {
            key.push(letter);
        }
    }
    key
}

/// Whether two keys differ by one letter added, dropped, changed or two swapped (the optimal
/// string alignment distance is at most 1).
pub(super) fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    match (a, b) {
        ([], []) => true,
        ([_, rest @ ..], other) if rest == other => true,
        (other, [_, rest @ ..]) if rest == other => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([x, y, a @ ..], [v, w, b @ ..]) => x == w && y == v && a == b,
        _ => false,
    }
}

/// Every key that dropping one letter of `key` gives, and `key`: two keys one slip apart share one
/// (Garbe's symmetric deletes).
pub(super) fn deletions(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let without = |at: usize| {
        letters.iter().enumerate().filter(|&(i, _)| i != at).map(|(_, c)| c).collect::<String>()
    };
    let mut keys: Vec<String> = (0..letters.len().min(40)).map(without).collect();
    keys.push(key.to_owned());
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str) -> (Option<String>, String) {
        let name = PersonName::parse(name).unwrap();
        (name.given, name.surname)
    }

    #[test]
    fn titles_fall_away_and_particles_stay() {
        assert_eq!(parts("Sen. Anna van der Berg"), (Some("anna".into()), "van der berg".into()));
        assert_eq!(parts("Mr Lee"), (None, "lee".into()));
        assert_eq!(parts("Bill O’Neil’s"), (Some("william".into()), "oneil".into()));
        assert_eq!(parts("President"), (None, "president".into()));
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (a, b) in [
            ("zelensky", "zelenskyy"),
            ("zelensky", "zelenskiy"),
            ("pistorius", "pistorious"),
            ("qaboos", "kabos"),
        ] {
            assert_eq!(spelling_key(a), spelling_key(b), "{a} {b}");
        }
        assert_ne!(spelling_key("lukin"), spelling_key("putin"));
    }

    #[test]
    fn one_slip_is_one() {
        assert!(
            one_slip("navalny", "navlany") && one_slip("merkel", "merkl") && one_slip("a", "b")
        );
        assert!(!one_slip("merkel", "markl"));
    }

    #[test]
    fn people_with_other_first_names_are_not_compatible() {
        let name = |text| PersonName::parse(text).unwrap();
        assert!(name("J. Smith").compatible(&name("Jane Smith")));
        assert!(name("Bob Smith").compatible(&name("Robert Smith")));
        assert!(!name("Jane Smith").compatible(&name("John Smith")));
        assert!(!name("George W. Bush").compatible(&name("George H. Bush")));
    }
}
