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
    Annotations, DocumentId, EntityId, Quote, QuoteId, Reason, Relation, Utterance, UtteranceId,
    Variant,
};

use when::When;

/// One quotation as grouping sees it.
#[derive(Clone, Copy)]
struct Saying<'a> {
    document: DocumentId,
    quote: &'a Quote,
    entity: Option<EntityId>,
    when: When,
}

/// Groups quotations to utterances, in order of their first quotation (by document as given, then
/// text).
///
/// `speakers` says whose each quotation is; `variants` how pairs relate. A pair that names an
/// unknown quotation, or quotations of two known speakers, is left out. Every saying is in at least
/// one utterance; what somebody is only said to believe or want is in none.
#[must_use]
pub fn group(
    annotations: &[Annotations],
    speakers: &[(DocumentId, QuoteId, EntityId)],
    variants: &[Variant],
) -> Vec<Utterance> {
    let sayings = sayings(annotations, speakers);
    let index = index(&sayings);
    let pairs = pairs(&sayings, &index, variants);
    let groups = assemble::groups(&sayings, pairs.keys().copied());
    groups.into_iter().map(|members| utterance(&sayings, &pairs, members)).collect()
}

fn sayings<'a>(
    annotations: &'a [Annotations],
    speakers: &[(DocumentId, QuoteId, EntityId)],
) -> Vec<Saying<'a>> {
    let entities: BTreeMap<(DocumentId, QuoteId), EntityId> =
        speakers.iter().map(|&(document, quote, entity)| ((document, quote), entity)).collect();
    let quotes = annotations.iter().flat_map(|a| a.quotes.iter().map(move |quote| (a, quote)));
    quotes
        .filter(|(_, quote)| quote.is_saying())
        .map(|(annotations, quote)| Saying {
            document: annotations.document,
            quote,
            entity: entities.get(&(annotations.document, quote.id)).copied(),
            when: When::of(annotations, quote),
        })
        .collect()
}

/// The place of each quotation; one that stands inside another of the same speaker counts as it,
/// so that a report that cuts a long quotation in two tells one utterance still.
fn index(sayings: &[Saying<'_>]) -> BTreeMap<QuoteId, usize> {
    let mut widest: Vec<usize> = Vec::new();
    let mut index = BTreeMap::new();
    let covers = |outer: &Saying<'_>, inner: &Saying<'_>| {
        outer.document == inner.document
            && outer.entity.is_some()
            && outer.entity == inner.entity
            && matches!((outer.quote.hull(), inner.quote.hull()), (Some(a), Some(b)) if a.covers(b))
    };
    for (at, saying) in sayings.iter().enumerate() {
        let outer = widest.iter().rev().take(3).copied().find(|&w| covers(&sayings[w], saying));
        if outer.is_none() {
            widest.push(at);
        }
        index.insert(saying.quote.id, outer.unwrap_or(at));
    }
    index
}

/// The pairs that may be one utterance, by place of their quotations, with how they relate.
fn pairs(
    sayings: &[Saying<'_>],
    index: &BTreeMap<QuoteId, usize>,
    variants: &[Variant],
) -> BTreeMap<(usize, usize), Variant> {
    let mut pairs: BTreeMap<(usize, usize), Variant> = BTreeMap::new();
    let found = variants.iter().filter_map(|variant| {
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
fn typed(a: &Saying<'_>, b: &Saying<'_>, variant: &Variant) -> Variant {
    let mut variant = Variant { a: a.quote.id, b: b.quote.id, ..variant.clone() };
    if variant.relation != Relation::Recurring
        && let Some(note) = a.when.conflict(b.when)
    {
        let was = std::mem::replace(&mut variant.reason, Reason::new("other-occasion", note));
        variant.reason.parts.push(was);
        variant.relation = Relation::Recurring;
    }
    variant
}

fn utterance(
    sayings: &[Saying<'_>],
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
        members.iter().map(|&at| (sayings[at].document, sayings[at].quote.id)).collect();
    let names: Vec<String> = quotes.iter().map(|(_, quote)| quote.to_string()).collect();
    let mut parts: Vec<&str> = names.iter().map(String::as_str).collect();
    parts.sort_unstable();
    let recurring = variants.iter().any(|variant| variant.relation == Relation::Recurring);
    Utterance {
        id: UtteranceId::of(&parts),
        entity: speaker(members.iter().map(|&at| &sayings[at])),
        said: when::said(members.iter().map(|&at| sayings[at].when), recurring),
        reason: reason(&variants, members.len(), recurring),
        quotes,
        variants,
    }
}

/// The speaker that most quotations have; the smaller id on a tie.
fn speaker<'a>(members: impl Iterator<Item = &'a Saying<'a>>) -> Option<EntityId> {
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
