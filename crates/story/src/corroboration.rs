//! From how many independent origins a point is known.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{Cluster, ClusterKind, DocumentId, Origins, Passage, Reason};

/// The clusters of carried text, found by the documents that have a part in them.
#[derive(Clone, Debug, Default)]
pub struct Carried<'a> {
    by_document: BTreeMap<DocumentId, Vec<(usize, &'a Cluster)>>,
}

impl<'a> Carried<'a> {
    /// What is carried among `clusters`. Text that each quotes from a third, and boilerplate, is
    /// left out: two reporters may well have heard the same speech.
    #[must_use]
    pub fn of(clusters: &'a [Cluster]) -> Self {
        let mut by_document: BTreeMap<DocumentId, Vec<(usize, &Cluster)>> = BTreeMap::new();
        for (at, cluster) in clusters.iter().enumerate().filter(|(_, it)| carries(it.kind)) {
            let documents: BTreeSet<DocumentId> =
                cluster.passages.iter().map(|passage| passage.document).collect();
            for document in documents {
                by_document.entry(document).or_default().push((at, cluster));
            }
        }
        Self { by_document }
    }

    /// How many independent origins stand behind `evidence`.
    ///
    /// Documents that carry one text at the place of the evidence count as one origin at least;
    /// every document counts at most. Takes time linear in the clusters of the documents.
    #[must_use]
    pub fn origins(&self, evidence: &[Passage]) -> Origins {
        let documents: BTreeSet<DocumentId> =
            evidence.iter().map(|passage| passage.document).collect();
        let mut origin: BTreeMap<DocumentId, DocumentId> =
            documents.iter().map(|&id| (id, id)).collect();
        let mut carried = Vec::new();
        for cluster in self.among(&documents) {
            let members = members(cluster, evidence);
            if let Some(&first) = members.first().filter(|_| members.len() > 1) {
                carried.push(through(cluster, members.len()));
                join(&mut origin, first, &members);
            }
        }
        let distinct: BTreeSet<_> = origin.values().collect();
        Origins {
            at_least: count(distinct.len()),
            at_most: count(documents.len()),
            reason: reason(documents.len(), carried),
        }
    }

    /// The clusters that can join two of `documents`, each once, in their order.
    fn among(&self, documents: &BTreeSet<DocumentId>) -> impl Iterator<Item = &'a Cluster> {
        let several = (documents.len() > 1).then_some(documents);
        let found: BTreeMap<usize, &Cluster> = several
            .into_iter()
            .flatten()
            .filter_map(|document| self.by_document.get(document))
            .flatten()
            .copied()
            .collect();
        found.into_values()
    }
}

fn carries(kind: ClusterKind) -> bool {
    match kind {
        ClusterKind::NearDuplicate
        | ClusterKind::Wire
        | ClusterKind::WireInferred
        | ClusterKind::CommonSource
        | ClusterKind::Passage => true,
        ClusterKind::Boilerplate | ClusterKind::SharedQuotation => false,
    }
}

/// The documents whose evidence lies in a passage of the cluster.
fn members(cluster: &Cluster, evidence: &[Passage]) -> BTreeSet<DocumentId> {
    let shares = |place: &&Passage| {
        let same =
            |part: &&Passage| part.document == place.document && part.span.overlaps(place.span);
        cluster.passages.iter().any(|part| same(&part))
    };
    evidence.iter().filter(shares).map(|place| place.document).collect()
}

fn join(
    origin: &mut BTreeMap<DocumentId, DocumentId>,
    first: DocumentId,
    members: &BTreeSet<DocumentId>,
) {
    let old: BTreeSet<DocumentId> = members.iter().map(|id| origin[id]).collect();
    let root = old.first().copied().unwrap_or(first);
    origin.values_mut().filter(|value| old.contains(value)).for_each(|value| *value = root);
}

/// What makes `reports` of the evidence one origin, and why the passage is taken for that.
fn through(cluster: &Cluster, reports: usize) -> Reason {
    let (rule, what) = match cluster.kind {
        ClusterKind::NearDuplicate => ("near-duplicate", "are one text, carried again"),
        ClusterKind::Wire => ("wire", "carry copy of an agency that one of them names"),
        ClusterKind::WireInferred => ("wire-inferred", "carry what seems to be agency copy"),
        ClusterKind::CommonSource => ("common-source", "carry a text that none is the source of"),
        ClusterKind::Passage | ClusterKind::Boilerplate | ClusterKind::SharedQuotation => {
            ("passage", "share a passage")
        }
    };
    Reason::new(rule, format!("{reports} of the reports {what}")).because(cluster.reason.clone())
}

fn reason(documents: usize, carried: Vec<Reason>) -> Reason {
    let whole = match carried.len() {
        0 if documents == 1 => Reason::new("one-report", "only one report has it"),
        0 => {
            Reason::new("no-shared-text", format!("no two of {documents} reports share text here"))
        }
        1 => Reason::new("shared-text", "a shared passage joins reports to one origin"),
        n => Reason::new("shared-text", format!("{n} shared passages join reports to one origin")),
    };
    carried.into_iter().fold(whole, Reason::because)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use stemma_model::{ClusterId, Span};

    use super::*;

    fn place(name: &str, start: usize) -> Passage {
        Passage::new(DocumentId::of(&[name]), Span::new(start, start + 10))
    }

    fn cluster(kind: ClusterKind, passages: Vec<Passage>) -> Cluster {
        let none = Origins { at_least: 1, at_most: 1, reason: Reason::new("", "") };
        let reason = Reason::new("", "");
        let id = ClusterId::of(&["x"]);
        Cluster { id, kind, passages, alignments: vec![], origins: none, stemma: vec![], reason }
    }

    /// Checks the fewest and the most origins, and through what reports are joined to one.
    #[track_caller]
    fn check(clusters: &[Cluster], expected: (u32, u32, &str)) {
        let evidence = [place("a", 0), place("b", 0), place("c", 0)];
        let found = Carried::of(clusters).origins(&evidence);
        let through: Vec<&str> = found.reason.parts.iter().map(|part| &*part.rule).collect();
        assert_eq!((found.at_least, found.at_most, &*through.join(" ")), expected);
    }

    #[test]
    fn carried_text_is_one_origin_and_quoted_text_is_not() {
        let shared = vec![place("a", 5), place("b", 5)];
        check(&[], (3, 3, ""));
        check(&[cluster(ClusterKind::Wire, shared.clone())], (2, 3, "wire"));
        check(&[cluster(ClusterKind::SharedQuotation, shared.clone())], (3, 3, ""));
        let chain = vec![place("b", 5), place("c", 5)];
        let both = [cluster(ClusterKind::Wire, shared), cluster(ClusterKind::Passage, chain)];
        check(&both, (1, 3, "wire passage"));
        check(&[cluster(ClusterKind::Wire, vec![place("a", 50), place("b", 5)])], (3, 3, ""));
    }
}
