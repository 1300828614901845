//! Why two reports are, or are not, of one story.

use stemma_model::Reason;

use super::vector::{Vector, shared};
use super::window::{WINDOW_DAYS, days_apart};
use super::{Reports, SAME_STORY};

/// How many words a reason names.
pub(super) const NAMED: usize = 6;

/// The reason for a pair: `one` says whether they ended in one story.
pub(super) fn pair(reports: &Reports, a: usize, b: usize, one: bool) -> Reason {
    let likeness = reports.weighed(a).cosine(reports.weighed(b));
    let (rule, note) = if one {
        ("same-story", "both are taken to report one event")
    } else {
        ("different-stories", "they are taken to report two events")
    };
    let parts = [
        said(reports, a, b),
        Some(dates(reports, a, b)),
        passages(reports, a, b),
        column(reports, a, b),
        occasion(reports, a, b),
        Some(words(reports, a, b, likeness)),
        Some(names(reports, a, b)),
        beyond_the_pair(one, likeness),
    ];
    parts.into_iter().flatten().fold(Reason::new(rule, note), Reason::because)
}

/// What a reader said of the pair.
fn said(reports: &Reports, a: usize, b: usize) -> Option<Reason> {
    let pair = (a.min(b), a.max(b));
    if reports.constraints.same.contains(&pair) {
        return Some(Reason::new("reader", "a reader said that they tell one story"));
    }
    (reports.constraints.apart.contains(&pair))
        .then(|| Reason::new("reader", "a reader said that they tell two stories"))
}

fn dates(reports: &Reports, a: usize, b: usize) -> Reason {
    let note = match days_apart(reports.dates[a], reports.dates[b]) {
        None => "when one of them was published is not known, so dates decide nothing".to_owned(),
        Some(0) => "published on one day, as far as is known".to_owned(),
        Some(1) => "published a day apart, near enough for one story".to_owned(),
        Some(days) if days <= WINDOW_DAYS => {
            format!("published {days} days apart; reports of one story may be {WINDOW_DAYS}")
        }
        Some(days) => format!(
            "published {days} days apart, too far to be compared: reports of one story may be \
             {WINDOW_DAYS}"
        ),
    };
    Reason::new("dates", note)
}

fn passages(reports: &Reports, a: usize, b: usize) -> Option<Reason> {
    let share = reports.reuse.get(&(a.min(b), a.max(b)))?;
    let note = format!("{:.0} % of the shorter report stands in the other", 100.0 * share);
    Some(Reason::new("shared-passages", note).scored(*share as f32))
}

/// That words were left out which recur in undated reports of one outlet.
fn column(reports: &Reports, a: usize, b: usize) -> Option<Reason> {
    (reports.columns[a] || reports.columns[b]).then(|| {
        let note = "what stands in five and more undated reports of its outlet tells nothing of a \
                    story: it was left out before words were compared";
        Reason::new("recurring-text", note)
    })
}

/// What the quotations of two reports without dates tell.
fn occasion(reports: &Reports, a: usize, b: usize) -> Option<Reason> {
    reports.occasions.contains(&(a.min(b), a.max(b))).then(|| {
        let note = "both quote one person at length, and nothing of it stands in the other: more \
                    likely two occasions, so they count as a fifth as alike";
        Reason::new("two-occasions", note)
    })
}

/// The weightiest words that both have.
fn words(reports: &Reports, a: usize, b: usize, likeness: f64) -> Reason {
    let common: Vector = shared(reports.weighed(a).iter(), reports.weighed(b).iter()).collect();
    let forms = forms(reports, a, common, |_| true);
    let note = if forms.is_empty() {
        "both have no telling word".to_owned()
    } else {
        format!("both have {}", forms.join(", "))
    };
    Reason::new("shared-words", note).scored(likeness as f32)
}

/// The weightiest names and numbers that only one of them has.
fn names(reports: &Reports, a: usize, b: usize) -> Reason {
    let only = |has: usize, lacks: usize| {
        let names = |term: u64| {
            let named = reports.bags[has].get(term).is_some_and(|word| word.is_name());
            named && reports.bags[lacks].get(term).is_none()
        };
        let forms = forms(reports, has, reports.weighed(has).iter().collect(), names);
        if forms.is_empty() { "no name".to_owned() } else { forms.join(", ") }
    };
    let note = format!("only the first has {}; only the second has {}", only(a, b), only(b, a));
    Reason::new("other-names", note)
}

/// The forms that report `at` has of the weightiest terms that `telling` lets through.
fn forms(
    reports: &Reports,
    at: usize,
    mut terms: Vector,
    telling: impl Fn(u64) -> bool,
) -> Vec<&str> {
    terms.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    let telling = terms.into_iter().filter(|&(term, _)| telling(term));
    telling
        .take(NAMED)
        .filter_map(|(term, _)| Some(reports.forms.of(*reports.bags[at].get(term)?)))
        .collect()
}

/// What the pair alone does not show: other reports joined them or keep them apart.
fn beyond_the_pair(one: bool, likeness: f64) -> Option<Reason> {
    let note = match (one, likeness >= SAME_STORY) {
        (true, false) => {
            "by themselves they are less alike than reports of one story are on \
                          average; the reports between them join them"
        }
        (false, true) => {
            "by themselves they are as alike as reports of one story are on average; \
                          their dates, what they quote, or the names that each one's neighbours \
                          share, part them"
        }
        _ => return None,
    };
    Some(Reason::new("other-reports", note))
}
