//! What a shared text is, and how many independent origins it has.

use stemma_model::{ClusterKind, Origins, Reason};

use crate::agency::{Credit, CreditPlace};
use crate::cluster::{Group, QUOTED};
use crate::forest::Forest;

/// Documents of one outlet from which on their common text is the outlet's boilerplate.
const BOILERPLATE_DOCUMENTS: usize = 3;

/// The share of a document's own text that a passage must hold for the document to be carried
/// whole: the rest is a headline, a credit, a local paragraph.
const WHOLE: f32 = 0.8;

/// The share of the documents that must quote for the text to be a quotation: an outlet may have
/// dropped the marks or set the quotation off.
const QUOTING: f32 = 0.66;

/// Outlets, bytes and days from which on an uncredited text is taken for an agency's: a paragraph
/// carried by several within the news day and the next.
const WIRE_OUTLETS: usize = 3;
const WIRE_BYTES: usize = 250;
const WIRE_DAYS: i32 = 2;

/// Bytes of the longest formula, days from which on two documents are long apart, and the share of
/// capitals that titles and lists of names have. Chosen on testdata/reuse/precision.tsv.
const FORMULA_BYTES: usize = 130;
const FORMULA_DAYS: i32 = 14;
const FORMULA_CAPITALS: f32 = 0.6;

/// Bytes around a passage in which a common source may be named.
const AROUND: usize = 160;

/// Words by which reports name a text that was given to all (AP Stylebook, "news releases";
/// Reuters Handbook, "Attribution").
const SOURCES: [&str; 12] = [
    "in a statement",
    "the statement",
    "a statement",
    "press release",
    "news release",
    "in a release",
    "transcript",
    "in a letter",
    "the letter",
    "in a memo",
    "the report said",
    "according to the report",
];

/// What a text is, with why; the first of these that holds.
pub(crate) fn kind(group: &Group<'_>) -> (ClusterKind, Reason) {
    boilerplate(group)
        .map(|reason| (ClusterKind::Boilerplate, reason))
        .or_else(|| quotation(group).map(|reason| (ClusterKind::SharedQuotation, reason)))
        .or_else(|| wire(group).map(|reason| (ClusterKind::Wire, reason)))
        .or_else(|| near_duplicate(group).map(|reason| (ClusterKind::NearDuplicate, reason)))
        .or_else(|| common_source(group).map(|reason| (ClusterKind::CommonSource, reason)))
        .or_else(|| inferred_wire(group).map(|reason| (ClusterKind::WireInferred, reason)))
        .unwrap_or_else(|| (ClusterKind::Passage, formula(group).unwrap_or_else(|| shared(group))))
}

fn shared(group: &Group<'_>) -> Reason {
    Reason::new("shared-words", format!("the same words in {} documents", group.documents()))
}

/// The rule by which a passage counts as a formula.
const FORMULA: &str = "formula";

/// A title, a list of names, a legal formula: short, half of it capitals, in documents that are
/// not near in time and share nothing else. Such words are not had from each other.
fn formula(group: &Group<'_>) -> Option<Reason> {
    let short = group.passages.iter().all(|passage| passage.span.len() <= FORMULA_BYTES);
    let apart = days_apart(group).is_some_and(|days| days > FORMULA_DAYS);
    let capitals = (0..group.passages.len()).all(|i| capitals(group, i) >= FORMULA_CAPITALS);
    (short && (apart || capitals) && !group.shares_more()).then(|| {
        let note = "short, with names or long apart, and nothing else in common: each may have it \
                    by itself";
        Reason::new(FORMULA, note)
    })
}

/// The share of a passage's longer words that are capitalised.
#[expect(clippy::cast_precision_loss, reason = "passages are far shorter than 2^24 words")]
fn capitals(group: &Group<'_>, i: usize) -> f32 {
    let text = group.passages[i].span.of_text(group.facts[i].witness.text);
    let long: Vec<&str> = stemma_text::words(text)
        .map(|word| word.of_text(text))
        .filter(|word| word.chars().count() > 3)
        .collect();
    let capital = long.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    capital as f32 / long.len().max(1) as f32
}

/// The outlets that carry the text, each once; a document without one counts as its own.
fn outlets(group: &Group<'_>) -> usize {
    let mut names: Vec<String> = group
        .facts
        .iter()
        .map(|facts| {
            facts.witness.outlet.map_or_else(|| facts.witness.id.to_string(), str::to_owned)
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

fn boilerplate(group: &Group<'_>) -> Option<Reason> {
    let outlet = group.facts[0].witness.outlet?;
    (outlets(group) == 1 && group.documents() >= BOILERPLATE_DOCUMENTS).then(|| {
        let note = format!("only in {outlet}, in {} of its documents", group.documents());
        Reason::new("one-outlet", note)
    })
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^24 documents")]
fn quotation(group: &Group<'_>) -> Option<Reason> {
    let all = group.passages.len();
    let quoting = (0..all).filter(|&i| group.quoted_share(i) >= QUOTED).count();
    (quoting >= 2 && quoting as f32 >= QUOTING * all as f32).then(|| {
        let note = format!("in quotation marks in {quoting} of {all} passages");
        Reason::new("quotation-marks", note)
    })
}

/// The credit that tells most, and how many documents credit the same agency.
fn credited<'g>(group: &Group<'g>) -> Option<(&'g Credit, usize)> {
    let credits = || group.facts.iter().filter_map(|facts| facts.credit.as_ref());
    let best = credits().min_by_key(|credit| (credit.place, credit.agency))?;
    Some((best, credits().filter(|credit| credit.agency == best.agency).count()))
}

fn wire(group: &Group<'_>) -> Option<Reason> {
    let (credit, documents) = credited(group)?;
    let whole = (0..group.passages.len()).filter(|&i| holds_most(group, i)).count();
    let carries = credit.place != CreditPlace::Contributed && (documents >= 2 || whole >= 1)
        || documents == group.documents();
    (carries && outlets(group) >= 2).then(|| {
        let note =
            format!("{documents} of {} documents credit {}", group.documents(), credit.agency);
        Reason::new("agency-credit", note)
            .because(Reason::new(place_name(credit.place), credit.words.clone()))
    })
}

fn place_name(place: CreditPlace) -> &'static str {
    match place {
        CreditPlace::Outlet => "outlet",
        CreditPlace::Byline => "byline",
        CreditPlace::Dateline => "dateline",
        CreditPlace::Closing => "closing-line",
        CreditPlace::Contributed => "contributed",
    }
}

/// Whether a passage is most of its document.
#[expect(clippy::cast_precision_loss, reason = "documents are far shorter than 2^24 bytes")]
fn holds_most(group: &Group<'_>, i: usize) -> bool {
    group.passages[i].span.len() as f32 >= WHOLE * group.facts[i].own as f32
}

fn near_duplicate(group: &Group<'_>) -> Option<Reason> {
    let whole = (0..group.passages.len()).filter(|&i| holds_most(group, i)).count();
    (whole >= 2 && whole * 2 >= group.passages.len()).then(|| {
        Reason::new("most-of-the-text", format!("the passage is most of {whole} documents"))
    })
}

fn inferred_wire(group: &Group<'_>) -> Option<Reason> {
    let long = group.passages.iter().all(|passage| passage.span.len() >= WIRE_BYTES);
    let days = days_apart(group)?;
    (long && outlets(group) >= WIRE_OUTLETS && days <= WIRE_DAYS).then(|| {
        let note = format!(
            "inferred: {} outlets carry it within {days} days and none credits the others",
            outlets(group)
        );
        Reason::new("many-at-once", note)
    })
}

/// Days between the first and the last possible date; none where one is not known.
fn days_apart(group: &Group<'_>) -> Option<i32> {
    let dates = || group.facts.iter().map(|facts| facts.witness.date);
    let from = dates().map(|date| date?.from).collect::<Option<Vec<_>>>()?.into_iter().min()?;
    let to = dates().map(|date| date?.to).collect::<Option<Vec<_>>>()?.into_iter().max()?;
    from.until(to).ok().map(|span| span.get_days())
}

fn common_source(group: &Group<'_>) -> Option<Reason> {
    let naming: Vec<&str> =
        (0..group.passages.len()).filter_map(|i| names_source(group, i)).collect();
    (naming.len() >= 2 && naming.len() * 2 >= group.passages.len()).then(|| {
        let note = format!("{} of {} name a source beside it", naming.len(), group.passages.len());
        Reason::new("named-source", note).because(Reason::new("words", naming[0].to_owned()))
    })
}

/// The words around a passage that name a text given to all.
fn names_source(group: &Group<'_>, i: usize) -> Option<&'static str> {
    let (text, span) = (group.facts[i].witness.text, group.passages[i].span);
    let from = text.floor_char_boundary(span.start().saturating_sub(AROUND));
    let to = text.ceil_char_boundary((span.end() + AROUND).min(text.len()));
    let around = text[from..to].to_lowercase();
    SOURCES.into_iter().find(|words| around.contains(words))
}

/// How many independent origins the text has: the fewest and the most that the evidence allows.
pub(crate) fn origins(group: &Group<'_>, kind: ClusterKind, reason: &Reason) -> Origins {
    let documents = group.documents();
    if reason.rule == FORMULA {
        let note = format!("a formula that {documents} documents may each have by themselves");
        let at_most = u32::try_from(documents).expect("fewer than 2^32 documents");
        return Origins { at_least: 1, at_most, reason: Reason::new(FORMULA, note) };
    }
    let one =
        |rule, note: String| Origins { at_least: 1, at_most: 1, reason: Reason::new(rule, note) };
    match kind {
        ClusterKind::Boilerplate => one("one-outlet", "one outlet's own text".to_owned()),
        ClusterKind::Wire | ClusterKind::WireInferred => {
            one("one-agency", format!("one agency's text in {documents} documents"))
        }
        ClusterKind::NearDuplicate | ClusterKind::Passage => one(
            "same-words",
            format!("{documents} documents share words that none of them quotes: one text"),
        ),
        ClusterKind::SharedQuotation | ClusterKind::CommonSource => {
            common_origins(group, documents)
        }
    }
}

/// A text of others: documents that also share words of their own count as one.
fn common_origins(group: &Group<'_>, documents: usize) -> Origins {
    let mut ids: Vec<_> = group.passages.iter().map(|passage| passage.document).collect();
    ids.dedup();
    let agency = |i: usize| {
        let at = group.passages.iter().position(|passage| passage.document == ids[i]);
        at.and_then(|at| group.facts[at].credit.as_ref()).map(|credit| credit.agency)
    };
    let mut forest = Forest::new(ids.len());
    for i in 0..ids.len() {
        for j in 0..i {
            let one_agency = agency(i).is_some() && agency(i) == agency(j);
            if one_agency || group.links.linked(ids[i], ids[j]) {
                forest.join(i, j);
            }
        }
    }
    let at_most = u32::try_from(forest.sets()).expect("fewer than 2^32 documents");
    let note = format!(
        "{documents} documents carry a third text; those that also share words of their own or an \
         agency count once"
    );
    Origins { at_least: 1, at_most, reason: Reason::new("third-text", note) }
}
