//! Who may have a text from whom.
//!
//! The method of common errors (Lachmann; Maas, *Textual Criticism*, 1958) made gradual: for each
//! witness every other is weighed as its source. A departure of the source alone that the witness
//! lacks speaks against it, as it would have had to be put right; a departure of the witness alone
//! costs little, as copies are cut and edited; time, credits and naming weigh in. Weights of all
//! possible sources, that of none among the documents included, are normalised to a support.

use stemma_model::{ClusterKind, Descent, DocumentId, Reason, Span};
use stemma_text::words;

use crate::Witness;
use crate::agency::{Credit, CreditPlace};
use crate::cluster::{Facts, Group};
use crate::collate::collate;

/// Witnesses of one text that are weighed against each other, the earliest; more take quadratic
/// time and are as a rule an agency's copy, of which the credit tells the source.
const WITNESSES: usize = 24;

/// Words of a passage that are collated: differences in them suffice to tell sources apart.
const WORDS: usize = 1500;

/// Candidates with less support are not worth a reader's time.
const LEAST_SUPPORT: f32 = 0.1;

/// How much evidence weighs, in natural logarithms of odds. Set by judgment; the score on
/// `testdata/reuse/trees.toml` is in docs/accuracy/reuse.md.
mod weigh {
    /// A departure of the source alone which the witness does not have.
    pub const PUT_RIGHT: f32 = -1.6;
    /// A departure of the witness alone: other or more words, or fewer.
    pub const CHANGED: f32 = -0.5;
    pub const CUT: f32 = -0.35;
    /// A place where each goes with other witnesses.
    pub const PARTED: f32 = -1.1;
    /// The source is known to be earlier.
    pub const EARLIER: f32 = 1.0;
    /// Times overlap or are unknown, and turn out against it.
    pub const LATER: f32 = -2.5;
    /// The witness names the source's outlet.
    pub const NAMED: f32 = 3.0;
    /// The source is the agency that the witness credits.
    pub const AGENCY: f32 = 3.0;
    /// The witness credits an agency that is not among the documents.
    pub const LOST_AGENCY: f32 = 1.5;
    /// None of the documents is the source: nothing says so, an earlier one is known, or the text
    /// is a third's.
    pub const NO_SOURCE: f32 = 0.0;
    pub const NO_SOURCE_BUT_EARLIER: f32 = -1.5;
    pub const THIRD_TEXT: f32 = 1.5;
}

/// The candidates for the source of every witness of a text, by document, the best supported
/// first. Nothing for boilerplate and for a single document.
pub(crate) fn descents(group: &Group<'_>, kind: ClusterKind) -> Vec<Descent> {
    let witnesses = chosen(group);
    if kind == ClusterKind::Boilerplate || witnesses.len() < 2 {
        return Vec::new();
    }
    let readings = Readings::of(&witnesses);
    let third = matches!(kind, ClusterKind::SharedQuotation | ClusterKind::CommonSource);
    let mut found: Vec<Descent> =
        (0..witnesses.len()).flat_map(|to| sources(&witnesses, &readings, to, third)).collect();
    found.sort_by(|one, other| {
        (one.to, other.support, one.from)
            .partial_cmp(&(other.to, one.support, other.from))
            .expect("supports are numbers")
    });
    found
}

/// A witness of the text with its passage.
struct Version<'g> {
    facts: &'g Facts<'g>,
    text: &'g str,
}

impl Version<'_> {
    fn witness(&self) -> &Witness<'_> {
        self.facts.witness
    }

    fn id(&self) -> DocumentId {
        self.facts.witness.id
    }
}

/// The longest passage of each document, the earliest documents first, at most `WITNESSES`.
fn chosen<'g>(group: &Group<'g>) -> Vec<Version<'g>> {
    let mut versions: Vec<(Span, Version<'g>)> = Vec::new();
    for (passage, facts) in group.passages.iter().zip(&group.facts) {
        let version = Version { facts, text: opening(passage.span.of_text(facts.witness.text)) };
        match versions.last_mut().filter(|(_, last)| last.id() == passage.document) {
            Some((span, _)) if span.len() >= passage.span.len() => {}
            Some(last) => *last = (passage.span, version),
            None => versions.push((passage.span, version)),
        }
    }
    let date = |version: &Version<'_>| version.witness().date.and_then(|date| date.from);
    versions.sort_by_key(|(_, version)| (date(version).is_none(), date(version), version.id()));
    versions.truncate(WITNESSES);
    versions.into_iter().map(|(_, version)| version).collect()
}

/// The first words of a passage.
fn opening(text: &str) -> &str {
    words(text).nth(WORDS).map_or(text, |word| &text[..word.start()])
}

/// Which reading each witness has at each place where they part.
struct Readings {
    places: Vec<Place>,
}

struct Place {
    /// The number of each witness's reading.
    of: Vec<usize>,
    /// How many witnesses have each reading.
    counts: Vec<usize>,
    /// Whether a reading is an omission.
    empty: Vec<bool>,
}

impl Readings {
    fn of(versions: &[Version<'_>]) -> Self {
        let texts: Vec<&str> = versions.iter().map(|version| version.text).collect();
        let collation = collate(&texts);
        let places = collation
            .places
            .iter()
            .filter(|place| place.readings.len() > 1)
            .map(|place| {
                let mut of = vec![0; versions.len()];
                for (number, reading) in place.readings.iter().enumerate() {
                    reading.witnesses.iter().for_each(|(w, _)| of[*w as usize] = number);
                }
                let counts = place.readings.iter().map(|r| r.witnesses.len()).collect();
                let empty = place.readings.iter().map(|r| r.text.is_empty()).collect();
                Place { of, counts, empty }
            })
            .collect();
        Self { places }
    }

    /// The weight of the differences, if `to` had its text from `from`; with what they are.
    fn weight(&self, from: usize, to: usize) -> (f32, String) {
        let (mut weight, mut differing, mut put_right) = (0.0, 0, 0);
        for place in &self.places {
            let (source, copy) = (place.of[from], place.of[to]);
            if source == copy {
                continue;
            }
            differing += 1;
            weight += if place.counts[copy] == 1 {
                if place.empty[copy] { weigh::CUT } else { weigh::CHANGED }
            } else if place.counts[source] == 1 {
                put_right += 1;
                weigh::PUT_RIGHT
            } else {
                weigh::PARTED
            };
        }
        let note = match (differing, put_right) {
            (0, _) => "the same words".to_owned(),
            (_, 0) => format!("parts from it at {differing} places"),
            _ => format!(
                "parts from it at {differing} places, at {put_right} of them to what the others have"
            ),
        };
        (weight, note)
    }
}

/// One possible source with its weight, were times as they are, against it, and for it.
struct Weighed {
    from: Option<DocumentId>,
    name: Option<String>,
    weights: [f32; 3],
    reason: Reason,
}

/// The supported sources of witness number `to`.
fn sources(versions: &[Version<'_>], readings: &Readings, to: usize, third: bool) -> Vec<Descent> {
    let mut weighed: Vec<Weighed> = (0..versions.len())
        .filter(|&from| from != to)
        .filter_map(|from| weighed(versions, readings, from, to))
        .collect();
    let earlier = (0..versions.len())
        .any(|from| order(versions[from].witness(), versions[to].witness()) == Order::Earlier);
    weighed.push(no_source(&versions[to], earlier, third));
    // From the greatest weight down, so that nothing overflows.
    let greatest = weighed.iter().flat_map(|w| w.weights).fold(f32::MIN, f32::max);
    let odds: Vec<[f32; 3]> =
        weighed.iter().map(|w| w.weights.map(|weight| (weight - greatest).exp())).collect();
    let all: f32 = odds.iter().map(|odds| odds[0]).sum();
    let document = versions[to].id();
    weighed
        .into_iter()
        .zip(odds)
        .filter(|(source, _)| source.from.is_some() || source.name.is_some())
        .map(|(source, [odds, against, for_it])| Descent {
            from: source.from,
            from_name: source.name,
            to: document,
            support: odds / all,
            interval: (against / (all - odds + against), for_it / (all - odds + for_it)),
            reason: source.reason,
        })
        .filter(|descent| descent.support >= LEAST_SUPPORT)
        .collect()
}

/// How the times of two witnesses stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Earlier,
    Later,
    Unknown,
}

fn order(one: &Witness<'_>, other: &Witness<'_>) -> Order {
    let (Some(one), Some(other)) = (one.date, other.date) else { return Order::Unknown };
    let before = |a: Option<jiff::civil::Date>, b: Option<jiff::civil::Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
    if before(one.to, other.from) {
        Order::Earlier
    } else if before(other.to, one.from) {
        Order::Later
    } else {
        Order::Unknown
    }
}

/// `from` as the source of `to`; none where it is known to be later.
fn weighed(
    versions: &[Version<'_>],
    readings: &Readings,
    from: usize,
    to: usize,
) -> Option<Weighed> {
    let (source, copy) = (&versions[from], &versions[to]);
    let (differences, note) = readings.weight(from, to);
    let mut reason = Reason::new("may-have-it-from", "").because(Reason::new("words", note));
    let mut weight = differences;
    if names(copy, source) {
        weight += weigh::NAMED;
        reason = reason.because(Reason::new("named", "it names the other's outlet"));
    }
    if is_credited(copy, source) {
        weight += weigh::AGENCY;
        reason = reason.because(Reason::new("credited", "it credits the other, an agency"));
    }
    let (weights, time) = match order(source.witness(), copy.witness()) {
        Order::Later => return None,
        Order::Earlier => ([weight + weigh::EARLIER; 3], "the other is earlier"),
        Order::Unknown => (
            [weight, weight + weigh::LATER, weight + weigh::EARLIER],
            "which is earlier is not known",
        ),
    };
    let reason = reason.because(Reason::new("time", time));
    Some(Weighed { from: Some(source.id()), name: None, weights, reason })
}

/// Whether a witness names the outlet of another outside its own name.
fn names(copy: &Version<'_>, source: &Version<'_>) -> bool {
    source.witness().outlet.is_some_and(|outlet| {
        outlet.len() > 3
            && copy.witness().outlet != Some(outlet)
            && copy.witness().text.contains(outlet)
    })
}

/// Whether a witness credits the agency that the other is.
fn is_credited(copy: &Version<'_>, source: &Version<'_>) -> bool {
    let agency = |credit: &Option<Credit>| credit.as_ref().map(|c| (c.agency, c.place));
    match (agency(&copy.facts.credit), agency(&source.facts.credit)) {
        (Some((credited, place)), Some((is, CreditPlace::Outlet))) => {
            credited == is && place != CreditPlace::Outlet
        }
        _ => false,
    }
}

/// That none of the documents is the source.
fn no_source(version: &Version<'_>, earlier: bool, third: bool) -> Weighed {
    let agency = version.facts.credit.as_ref().filter(|credit| credit.place != CreditPlace::Outlet);
    let mut weight = if earlier { weigh::NO_SOURCE_BUT_EARLIER } else { weigh::NO_SOURCE };
    let mut name = None;
    let mut reason = Reason::new("other-source", "a source that is not among the documents");
    if let Some(credit) = agency {
        weight += weigh::LOST_AGENCY;
        name = Some(credit.agency.to_owned());
        reason = reason.because(Reason::new("credited", credit.words.clone()));
    }
    if third {
        weight += weigh::THIRD_TEXT;
        name = name.or_else(|| Some("the quoted text".to_owned()));
        reason = reason.because(Reason::new("third-text", "the words are a third's"));
    }
    Weighed { from: None, name, weights: [weight; 3], reason }
}
