//! Which events are one.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::EntityId;

use super::Told;
use super::moment::Moment;

/// Events of one month that share a word, beyond which the word tells nothing apart.
const COMMON: usize = 200;

/// How much two mentions must have in common to be one, from 0 to 1. Chosen on the sample corpus
/// and the five seed reports: at 0.4 sayings of one day run together, at 0.6 reworded ones part.
const ALIKE: f64 = 0.5;

/// The events in groups of one happening each, every event in one group, in order.
pub(super) fn clusters(told: &[Told<'_>]) -> Vec<Vec<usize>> {
    let mut pairs = pairs(told);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut groups = Groups::new(told);
    for (_, (a, b)) in pairs {
        groups.join(a, b);
    }
    groups.members()
}

/// The pairs that are one event, with how alike they are.
fn pairs(told: &[Told<'_>]) -> Vec<(f64, (usize, usize))> {
    let mut sharing: BTreeMap<(i8, &str), Vec<usize>> = BTreeMap::new();
    for (i, event) in told.iter().enumerate() {
        for month in event.moment.months() {
            for word in
                event.words.iter().map(String::as_str).chain(event.definite.then_some("the"))
            {
                sharing.entry((month, word)).or_default().push(i);
            }
        }
    }
    // By event, so that of all the pairs only those that are alike are ever held.
    let mut meeting: Vec<Vec<&[usize]>> = vec![Vec::new(); told.len()];
    for group in sharing.values().filter(|group| group.len() <= COMMON) {
        for (n, &event) in group.iter().enumerate() {
            meeting[event].push(&group[n + 1..]);
        }
    }
    let mut pairs = Vec::new();
    let mut met: Vec<usize> = vec![usize::MAX; told.len()];
    for (a, groups) in meeting.iter().enumerate() {
        for &b in groups.iter().copied().flatten() {
            if a != b && std::mem::replace(&mut met[b], a) != a {
                let score = likeness(&told[a], &told[b]);
                if score >= ALIKE {
                    pairs.push((score, (a, b)));
                }
            }
        }
    }
    pairs
}

/// How alike two events are: 0 where their times disagree.
fn likeness(a: &Told<'_>, b: &Told<'_>) -> f64 {
    if is_elsewhere(&a.places, &b.places) || !a.moment.agrees(b.moment) {
        return 0.0;
    }
    let shared = a.words.intersection(&b.words).filter(|word| **word != a.head).count();
    let somebody = a.entities.intersection(&b.entities).next().is_some();
    let head = a.head == b.head || a.words.contains(&b.head) || b.words.contains(&a.head);
    let saying = is_saying(&a.event.lemma) && is_saying(&b.event.lemma);
    let fewer = a.words.len().min(b.words.len()).max(1);
    let overlap = a.words.intersection(&b.words).count() as f64 / fewer as f64;
    match () {
        () if saying => {
            if somebody && shared >= 2 {
                overlap
            } else {
                0.0
            }
        }
        () if same_day_named(a, b) => 0.6,
        () if head && (somebody || shared >= 2) => 0.6 + 0.4 * overlap,
        () if shared >= 3 && somebody => overlap,
        () => 0.0,
    }
}

/// Whether both name places, and none that they share.
fn is_elsewhere(a: &BTreeSet<EntityId>, b: &BTreeSet<EntityId>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

/// Two happenings named as known, on one day: `the fire of March 3`, `the disaster on March 3`.
fn same_day_named(a: &Told<'_>, b: &Told<'_>) -> bool {
    let day = |told: &Told<'_>| match told.moment {
        Moment::Placed(range) if range.from == range.to => range.from,
        _ => None,
    };
    a.definite && b.definite && a.document != b.document && day(a).is_some() && day(a) == day(b)
}

/// Whether a verb only says, so that what is said tells sayings apart.
pub(super) fn is_saying(lemma: &str) -> bool {
    matches!(
        lemma,
        "say" | "tell" | "add" | "state" | "note" | "report" | "warn" | "declare" | "write"
    )
}

/// Whether a verb only ties what happens to who it happens to: `the tube is open`.
pub(super) fn is_state(lemma: &str) -> bool {
    matches!(lemma, "be" | "have")
}

/// Groups under union, each with the time that all its members agree on, and the places of those
/// that name one.
struct Groups {
    parent: Vec<usize>,
    moments: Vec<Moment>,
    places: Vec<BTreeSet<EntityId>>,
}

impl Groups {
    fn new(told: &[Told<'_>]) -> Self {
        let moments = told.iter().map(|told| told.moment).collect();
        let places = told.iter().map(|told| told.places.clone()).collect();
        Self { parent: (0..told.len()).collect(), moments, places }
    }

    fn root(&self, mut i: usize) -> usize {
        while self.parent[i] != i {
            i = self.parent[i];
        }
        i
    }

    /// Joins two groups unless their times disagree or they are in different places: a summit in
    /// July is not both the one in Vilnius and the one in Washington.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b || !self.moments[a].agrees(self.moments[b]) {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        if is_elsewhere(&self.places[low], &self.places[high]) {
            return;
        }
        let more = std::mem::take(&mut self.places[high]);
        self.places[low].extend(more);
        self.moments[low] = self.moments[low].narrowed(self.moments[high]);
        self.parent[high] = low;
    }

    fn members(&self) -> Vec<Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in 0..self.parent.len() {
            members.entry(self.root(i)).or_default().push(i);
        }
        members.into_values().collect()
    }
}
