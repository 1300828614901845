//! Chains that are one, and the entity they make.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{DocumentId, Entity, EntityId, Form, MentionKind, Reason};

use super::chain::Link;

/// Reasons of an entity that are kept, so that one named in ten thousand reports stays readable.
const KEPT_REASONS: usize = 12;

/// Chains that are one, with why.
pub(super) struct Cluster<'a> {
    pub(super) links: Vec<Link<'a>>,
    /// Rule and note of each merge, with how often it was made.
    /// Rules with notes, sorted, and how often each was followed: most clusters have none or one.
    reasons: Vec<((&'static str, String), u32)>,
}

impl<'a> Cluster<'a> {
    pub(super) fn new(link: Link<'a>) -> Self {
        Self { links: vec![link], reasons: Vec::new() }
    }

    /// Takes in a chain.
    pub(super) fn push(&mut self, link: Link<'a>, rule: &'static str, note: String) {
        self.links.push(link);
        *self.count((rule, note)) += 1;
    }

    /// Takes in another cluster.
    pub(super) fn merge(&mut self, other: Self, rule: &'static str, note: String) {
        self.links.extend(other.links);
        for (reason, count) in other.reasons {
            *self.count(reason) += count;
        }
        *self.count((rule, note)) += 1;
    }

    /// Records a fact that is no merge.
    pub(super) fn note(&mut self, rule: &'static str, note: String) {
        let count = self.count((rule, note));
        *count = (*count).max(1);
    }

    /// How often a reason was given.
    fn count(&mut self, reason: (&'static str, String)) -> &mut u32 {
        let at = match self.reasons.binary_search_by(|(known, _)| known.cmp(&reason)) {
            Ok(at) => at,
            Err(at) => {
                self.reasons.insert(at, (reason, 0));
                at
            }
        };
        &mut self.reasons[at].1
    }

    pub(super) fn roles(&self) -> impl Iterator<Item = &str> {
        self.links.iter().flat_map(|link| link.roles())
    }

    pub(super) fn into_entity(mut self) -> Entity {
        self.links.sort_by_key(|link| (link.document(), link.chain()));
        let name = self.name();
        let chains: Vec<_> =
            self.links.iter().map(|link| (link.document(), link.chain())).collect();
        let documents: BTreeSet<DocumentId> =
            chains.iter().map(|&(document, _)| document).collect();
        let kind = self.kind();
        let first = chains.first().map(|(d, c)| (d.to_string(), c.to_string())).unwrap_or_default();
        Entity {
            id: EntityId::of(&[&format!("{kind:?}"), &name, &first.0, &first.1]),
            name,
            kind,
            forms: self.forms(),
            documents: documents.into_iter().collect(),
            chains,
            reason: self.reason(),
        }
    }

    /// The name most documents give among those that tell most.
    fn name(&self) -> String {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for link in self.links.iter().filter(|link| link.is_named()) {
            *counts.entry(link.name()).or_default() += 1;
        }
        let detail = |name: &str| {
            super::name::PersonName::parse(name).map_or(0, |parts| parts.detail().min(3))
        };
        let person = self.kind() == MentionKind::Person;
        let best = counts.iter().max_by_key(|&(name, &count)| {
            let clean = name.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c));
            (clean, if person { detail(name) } else { 0 }, count, std::cmp::Reverse(name.len()))
        });
        best.map_or_else(|| self.links[0].name(), |(name, _)| name).to_owned()
    }

    /// The kind that most chains have.
    fn kind(&self) -> MentionKind {
        let mut counts: BTreeMap<MentionKind, u32> = BTreeMap::new();
        for link in &self.links {
            *counts.entry(link.kind()).or_default() += 1;
        }
        let best = counts.into_iter().max_by_key(|&(kind, count)| (count, std::cmp::Reverse(kind)));
        best.map_or(MentionKind::Other, |(kind, _)| kind)
    }

    fn forms(&self) -> Vec<Form> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for (text, count) in self.links.iter().flat_map(|link| link.forms()) {
            *counts.entry(text).or_default() += count;
        }
        let mut forms: Vec<Form> =
            counts.into_iter().map(|(text, count)| Form { text: text.to_owned(), count }).collect();
        forms.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        forms
    }

    fn reason(&self) -> Reason {
        let chains = self.links.len();
        let documents: BTreeSet<DocumentId> =
            self.links.iter().map(|link| link.document()).collect();
        let note = format!("{chains} chains in {} documents", documents.len());
        let reasons = self.reasons.iter();
        let mut parts: Vec<(&(&str, String), &u32)> =
            reasons.map(|(reason, count)| (reason, count)).collect();
        parts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        parts.into_iter().take(KEPT_REASONS).fold(
            Reason::new("one-name", note),
            |reason, ((rule, note), count)| {
                let note = if *count > 1 { format!("{note} (×{count})") } else { note.clone() };
                reason.because(Reason::new(*rule, note))
            },
        )
    }
}
