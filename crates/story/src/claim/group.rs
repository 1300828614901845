//! Which figures count the same.

use std::collections::BTreeMap;

use stemma_model::FigureKind;

use super::Stated;

/// The figures in groups, each of one sort and subject.
pub(super) fn groups(stated: &[Stated]) -> Vec<Vec<usize>> {
    let mut sorts: BTreeMap<(u8, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (i, figure) in stated.iter().enumerate() {
        let key = (figure.kind as u8, figure.unit.as_deref());
        sorts.entry(key).or_default().push(i);
    }
    sorts.values().flat_map(|members| within(stated, members)).collect()
}

/// The groups of figures of one sort: the connected ones.
fn within(stated: &[Stated], members: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &i in members {
        let (mut joined, apart): (Vec<Vec<usize>>, Vec<Vec<usize>>) = groups
            .into_iter()
            .partition(|group| group.iter().any(|&j| is_related(&stated[i], &stated[j])));
        let mut group = joined.drain(..).flatten().collect::<Vec<_>>();
        group.push(i);
        group.sort_unstable();
        groups = apart;
        groups.push(group);
    }
    groups.sort();
    groups
}

/// Whether two figures belong together: comparable, or the same telling number of the same noun.
fn is_related(a: &Stated, b: &Stated) -> bool {
    comparable(a, b)
        || (a.agrees(b) && is_telling(a) && shares_noun(a, b) && a.subject.fate == b.subject.fate)
}

/// Bare counts below it fall together by chance: `two shafts` here are not `two shafts` there.
const SMALL: f64 = 10.0;

/// Numbers that two reports do not give by chance: of three digits and more, or of money.
fn is_telling(stated: &Stated) -> bool {
    stated.value >= 100.0 || stated.kind == FigureKind::Money
}

/// Whether two figures count the same thing, so that a difference between them means something.
///
/// People of one fate do. Otherwise the noun counted must be the same and what is said of it too:
/// for money and shares a word of the subject beside names of quantities, for bare counts two
/// further words around.
pub(super) fn comparable(a: &Stated, b: &Stated) -> bool {
    if a.kind == FigureKind::Rank || a.subject.fate != b.subject.fate {
        return false;
    }
    if a.subject.fate.is_some() && a.kind == FigureKind::Count {
        return is_people(a) && is_people(b) && (is_stated_plainly(a) && is_stated_plainly(b));
    }
    let around = a
        .subject
        .around
        .intersection(&b.subject.around)
        .filter(|word| !a.subject.words.contains(*word));
    match a.kind {
        FigureKind::Money => shares_word(a, b) && around.count() >= 1,
        FigureKind::Share | FigureKind::Measure => shares_noun(a, b) && around.count() >= 2,
        FigureKind::Count | FigureKind::Rank => {
            a.value >= SMALL && b.value >= SMALL && shares_noun(a, b) && around.count() >= 3
        }
    }
}

pub(super) fn is_people(stated: &Stated) -> bool {
    stated.subject.head.as_deref().is_none_or(|head| head == "people")
}

/// A count of its own, not of a part: `two of them`.
fn is_stated_plainly(stated: &Stated) -> bool {
    stated.subject.head.is_some() || stated.value >= 10.0
}

fn shares_noun(a: &Stated, b: &Stated) -> bool {
    a.subject.head.is_some() && a.subject.head == b.subject.head
}

fn shares_word(a: &Stated, b: &Stated) -> bool {
    a.subject.words.intersection(&b.subject.words).next().is_some()
}
