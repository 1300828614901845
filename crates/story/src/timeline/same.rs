//! Which events are one.

use std::collections::BTreeMap;

use stemma_model::EntityId;

use super::moment::Moment;
use super::read::{Told, Word, both, common};

/// Events of one month that share a word, beyond which the word tells nothing apart.
pub const COMMON: usize = 200;

/// How much two mentions must have in common to be one, from 0 to 1. Chosen on the sample corpus
/// and the five seed reports: at 0.4 sayings of one day run together, at 0.6 reworded ones part.
const ALIKE: f64 = 0.5;

/// The events in groups of one happening each, every event in one group, in order; and how often a
/// word was too common to bring any together. `the` is the word that those named as known have in
/// common.
pub(super) fn clusters(told: &[Told], the: Word) -> (Vec<Vec<usize>>, usize) {
    let (mut pairs, common_words) = pairs(told, the);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut groups = Groups::new(told);
    for (_, (a, b)) in pairs {
        groups.join(a, b);
    }
    (groups.members(), common_words)
}

/// Two events, by place, and how alike they are.
type Pair = (f64, (usize, usize));

/// The pairs that are one event, with how alike they are; and how many words of a month were too
/// common.
fn pairs(told: &[Told], the: Word) -> (Vec<Pair>, usize) {
    let sharing = sharing(told, the);
    // By event, so that of all the pairs only those that are alike are ever held.
    let mut meeting: Vec<(u32, u32, u32)> = Vec::new();
    let (mut start, mut common_words) = (0, 0);
    for group in sharing.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let end = start + group.len();
        if group.len() <= COMMON {
            let from = |n: usize| (group[n].2, number(start + n + 1), number(end));
            meeting.extend((0..group.len() - 1).map(from));
        } else {
            common_words += 1;
        }
        start = end;
    }
    meeting.sort_unstable();
    let mut pairs = Vec::new();
    let mut met: Vec<u32> = vec![u32::MAX; told.len()];
    for (a, from, to) in meeting {
        for &(_, _, b) in &sharing[from as usize..to as usize] {
            if a != b && std::mem::replace(&mut met[b as usize], a) != a {
                let (a, b) = (a as usize, b as usize);
                let score = likeness(&told[a], &told[b]);
                if score >= ALIKE {
                    pairs.push((score, (a, b)));
                }
            }
        }
    }
    (pairs, common_words)
}

/// Every event under each of its words and months, sorted.
fn sharing(told: &[Told], the: Word) -> Vec<(i8, Word, u32)> {
    let mut sharing: Vec<(i8, Word, u32)> = Vec::new();
    for (i, event) in told.iter().enumerate() {
        for month in event.moment.months() {
            let words = event.words.iter().copied().chain(event.definite.then_some(the));
            sharing.extend(words.map(|word| (month, word, number(i))));
        }
    }
    sharing.sort_unstable();
    sharing
}

/// A place as a number.
fn number(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than 2^32 words of events")
}

/// How alike two events are: 0 where their times disagree.
fn likeness(a: &Told, b: &Told) -> f64 {
    if is_elsewhere(&a.places, &b.places) || !a.moment.agrees(b.moment) {
        return 0.0;
    }
    let shared = both(&a.words, &b.words).filter(|word| **word != a.head).count();
    let somebody = both(&a.entities, &b.entities).next().is_some();
    let has = |told: &Told, head: Word| told.words.binary_search(&head).is_ok();
    let head = a.head == b.head || has(a, b.head) || has(b, a.head);
    let saying = a.saying && b.saying;
    let fewer = a.words.len().min(b.words.len()).max(1);
    let overlap = common(&a.words, &b.words) as f64 / fewer as f64;
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
fn is_elsewhere(a: &[EntityId], b: &[EntityId]) -> bool {
    !a.is_empty() && !b.is_empty() && common(a, b) == 0
}

/// Two happenings named as known, on one day: `the fire of March 3`, `the disaster on March 3`.
fn same_day_named(a: &Told, b: &Told) -> bool {
    let day = |told: &Told| match told.moment {
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
    places: Vec<Box<[EntityId]>>,
}

impl Groups {
    fn new(told: &[Told]) -> Self {
        let moments = told.iter().map(|told| told.moment).collect();
        let places = told.iter().map(|told| told.places.clone()).collect();
        Self { parent: (0..told.len()).collect(), moments, places }
    }

    /// The first of a group, halving the way to it for the next that asks.
    fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
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
        if !more.is_empty() {
            let mut all = std::mem::take(&mut self.places[low]).into_vec();
            all.extend(more);
            all.sort_unstable();
            all.dedup();
            self.places[low] = all.into();
        }
        self.moments[low] = self.moments[low].narrowed(self.moments[high]);
        self.parent[high] = low;
    }

    fn members(mut self) -> Vec<Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in 0..self.parent.len() {
            members.entry(self.root(i)).or_default().push(i);
        }
        members.into_values().collect()
    }
}
