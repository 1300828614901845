//! The sayings that quotations report.
//!
//! [`group`] takes the quotations of all documents, whose they are, and how pairs of them relate
//! (typed by the room `reuse`), and gives utterances. An utterance has at most one quotation of
//! each document; a quotation that renders two sayings at once (a report that splices them)
//! belongs to both. Quotations of different people never meet. Where the occasions of two
//! quotations cannot be one, what they share was said again: the relation is `recurring`.
//! Near-linear in pairs and quotations.

mod assemble;
mod when;

use std::collections::BTreeMap;

use stemma_model::{
    DateRange, DocumentId, EntityId, QuoteId, Reason, Relation, Span, Utterance, UtteranceId,
    Variant,
};

use when::When;

/// One quotation as grouping sees it: something said, not what somebody is only said to believe
/// or want ([`Quote::is_saying`](stemma_model::Quote::is_saying)).
#[derive(Clone, Copy, Debug)]
pub struct Saying {
    /// The document it stands in.
    pub document: DocumentId,
    /// The quotation.
    pub quote: QuoteId,
    /// Where it stands, from its first word to its last.
    pub hull: Option<Span>,
    /// Whose it is, where that is known.
    pub entity: Option<EntityId>,
    /// When it was said, where the document tells.
    pub stated: Option<DateRange>,
    /// When the document appeared.
    pub published: DateRange,
}

impl Saying {
    fn when(&self) -> When {
        When { stated: self.stated, published: self.published }
    }
}

/// Groups quotations to utterances, in order of their first quotation (by document as given, then
/// text).
///
/// `variants` says how pairs relate. A pair that names an unknown quotation, or quotations of two
/// known speakers, is left out. Every saying is in at least one utterance.
#[must_use]
pub fn group(sayings: &[Saying], variants: Vec<Variant>) -> Vec<Utterance> {
    let index = index(sayings);
    let pairs = pairs(sayings, &index, variants);
    drop(index);
    let groups = assemble::groups(sayings, pairs.keys().copied());
    groups.into_iter().map(|members| utterance(sayings, &pairs, members)).collect()
}

/// The place of each quotation; one that stands inside another of the same speaker counts as it,
/// so that a report that cuts a long quotation in two tells one utterance still.
fn index(sayings: &[Saying]) -> BTreeMap<QuoteId, usize> {
    let mut widest: Vec<usize> = Vec::new();
    let mut index = BTreeMap::new();
    let covers = |outer: &Saying, inner: &Saying| {
        outer.document == inner.document
            && outer.entity.is_some()
            && outer.entity == inner.entity
            && matches!((outer.hull, inner.hull), (Some(a), Some(b)) if a.covers(b))
    };
    for (at, saying) in sayings.iter().enumerate() {
        let outer = widest.iter().rev().take(3).copied().find(|&w| covers(&sayings[w], saying));
        if outer.is_none() {
            widest.push(at);
        }
        index.insert(saying.quote, outer.unwrap_or(at));
    }
    index
}

/// The pairs that may be one utterance, by place of their quotations, with how they relate.
fn pairs(
    sayings: &[Saying],
    index: &BTreeMap<QuoteId, usize>,
    variants: Vec<Variant>,
) -> BTreeMap<(usize, usize), Variant> {
    let mut pairs: BTreeMap<(usize, usize), Variant> = BTreeMap::new();
    let found = variants.into_iter().filter_map(|variant| {
        let (a, b) = (*index.get(&variant.a)?, *index.get(&variant.b)?);
        let (first, second) = (&sayings[a], &sayings[b]);
        let strangers = matches!((first.entity, second.entity), (Some(x), Some(y)) if x != y);
        let apart = first.document != second.document;
        (apart && !strangers).then(|| ((a.min(b), a.max(b)), typed(first, second, variant)))
    });
    for (pair, variant) in found {
        let closer = |other: &Variant| variant.relation < other.relation;
        if pairs.get(&pair).is_none_or(closer) {
            pairs.insert(pair, variant);
        }
    }
    pairs
}

/// The variant, `recurring` where the occasions cannot be one.
fn typed(a: &Saying, b: &Saying, variant: Variant) -> Variant {
    let mut variant = Variant { a: a.quote, b: b.quote, ..variant };
    if variant.relation != Relation::Recurring
        && let Some(note) = a.when().conflict(b.when())
    {
        let was = std::mem::replace(&mut variant.reason, Reason::new("other-occasion", note));
        variant.reason.parts.push(was);
        variant.relation = Relation::Recurring;
    }
    variant
}

fn utterance(
    sayings: &[Saying],
    pairs: &BTreeMap<(usize, usize), Variant>,
    members: Vec<usize>,
) -> Utterance {
    let variants: Vec<Variant> = members
        .iter()
        .enumerate()
        .flat_map(|(at, &a)| members[at + 1..].iter().map(move |&b| (a, b)))
        .filter_map(|pair| pairs.get(&pair).cloned())
        .collect();
    let quotes: Vec<(DocumentId, QuoteId)> =
        members.iter().map(|&at| (sayings[at].document, sayings[at].quote)).collect();
    let names: Vec<String> = quotes.iter().map(|(_, quote)| quote.to_string()).collect();
    let mut parts: Vec<&str> = names.iter().map(String::as_str).collect();
    parts.sort_unstable();
    let recurring = variants.iter().any(|variant| variant.relation == Relation::Recurring);
    Utterance {
        id: UtteranceId::of(&parts),
        entity: speaker(members.iter().map(|&at| &sayings[at])),
        said: when::said(members.iter().map(|&at| sayings[at].when()), recurring),
        reason: reason(&variants, members.len(), recurring),
        quotes,
        variants,
    }
}

/// The speaker that most quotations have; the smaller id on a tie.
fn speaker<'a>(members: impl Iterator<Item = &'a Saying>) -> Option<EntityId> {
    let mut counts: BTreeMap<EntityId, u32> = BTreeMap::new();
    for entity in members.filter_map(|saying| saying.entity) {
        *counts.entry(entity).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(id, count)| (count, std::cmp::Reverse(id))).map(|(id, _)| id)
}

fn reason(variants: &[Variant], members: usize, recurring: bool) -> Reason {
    if members == 1 {
        return Reason::new("single", "no other report has it");
    }
    let (rule, note) = if recurring {
        ("recurring-statement", format!("{members} quotations on more than one occasion"))
    } else {
        ("one-saying", format!("{members} quotations of one saying"))
    };
    let parts = variants.iter().map(|variant| variant.reason.clone());
    parts.fold(Reason::new(rule, note), Reason::because)
}

#[cfg(test)]
mod tests;
