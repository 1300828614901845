//! News agencies, where a text says that it carries one.

use std::sync::LazyLock;

use serde::Deserialize;
use stemma_text::paragraphs;

use crate::Witness;

/// Bytes at the head of a text in which a dateline may end: a headline, a deck, a place and a day.
const HEAD: usize = 600;

/// Paragraphs at the end of a text that may hold closing credits.
const CLOSING_PARAGRAPHS: usize = 4;

/// A closing line is no longer than this many bytes; a sentence of the report that names an agency
/// mostly is.
const CLOSING_LINE: usize = 220;

/// That a text credits an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The agency's name, as `lexicons/agencies.toml` has it.
    pub agency: &'static str,
    /// Where the text says so.
    pub place: CreditPlace,
    /// The words that say so.
    pub words: String,
}

/// Where a credit stands, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditPlace {
    /// The outlet is the agency.
    Outlet,
    /// In the authors or credit lines.
    Byline,
    /// In brackets or slashes after the dateline.
    Dateline,
    /// In a closing line: "Reporting by …".
    Closing,
    /// In a closing line that says it contributed only.
    Contributed,
}

/// One entry of the lexicon.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agency {
    name: String,
    names: Vec<String>,
    short: Vec<String>,
    #[serde(default)]
    closing: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
struct Lexicon {
    agency: Vec<Agency>,
}

static AGENCIES: LazyLock<Vec<Agency>> = LazyLock::new(|| {
    let text = include_str!("../../../lexicons/agencies.toml");
    toml::from_str::<Lexicon>(text).expect("the lexicon is checked by a test").agency
});

/// The agency that a text credits, by the most telling place; among places alike, the first of
/// the lexicon. Picture credits do not count: they name whose picture it is.
#[must_use]
pub fn credit(witness: &Witness<'_>) -> Option<Credit> {
    AGENCIES.iter().filter_map(|agency| agency.credited(witness)).min_by_key(|credit| credit.place)
}

impl Agency {
    fn credited(&'static self, witness: &Witness<'_>) -> Option<Credit> {
        let found = |place, words: &str| {
            Some(Credit { agency: &self.name, place, words: words.trim().to_owned() })
        };
        if let Some(outlet) = witness.outlet.filter(|outlet| self.is(outlet)) {
            return found(CreditPlace::Outlet, outlet);
        }
        if let Some(byline) = witness.credits.iter().find(|byline| self.signs(byline)) {
            return found(CreditPlace::Byline, byline);
        }
        if let Some(words) = self.dateline(witness.text) {
            return found(CreditPlace::Dateline, words);
        }
        let (line, contributed) = self.closing(witness.text)?;
        let place = if contributed { CreditPlace::Contributed } else { CreditPlace::Closing };
        found(place, line)
    }

    fn is(&self, outlet: &str) -> bool {
        std::iter::once(&self.name)
            .chain(&self.names)
            .chain(&self.short)
            .any(|name| outlet.eq_ignore_ascii_case(name))
    }

    /// Whether a byline names it: `By Ms. Lee, Associated Press`, `AP`.
    fn signs(&self, byline: &str) -> bool {
        let picture = ["Photo", "photo", "Getty", "Image"].iter().any(|word| byline.contains(word));
        let short = |name: &String| {
            stemma_text::words(byline).any(|word| word.of_text(byline) == name.as_str())
                && byline.len() <= 60
        };
        !picture
            && (self.names.iter().any(|name| byline.contains(name.as_str()))
                || self.short.iter().any(short))
    }

    /// `(AP)`, `/TASS/` near the head.
    fn dateline<'t>(&self, text: &'t str) -> Option<&'t str> {
        let head = &text[..text.floor_char_boundary(HEAD)];
        self.short.iter().find_map(|short| {
            [('(', ')'), ('/', '/'), ('[', ']')].into_iter().find_map(|(open, close)| {
                let mark = format!("{open}{short}{close}");
                let at = head.find(&mark)?;
                let before = head[..at].rfind('\n').map_or(0, |line| line + 1);
                Some(&head[before..at + mark.len()]).filter(|line| line.len() <= 80 + mark.len())
            })
        })
    }

    /// A closing line that names it, and whether as a contributor only.
    fn closing<'t>(&self, text: &'t str) -> Option<(&'t str, bool)> {
        let lines = paragraphs(text);
        let last = lines.iter().rev().take(CLOSING_PARAGRAPHS).map(|line| line.of_text(text));
        last.filter(|line| line.len() <= CLOSING_LINE).find_map(|line| {
            if self.closing.iter().any(|formula| line.starts_with(formula.as_str()))
                && line.contains("diting by ")
            {
                return Some((line, false));
            }
            let named = self.names.iter().any(|name| line.contains(name.as_str()));
            let contributed = line.contains("contributed") || line.contains("based in part");
            let owned = line.contains('©') || line.contains("Copyright");
            (named && (contributed || owned)).then_some((line, contributed && !owned))
        })
    }
}

#[cfg(test)]
mod tests {
    use stemma_model::DocumentId;

    use super::*;

    fn check(text: &str, credits: &[&str], expected: Option<(&str, CreditPlace)>) {
        let witness = Witness { credits, ..Witness::new(DocumentId::of(&["x"]), text) };
        assert_eq!(credit(&witness).map(|credit| (credit.agency, credit.place)), expected);
    }

    #[test]
    fn credits_by_place() {
        check(
            "A bridge falls\n\nCALDEN (AP) — A bridge fell.",
            &[],
            Some(("Associated Press", CreditPlace::Dateline)),
        );
        check(
            "CALDEN, March 4. /TASS/. A bridge fell.",
            &[],
            Some(("TASS", CreditPlace::Dateline)),
        );
        check("A bridge fell.", &["Ilse Hart, Reuters"], Some(("Reuters", CreditPlace::Byline)));
        check(
            "A bridge fell.\n\nThe Associated Press contributed to this report.",
            &[],
            Some(("Associated Press", CreditPlace::Contributed)),
        );
        check(
            "A bridge fell.\n\nReporting by Ilse Hart; Editing by Tom Berg",
            &[],
            Some(("Reuters", CreditPlace::Closing)),
        );
    }

    #[test]
    fn names_in_passing_are_no_credits() {
        check("A bridge fell (AP Photo/Tom Berg).", &[], None);
        check("She told Reuters that a bridge fell.", &[], None);
        check("A bridge fell. The map app helped.", &["Tom Berg/AP Photo"], None);
        check("", &[""], None);
    }
}
