//! The relation of two quotations.

use stemma_model::{Change, ChangeOp, DateRange, QuoteKind, Reason, Relation, Span};
use stemma_text::words;

use super::alter::{Alteration, alterations};
use super::paraphrase::Closeness;
use super::said::{QuotedText, Said, weight};
use crate::align::Block;
use crate::change::{Aligned, changes};
use crate::diff::pairs;
use crate::stream::fingerprint;

/// What the words of a quotation must weigh to be recognised in another: two long words and one
/// short. Less ("very good") stands in anybody's mouth.
pub(super) const LEAST_WEIGHT: f32 = 7.0;

/// The share of the shorter that must stand in the longer, by weight, for the two to report one
/// saying in direct speech. Between it and the next, reporters do not reword within the marks:
/// the speaker spoke twice.
pub(super) const ONE_SAYING: f32 = 0.6;

/// The share from which on two sayings of one speaker are the same thing said again, and the long
/// words they must have in common. Chosen on the recurring statements of the seeds.
pub(super) const SAID_AGAIN: f32 = 0.3;
pub(super) const SAID_AGAIN_WORDS: usize = 4;

/// The same for quotations whose speaker is not known to be one.
pub(super) const ANY_SPEAKER: f32 = 0.8;

/// The cosine from which on sentence vectors alone make two quotations of one speaker close.
const CLOSE_VECTORS: f32 = 0.8;

/// Days between publications from which on a saying in other words is another occasion: a weekly
/// has it a week later, an agency the same day.
const DAYS_APART: i32 = 8;

/// Words of a difference that can be an alteration: longer ones are cuts or other sentences.
const ALTERED_WORDS: usize = 3;

/// Words of one text in another quotation's document that show where a splice took them from.
const SPLICED_WORDS: usize = 5;

/// How two quotations relate.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Whether the first given is the fuller; else the changes lead from the second to the first.
    pub first_is_fuller: bool,
    /// The relation of the other to the fuller.
    pub relation: Relation,
    /// What differs, in order; `a` counts in the fuller's document.
    pub changes: Vec<Change>,
    /// The share of the shorter's words, weighed, that stand in the fuller in order, from 0 to 1:
    /// to choose among several relatives in one document.
    pub closeness: f32,
    /// What decided it.
    pub reason: Reason,
}

/// How `a` and `b` relate, if they report one saying, or the same thing said again.
///
/// `same_speaker` says that both are attributed to one person; without it only nearly equal words
/// relate. Symmetric but for [`Related::first_is_fuller`]. Time linear in mostly equal words,
/// quadratic in others, up to 2^20 steps.
#[must_use]
pub fn relate(a: &QuotedText<'_>, b: &QuotedText<'_>, same_speaker: bool) -> Option<Related> {
    let comparison = Comparison::of(a, b)?;
    let (relation, reason) = comparison.relation(same_speaker)?;
    Some(Related {
        first_is_fuller: comparison.first_is_fuller,
        relation,
        reason,
        closeness: comparison.share,
        changes: comparison.changes,
    })
}

/// Two quotations aligned, the fuller first.
struct Comparison<'q> {
    fuller: &'q QuotedText<'q>,
    other: &'q QuotedText<'q>,
    said: (Said, Said),
    first_is_fuller: bool,
    matched: Vec<(usize, usize)>,
    /// Weight of the other's matched words over all of its.
    share: f32,
    changes: Vec<Change>,
}

impl<'q> Comparison<'q> {
    /// The comparison of whole contents; of the parts in marks, where one is mixed and these parts
    /// stand in the other but the rest does not.
    fn of(a: &'q QuotedText<'q>, b: &'q QuotedText<'q>) -> Option<Self> {
        let whole = Self::between((a, Said::of(a)), (b, Said::of(b)))?;
        if whole.share >= ONE_SAYING {
            return Some(whole);
        }
        let is_mixed = |quote: &QuotedText<'_>| quote.kind == QuoteKind::Mixed;
        let marked_a = is_mixed(a).then(|| Self::between((a, marked(a)), (b, Said::of(b))));
        let marked_b = is_mixed(b).then(|| Self::between((a, Said::of(a)), (b, marked(b))));
        let mut best = whole;
        for part in [marked_a, marked_b].into_iter().flatten().flatten() {
            if part.share >= ANY_SPEAKER && part.share > best.share {
                best = part;
            }
        }
        Some(best)
    }

    fn between(a: (&'q QuotedText<'q>, Said), b: (&'q QuotedText<'q>, Said)) -> Option<Self> {
        let weights = (a.1.total(), b.1.total());
        if weights.0.min(weights.1) < LEAST_WEIGHT {
            return None;
        }
        let first_is_fuller = is_fuller((a.0, weights.0), (b.0, weights.1));
        let ((fuller, said_fuller), (other, said_other)) =
            if first_is_fuller { (a, b) } else { (b, a) };
        let matched = aligned(&said_fuller.prints, &said_other.prints);
        let changes = changed(fuller, other, (&said_fuller, &said_other), &matched);
        let respelled = respelled(&changes, &said_other, &matched);
        let share =
            (said_other.weight(matched.iter().map(|&(_, j)| j)) + respelled) / said_other.total();
        Some(Self {
            fuller,
            other,
            said: (said_fuller, said_other),
            first_is_fuller,
            matched,
            share,
            changes,
        })
    }

    fn relation(&self, same_speaker: bool) -> Option<(Relation, Reason)> {
        let least = if same_speaker { 0.0 } else { ANY_SPEAKER };
        let indirect = |quote: &QuotedText<'_>| quote.kind == QuoteKind::Indirect;
        if self.share < least {
            None
        } else if indirect(self.fuller) != indirect(self.other) {
            self.paraphrase()
        } else if self.share < ONE_SAYING {
            if indirect(self.fuller) { self.paraphrase() } else { self.said_again() }
        } else {
            Some(self.one_saying(indirect(self.fuller)))
        }
    }

    /// The words that differ beyond spelling.
    fn differences(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.op != ChangeOp::Respell)
    }

    fn texts(&self, change: &Change) -> (&str, &str) {
        (&self.fuller.text[change.a.range()], &self.other.text[change.b.range()])
    }

    /// Direct here, indirect there, or indirect in both.
    fn paraphrase(&self) -> Option<(Relation, Reason)> {
        let closeness = self.closeness();
        let close = closeness.probability();
        let near = closeness.same()
            || self.share >= ONE_SAYING
            || closeness.cosine.is_some_and(|cosine| cosine >= CLOSE_VECTORS);
        if !near || (self.share < SAID_AGAIN && self.common_long() < SAID_AGAIN_WORDS) {
            return None;
        }
        let basis = Reason::new("close-meaning", self.share_note()).scored(close);
        if self.apart() && self.share < ANY_SPEAKER {
            return Some((
                Relation::Recurring,
                Reason::new("other-occasion", self.times()).because(basis),
            ));
        }
        let altered = self.altered(|alteration| alteration.outlives_backshift());
        Some(match altered {
            Some(reason) if self.share >= ONE_SAYING => (Relation::Altered, reason.because(basis)),
            _ => (
                Relation::Paraphrase,
                Reason::new("without-marks", "not in quotation marks in both").because(basis),
            ),
        })
    }

    /// Two sayings that have too little in common to be one.
    fn said_again(&self) -> Option<(Relation, Reason)> {
        let cosine = super::cosine(self.fuller.vector, self.other.vector);
        let close = self.common_long() >= SAID_AGAIN_WORDS && self.bag_share() >= SAID_AGAIN
            || cosine.is_some_and(|cosine| cosine >= CLOSE_VECTORS) && self.common_long() > 0;
        close.then(|| {
            let note = "each says in direct speech what the other does not: said more than once";
            let basis = Reason::new("common-words", self.share_note()).scored(self.bag_share());
            (Relation::Recurring, Reason::new("other-words", note).because(basis))
        })
    }

    /// One saying in both, by the words.
    fn one_saying(&self, indirect: bool) -> (Relation, Reason) {
        let basis = || Reason::new("common-words", self.share_note()).scored(self.share);
        if self.differences().next().is_none() {
            return self.same_words();
        }
        if self.occasions_differ() {
            let reason = Reason::new("other-occasion", self.times());
            return (Relation::Recurring, reason.because(basis()));
        }
        if let Some(reason) = self.spliced() {
            return (Relation::Spliced, reason.because(basis()));
        }
        if let Some(reason) = self.published_apart() {
            return (Relation::Recurring, reason.because(basis()));
        }
        let counts = |alteration: Alteration| !indirect || alteration.outlives_backshift();
        if let Some(reason) = self.altered(counts) {
            return (Relation::Altered, reason.because(basis()));
        }
        if self.differences().all(|change| change.op == ChangeOp::Delete) {
            return (Relation::Trimmed, self.cut().because(basis()));
        }
        let relation = if indirect { Relation::Paraphrase } else { Relation::Reworded };
        (relation, Reason::new("other-words", "to the same effect").because(basis()))
    }

    /// Every word of either is a word of the other.
    fn same_words(&self) -> (Relation, Reason) {
        if self.occasions_differ() {
            return (Relation::Recurring, Reason::new("other-occasion", self.times()));
        }
        let kinds = self.fuller.kind == self.other.kind;
        if self.changes.is_empty() && kinds {
            (Relation::Verbatim, Reason::new("same-words", "the same words and marks"))
        } else {
            let note =
                if kinds { "case, marks or spelling differ" } else { "one marks a part only" };
            (Relation::Typographic, Reason::new("same-words", note))
        }
    }

    /// Whether both say when it was said, and these are not one time.
    fn occasions_differ(&self) -> bool {
        let both = self.fuller.occasion.zip(self.other.occasion);
        both.is_some_and(|(one, other)| !one.compatible(other))
    }

    /// Reported long apart, and neither has all words of the other: said again.
    fn published_apart(&self) -> Option<Reason> {
        let added = self.differences().any(|change| change.op != ChangeOp::Delete);
        let one_time = self.fuller.occasion.is_some() && self.other.occasion.is_some();
        (added && self.apart() && !one_time).then(|| Reason::new("other-occasion", self.times()))
    }

    /// Whether the two were said, or else published, more than a week apart.
    fn apart(&self) -> bool {
        let when = |quote: &QuotedText<'_>| quote.occasion.or(quote.published);
        match (when(self.fuller), when(self.other)) {
            (Some(one), Some(other)) => days_between(one, other) >= DAYS_APART,
            _ => false,
        }
    }

    fn times(&self) -> String {
        let day = |quote: &QuotedText<'_>| {
            let date = quote.occasion.or(quote.published).and_then(|date| date.from.or(date.to));
            date.map_or_else(|| "an unknown day".to_owned(), |date| date.to_string())
        };
        format!("{} and {}", day(self.fuller), day(self.other))
    }

    /// Words taken from two places of the fuller's document and joined without a mark.
    fn spliced(&self) -> Option<Reason> {
        let (fuller, other) = (&self.said.0.words, &self.said.1.words);
        let joined = self.matched.windows(2).any(|two| {
            let ((i, j), (k, l)) = (two[0], two[1]);
            l == j + 1
                && k > i + 1
                && fuller[k].sentence != fuller[i].sentence
                && !other[l].cut_before
                && fuller[k - 1].sentence == fuller[i].sentence
        });
        if joined {
            let note = "two sentences joined, the words between them left out without a mark";
            return Some(Reason::new("joined", note));
        }
        let taken = |from: &QuotedText<'_>, to: &QuotedText<'_>, part: Span| {
            stands_elsewhere(from, &to.text[part.range()])
        };
        self.differences()
            .any(|change| {
                taken(self.fuller, self.other, change.b) || taken(self.other, self.fuller, change.a)
            })
            .then(|| {
                let note = "words that the other document has at another place";
                Reason::new("two-sayings", note)
            })
    }

    /// The small differences that change what is said: words replaced anywhere, words added or left
    /// out inside.
    fn altered(&self, counts: impl Fn(Alteration) -> bool) -> Option<Reason> {
        let inside = self.inside();
        let mut found: Vec<(Alteration, String)> = Vec::new();
        let replaced = |change: &Change| change.op == ChangeOp::Replace;
        for change in self.differences().filter(|c| inside.covers(c.a) || replaced(c)) {
            let (a, b) = self.texts(change);
            let short = words(a).count().max(words(b).count()) <= ALTERED_WORDS;
            if short && !self.cut_at(change) {
                found.extend(
                    alterations(a, b)
                        .into_iter()
                        .filter(|&alteration| counts(alteration))
                        .map(|alteration| (alteration, format!("“{a}”, “{b}”"))),
                );
            }
        }
        found.sort();
        let (first, _) = found.first()?;
        let reason = Reason::new("altered", first.name());
        Some(found.iter().fold(reason, |reason, (alteration, note)| {
            reason.because(Reason::new(alteration.name(), note.clone()))
        }))
    }

    /// The stretch of the fuller from the first matched word to the last.
    fn inside(&self) -> Span {
        match (self.matched.first(), self.matched.last()) {
            (Some(&(first, _)), Some(&(last, _))) => self.said.0.span(first, last),
            _ => Span::new(0, 0),
        }
    }

    /// Whether a mark of omission stands where the other has nothing.
    fn cut_at(&self, change: &Change) -> bool {
        change.b.is_empty()
            && self.said.1.words.iter().any(|word| {
                word.cut_before
                    && word.span.start >= change.b.start
                    && self
                        .other
                        .text
                        .get(change.b.end()..word.span.start())
                        .is_some_and(|gap| words(gap).next().is_none())
            })
    }

    /// Where the other was cut, and whether it shows.
    fn cut(&self) -> Reason {
        let inside = self.inside();
        let inner: Vec<&Change> = self.differences().filter(|c| inside.covers(c.a)).collect();
        let note = if inner.is_empty() {
            "a part of the fuller, in one piece"
        } else if inner.iter().all(|change| self.cut_at(change)) {
            "cut inside, shown by a mark"
        } else {
            "cut inside without a mark"
        };
        let lost: Vec<Alteration> =
            self.differences().flat_map(|change| alterations(self.texts(change).0, "")).collect();
        let reason = Reason::new("cut", note);
        if lost.contains(&Alteration::Condition) {
            return reason.because(Reason::new("condition", "what is left out holds a condition"));
        }
        reason
    }

    fn closeness(&self) -> Closeness {
        let text = |quote: &QuotedText<'_>| -> String {
            let parts: Vec<&str> =
                quote.content.iter().filter_map(|part| quote.text.get(part.range())).collect();
            parts.join(" ")
        };
        Closeness::of(
            &text(self.fuller),
            &text(self.other),
            (self.fuller.vector, self.other.vector),
        )
    }

    /// Different long words that both have, in any order.
    fn common_long(&self) -> usize {
        self.common().filter(|&print| crate::stream::is_long(print)).count()
    }

    fn common(&self) -> impl Iterator<Item = u32> {
        let mut prints = self.said.1.prints.clone();
        prints.sort_unstable();
        prints.dedup();
        prints.into_iter().filter(|print| self.said.0.prints.contains(print))
    }

    /// The weight of common words, in any order, over that of the other's different words.
    fn bag_share(&self) -> f32 {
        let mut prints = self.said.1.prints.clone();
        prints.sort_unstable();
        prints.dedup();
        let all: f32 = prints.into_iter().map(weight).sum();
        self.common().map(weight).sum::<f32>() / all
    }

    fn share_note(&self) -> String {
        format!("{} of {} words of the shorter", self.matched.len(), self.said.1.len())
    }
}

/// Whether the first of two quotations with their weights is the fuller, which must not depend on
/// which is given first.
pub(super) fn is_fuller(a: (&QuotedText<'_>, f32), b: (&QuotedText<'_>, f32)) -> bool {
    let key = |quote: &QuotedText<'_>| (quote.document, quote.content.first().copied());
    a.1 > b.1 || (a.1 >= b.1 && key(a.0) <= key(b.0))
}

/// Which words of a fuller quotation stand for which of another, by their fingerprints.
pub(super) fn aligned(fuller: &[u32], other: &[u32]) -> Vec<(usize, usize)> {
    pairs(fuller, other, |print| if crate::stream::is_long(print) { 3 } else { 1 })
}

/// What some words weigh, by their fingerprints.
pub(super) fn total(prints: &[u32]) -> f32 {
    prints.iter().map(|&print| weight(print)).sum()
}

/// The words in quotation marks alone.
fn marked(quote: &QuotedText<'_>) -> Said {
    let whole = Said::of(quote);
    let keep = whole.marked();
    Said {
        words: keep.iter().map(|&i| whole.words[i]).collect(),
        prints: keep.iter().map(|&i| whole.prints[i]).collect(),
    }
}

fn changed(
    fuller: &QuotedText<'_>,
    other: &QuotedText<'_>,
    said: (&Said, &Said),
    matched: &[(usize, usize)],
) -> Vec<Change> {
    let spans = |said: &Said| -> Vec<Span> { said.words.iter().map(|word| word.span).collect() };
    let (words_a, words_b) = (spans(said.0), spans(said.1));
    let aligned = Aligned { a: fuller.text, b: other.text, words_a: &words_a, words_b: &words_b };
    let blocks: Vec<Block> = matched.iter().map(|&(a, b)| Block { a, b, len: 1 }).collect();
    changes(&aligned, &blocks).0
}

/// The weight of words that differ in spelling only, so that they were not matched as equal.
fn respelled(changes: &[Change], said: &Said, matched: &[(usize, usize)]) -> f32 {
    let respelled = |i: usize| {
        matched.binary_search_by_key(&i, |pair| pair.1).is_err()
            && changes
                .iter()
                .any(|change| change.op == ChangeOp::Respell && change.b.covers(said.words[i].span))
    };
    said.weight((0..said.len()).filter(|&i| respelled(i)))
}

/// Days between two ranges; none where they touch or are unknown.
fn days_between(one: DateRange, other: DateRange) -> i32 {
    let gap = |before: DateRange, after: DateRange| match (before.to, after.from) {
        (Some(to), Some(from)) if to < from => (from - to).get_days(),
        _ => 0,
    };
    gap(one, other).max(gap(other, one))
}

/// Whether words stand in a quotation's document outside the quotation.
fn stands_elsewhere(quote: &QuotedText<'_>, part: &str) -> bool {
    use stemma_text::fold;
    let sought: Vec<Span> = words(part).collect();
    if sought.len() < SPLICED_WORDS {
        return false;
    }
    // Equal words have equal fingerprints, which are made without taking memory.
    let first = fingerprint(sought[0].of_text(part));
    let sought: Vec<String> = sought.into_iter().map(|word| fold(word.of_text(part))).collect();
    let outside = |span: Span| !quote.content.iter().any(|part| part.overlaps(span));
    let all: Vec<Span> = words(quote.text).collect();
    all.windows(sought.len()).any(|window| {
        fingerprint(window[0].of_text(quote.text)) == first
            && outside(window[0])
            && window
                .iter()
                .zip(&sought)
                .all(|(word, sought)| fold(word.of_text(quote.text)) == *sought)
    })
}
