//! The place, date and agency that a report opens with: `KYIV, Ukraine (AP) —`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use stemma_model::Reason;

struct Lexicon {
    not_places: BTreeSet<String>,
    places: BTreeSet<String>,
    with_agency: Regex,
    agency_alone: Regex,
    with_date: Regex,
    capitals: Regex,
    colon: Regex,
}

/// A place: up to four words that start with a capital, with a region behind a comma.
const PLACE: &str = r"(?:[\p{Lu}][\p{L}.'’-]*(?:\s(?:de|del|la|of|the|au|sur|am|and))?(?:\s[\p{Lu}][\p{L}.'’-]*){0,3})";
const REGION: &str = r"(?:,\s[\p{Lu}][\p{L}.'’]*(?:\s[\p{Lu}][\p{L}.'’]*){0,2})?";
const DATE: &str = r"(?:,?\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}(?:,\s\d{4})?|,?\s\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s\d{4})?)";
/// Who sent the report, in brackets; after a place and a date any name is one.
const SOURCE: &str = r"(?:\s?\(\p{Lu}[\p{L} ./&'’-]{1,40}\))?";
const DASH: &str = r"\s?(?:—|–|--|-|―|:)(?:\s|$)";

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        agencies: Vec<String>,
        not_places: BTreeSet<String>,
        places: BTreeSet<String>,
    }
    let file: File = toml::from_str(include_str!("../../../lexicons/datelines.toml"))
        .expect("the lexicon is checked by a test");
    let agencies: Vec<String> = file.agencies.iter().map(|name| regex::escape(name)).collect();
    let agency = format!(r"\((?:{})(?:\s?/\s?[\p{{L}} ]+)?\)", agencies.join("|"));
    let compile = |pattern: &str| Regex::new(pattern).expect("a valid pattern");
    Lexicon {
        with_agency: compile(&format!(r"^{PLACE}{REGION}{DATE}?\s?{agency}(?:{DASH})?")),
        agency_alone: compile(&format!(r"^(?:{agency}{DASH}|(?:AP|CNN|AFP|UPI)\s*—\s)")),
        with_date: compile(&format!(r"^{PLACE}{REGION}{DATE}{SOURCE}{DASH}")),
        capitals: compile(&format!(r"^({PLACE}){REGION}\s?(?:—|–|--|―)\s|^({PLACE}){REGION}\s-\s")),
        colon: compile(&format!(r"^({PLACE}){REGION}:\s")),
        not_places: file.not_places,
        places: file.places.into_iter().collect(),
    }
});

/// The length in bytes of the dateline that `paragraph` opens with, without the space after it.
///
/// An agency in brackets is proof enough in any paragraph. The forms without one hold only for
/// the `first` paragraph: a place in capitals, or a known place, before a dash or colon.
pub(crate) fn find(paragraph: &str, first: bool) -> Option<(usize, Reason)> {
    let mut head_end = paragraph.len().min(160);
    while !paragraph.is_char_boundary(head_end) {
        head_end -= 1;
    }
    let head = &paragraph[..head_end];
    let lexicon = &*LEXICON;
    let always = [
        (&lexicon.with_agency, "a place and an agency"),
        (&lexicon.agency_alone, "an agency before a dash"),
    ];
    let known = always.into_iter().find_map(|(form, note)| Some((form.find(head)?.end(), note)));
    let (end, note) = known.or_else(|| first.then(|| in_first(lexicon, head)).flatten())?;
    let length = head[..end].trim_end().len();
    // A paragraph that is nothing else is a line of its own, not a run in one.
    (length < paragraph.len()).then(|| (length, Reason::new("dateline", note)))
}

fn in_first(lexicon: &Lexicon, head: &str) -> Option<(usize, &'static str)> {
    if let Some(found) = lexicon.with_date.find(head) {
        return Some((found.end(), "a place and a date"));
    }
    let place = |form: &Regex| {
        let groups = form.captures(head)?;
        let place = groups.get(1).or_else(|| groups.get(2))?.as_str();
        let shouted = place.chars().filter(|c| c.is_alphabetic()).count() > 2
            && !place.chars().any(char::is_lowercase)
            && !lexicon.not_places.contains(place);
        (shouted || lexicon.places.contains(place)).then(|| groups.get_match().end())
    };
    if let Some(end) = place(&lexicon.capitals) {
        return Some((end, "a place before a dash"));
    }
    place(&lexicon.colon).map(|end| (end, "a place before a colon"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dateline of the first paragraph stands before `|`; a line without one has none.
    fn check(marked: &str) {
        let paragraph = marked.replacen('|', "", 1);
        let expected = marked.find('|');
        assert_eq!(find(&paragraph, true).map(|(length, _)| length), expected, "{marked}");
    }

    #[test]
    fn agency_forms() {
        check("KYIV, Ukraine (AP) —| The bridge is open.");
        check("WASHINGTON, June 3 (Reuters) -| The bridge is open.");
        check("Philadelphia (AFP) –| The bridge is open.");
        check("Washington (CNN)| The bridge is open.");
        check("TRENTON, N.J. (AP) —| Was that the bridge?");
        check("(Reuters) -| The bridge is open.");
        check("CNN —| The bridge is open.");
        check("SAINT-DENIS, France (Reuters/AFP) –| The bridge is open.");
    }

    #[test]
    fn forms_of_the_first_paragraph() {
        check("SEATTLE —| Climbing off the mat, the team won.");
        check("NEW DELHI:| The bridge is open.");
        check("Kyiv:| The bridge is open.");
        check("NEW YORK -|  The bridge is open.");
        check("GENEVA, March 4 —| The bridge is open.");
        check("AL-HOL, Syria --| The camp is full.");
        check("CALDEN, March 4 (Meridian) -| The tunnel is closed.");
        check("CALDEN (Meridian) - The tunnel is closed.");
        assert_eq!(find("Kyiv: The bridge is open.", false), None);
    }

    #[test]
    fn what_only_looks_like_one() {
        check("UPDATE — The bridge is open.");
        check("Correction: The bridge is open.");
        check("Note: the bridge is open.");
        check("Ms. Lee — a lawyer — said so.");
        check("Lee: The bridge is open.");
        check("The bridge (AP) — said so.x");
        check("NATO has agreed.");
        check("Kyiv:");
    }
}
