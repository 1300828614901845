//! Figures compared across reports. No verdict on which is true.
//!
//! [`claims`] groups figures that count the same: the same sort of quantity and unit, the same
//! subject, and for figures that differ also the same predicate. Equal figures agree; figures that
//! differ conflict where the reports are of the same days, and update where a later report has
//! more of what only grows, or says that it is new. Every value has its evidence and how many
//! independent origins it has.

mod group;
mod subject;

use std::collections::BTreeSet;

use jiff::civil::Date;
use stemma_model::{
    Claim, ClaimId, ClaimStatus, ClaimValue, DocumentId, Figure, FigureKind, Passage, Reason, Span,
};

use crate::corroboration::Carried;
use crate::question::Attesting;
use subject::{Subject, subject};

/// What claims are made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The reports of one question: only figures of one are compared.
    pub question: &'a [Attesting<'a>],
    /// Who carries whose text.
    pub carried: &'a Carried<'a>,
}

/// Days within which two reports count as of one time: news of an event settles within two.
const SAME_TIME: i32 = 2;

/// Figures of one subject, of the reports of one question, in no order.
///
/// Compares figures pair by pair within a sort of quantity; otherwise linear.
#[must_use]
pub fn claims(input: &Input<'_>) -> Vec<Claim> {
    let stated = stated(input);
    group::groups(&stated)
        .into_iter()
        .flat_map(|group| judged(input, &group.iter().map(|i| &stated[*i]).collect::<Vec<_>>()))
        .collect()
}

/// Puts the claims of all questions in order, each once: by subject, then status.
pub fn by_subject(claims: &mut Vec<Claim>) {
    claims.sort_by(|a, b| (&a.about, a.status as u8, a.id).cmp(&(&b.about, b.status as u8, b.id)));
    claims.dedup_by_key(|claim| claim.id);
}

/// A figure as one document states it.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    /// The place of its document in the question.
    at: usize,
    document: DocumentId,
    /// The first day the document can be of.
    date: Option<Date>,
    span: Span,
    sentence: Span,
    kind: FigureKind,
    unit: Option<String>,
    value: f64,
    upper: Option<f64>,
    /// Loosened: `about`, `more than`.
    hedge: Option<String>,
    subject: Subject,
}

impl Stated {
    /// Whether two figures say the same number, as far as their words bind them.
    fn agrees(&self, other: &Self) -> bool {
        let (low, high) = self.bounds();
        let (from, to) = other.bounds();
        low <= to && from <= high
    }

    /// The numbers that the words allow. A figure told as `about` is taken to be within a
    /// twentieth, as rounding to two digits allows.
    fn bounds(&self) -> (f64, f64) {
        let upper = self.upper.unwrap_or(self.value);
        match self.hedge.as_deref() {
            None => (self.value, upper),
            Some(
                "more than" | "at least" | "over" | "just over" | "no fewer than" | "no less than",
            ) => (self.value, upper * 1.1),
            Some("well over") => (self.value, upper * 1.5),
            Some(
                "less than" | "fewer than" | "at most" | "up to" | "no more than" | "just under"
                | "as many as" | "as much as",
            ) => (self.value * 0.9, upper),
            Some(_) => (self.value * 0.95, upper * 1.05),
        }
    }
}

fn stated(input: &Input<'_>) -> Vec<Stated> {
    let documents = input.question.iter().enumerate();
    documents
        .flat_map(|(at, &(document, annotations))| {
            let figures = annotations.figures.iter().filter(|figure| !is_vague(figure));
            figures.map(move |figure| {
                let around = annotations.sentence_at(figure.span);
                let sentence = around.map_or(figure.span, |sentence| sentence.span);
                Stated {
                    at,
                    document: document.id,
                    date: annotations.published.range.from,
                    span: figure.span,
                    sentence,
                    kind: figure.kind,
                    unit: figure.unit.clone(),
                    value: figure.value,
                    upper: figure.upper,
                    hedge: figure.hedge.clone(),
                    subject: subject(document, figure, sentence),
                }
            })
        })
        .collect()
}

/// Whether an amount is no number: `billions`, `hundreds of thousands`. Two reports that say
/// `billions of dollars` agree on nothing.
fn is_vague(figure: &Figure) -> bool {
    figure.approximate && figure.hedge.is_none()
}

/// The claims of one group: what conflicts, what updates, else one that agrees or stands alone.
fn judged(input: &Input<'_>, group: &[&Stated]) -> Vec<Claim> {
    let conflicts: Vec<(usize, usize)> =
        pairs(group, |a, b| group::comparable(a, b) && conflict(input, group, a, b));
    let updates: Vec<(usize, usize)> =
        pairs(group, |a, b| group::comparable(a, b) && update(input, a, b));
    let mut claims = Vec::new();
    for (status, pairs) in [(ClaimStatus::Conflicts, &conflicts), (ClaimStatus::Updates, &updates)]
    {
        let members = with_equals(group, pairs);
        if !members.is_empty() {
            claims.push(claim(input, &members, status));
        }
    }
    if claims.is_empty() {
        let documents: BTreeSet<DocumentId> = group.iter().map(|stated| stated.document).collect();
        let differing = group.iter().any(|stated| !stated.agrees(group[0]));
        match (documents.len(), differing) {
            (1, _) => claims.extend(alone(input, group)),
            (_, false) => claims.push(claim(input, group, ClaimStatus::Agrees)),
            (_, true) => claims.push(claim(input, group, ClaimStatus::Scope)),
        }
    }
    claims
}

/// The pairs of a group, in either order, that `test` accepts.
fn pairs(group: &[&Stated], test: impl Fn(&Stated, &Stated) -> bool) -> Vec<(usize, usize)> {
    let all = (0..group.len()).flat_map(|a| (0..group.len()).map(move |b| (a, b)));
    all.filter(|(a, b)| a != b && test(group[*a], group[*b])).collect()
}

/// The members of the pairs, with the others of the group that state one of their values.
fn with_equals<'s>(group: &[&'s Stated], pairs: &[(usize, usize)]) -> Vec<&'s Stated> {
    let named: BTreeSet<usize> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let equal = |stated: &&Stated| named.iter().any(|i| same_value(group[*i], stated));
    group.iter().copied().filter(|stated| equal(stated)).collect()
}

fn same_value(a: &Stated, b: &Stated) -> bool {
    (a.value - b.value).abs() <= a.value.abs() * 1e-9 && a.upper == b.upper
}

/// Days from one report to another, where both are dated.
fn days(a: &Stated, b: &Stated) -> Option<i32> {
    a.date?.until(b.date?).ok().map(|span| span.get_days())
}

/// Two reports of one time that do not agree, or one of unknown time that no order explains. A
/// value that the very report gives beside another (`up from 14`) does not conflict.
fn conflict(input: &Input<'_>, group: &[&Stated], a: &Stated, b: &Stated) -> bool {
    if a.document == b.document || a.agrees(b) || update(input, a, b) || update(input, b, a) {
        return false;
    }
    let corrected = |stated: &Stated, other: &Stated| {
        group.iter().any(|third| third.document == stated.document && same_value(third, other))
    };
    let together = days(a, b).is_none_or(|days| days.abs() <= SAME_TIME);
    together && !corrected(a, b) && !corrected(b, a)
}

/// Whether `b` replaces `a`: it is later, and has more of what only grows (people of one fate) or,
/// of anything else, says that it is new.
fn update(input: &Input<'_>, a: &Stated, b: &Stated) -> bool {
    let later = days(a, b).is_some_and(|days| days > SAME_TIME);
    let newer = match b.subject.fate {
        Some(_) => b.value > a.value && b.value <= a.value * 2.0,
        None => subject::is_marked_new(input, b),
    };
    a.document != b.document && !a.agrees(b) && later && newer
}

/// One document's figure that others do not give: told where it is of a kind that readers compare.
fn alone(input: &Input<'_>, group: &[&Stated]) -> Option<Claim> {
    let counted = group[0].subject.fate.is_some()
        && group::is_people(group[0])
        && group[0].subject.head.is_some();
    let share = group[0].kind == FigureKind::Share && is_in_digits(input, group[0]);
    let telling = group[0].kind == FigureKind::Money || share || counted;
    let named = !group[0].subject.words.is_empty();
    (telling && named).then(|| claim(input, group, ClaimStatus::Single))
}

/// Whether a figure is written in digits: `half` and `a third` are ways of speaking.
fn is_in_digits(input: &Input<'_>, stated: &Stated) -> bool {
    let document = input.question[stated.at].0;
    document.slice(stated.span).contains(|c: char| c.is_ascii_digit())
}

fn claim(input: &Input<'_>, members: &[&Stated], status: ClaimStatus) -> Claim {
    let values = values(input, members);
    let about = about(input, members);
    let shown: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
    let places: Vec<String> =
        members.iter().map(|stated| format!("{}:{}", stated.document, stated.span.start)).collect();
    let mut parts: Vec<&str> = vec![status_rule(status), &about];
    parts.extend(places.iter().map(String::as_str));
    Claim {
        id: ClaimId::of(&parts),
        reason: Reason::new(status_rule(status), note(status, &shown))
            .because(members[0].subject.reason()),
        about,
        values,
        status,
    }
}

fn status_rule(status: ClaimStatus) -> &'static str {
    match status {
        ClaimStatus::Agrees => "same-figure",
        ClaimStatus::Conflicts => "figures-differ",
        ClaimStatus::Updates => "later-figure",
        ClaimStatus::Scope => "different-scope",
        ClaimStatus::Single => "told-once",
    }
}

fn note(status: ClaimStatus, values: &[&str]) -> String {
    let values = values.join(" and ");
    match status {
        ClaimStatus::Agrees => format!("the reports agree on {values}"),
        ClaimStatus::Conflicts => format!("reports of the same days have {values}"),
        ClaimStatus::Updates => format!("{values}, the later report having the later figure"),
        ClaimStatus::Scope => format!("{values} need not count the same"),
        ClaimStatus::Single => format!("only one report has {values}"),
    }
}

/// The values given, in order of value.
fn values(input: &Input<'_>, members: &[&Stated]) -> Vec<ClaimValue> {
    let mut sorted: Vec<&Stated> = members.to_vec();
    sorted.sort_by(|a, b| {
        a.value.total_cmp(&b.value).then((a.document, a.span).cmp(&(b.document, b.span)))
    });
    sorted
        .chunk_by(|a, b| same_value(a, b))
        .map(|equal| {
            let mut evidence: Vec<Passage> =
                equal.iter().map(|stated| Passage::new(stated.document, stated.span)).collect();
            evidence.sort();
            let sentences: Vec<Passage> =
                equal.iter().map(|stated| Passage::new(stated.document, stated.sentence)).collect();
            ClaimValue {
                value: shown(equal[0]),
                unit: equal[0].unit.clone(),
                evidence,
                origins: Some(input.carried.origins(&sentences)),
            }
        })
        .collect()
}

fn shown(stated: &Stated) -> String {
    match stated.upper {
        Some(upper) => format!("{}–{upper}", stated.value),
        None => stated.value.to_string(),
    }
}

/// What the figures are about, in the words of the report that says it most fully.
fn about(input: &Input<'_>, members: &[&Stated]) -> String {
    let text = |stated: &&&Stated| {
        let document = input.question[stated.at].0;
        // A noun of fate is no noun of what is counted: 14 taken to hospital are people injured.
        let what = stated.subject.what.filter(|_| stated.subject.head.is_some());
        what.map(|span| document.slice(span).to_owned()).unwrap_or_default()
    };
    let fullest = members
        .iter()
        .max_by_key(|stated| (text(stated).len(), std::cmp::Reverse(stated.document)));
    let words = fullest.map(|stated| text(&stated)).unwrap_or_default();
    match &members[0].subject.fate {
        Some(fate) if words.is_empty() => format!("people {fate}"),
        Some(fate) => format!("{words} {fate}"),
        None => words,
    }
}

#[cfg(test)]
mod tests;
