//! What a reader has put right about names.

use stemma_model::{Correction, Named};
use stemma_text::fold;

use super::chain::Link;
use super::cluster::Cluster;

/// Pairs of names that are, and that are not, one.
pub(super) struct Rulings<'c> {
    same: Vec<(&'c Named, &'c Named)>,
    apart: Vec<(&'c Named, &'c Named)>,
}

impl<'c> Rulings<'c> {
    pub(super) fn of(corrections: &'c [Correction]) -> Self {
        let mut rulings = Self { same: Vec::new(), apart: Vec::new() };
        for correction in corrections {
            match correction {
                Correction::SamePerson { a, b } => rulings.same.push((a, b)),
                Correction::NotSamePerson { a, b } => rulings.apart.push((a, b)),
                Correction::SameStory { .. }
                | Correction::NotSameStory { .. }
                | Correction::Speaker { .. }
                | Correction::Ignore { .. } => {}
            }
        }
        rulings
    }

    /// Whether a reader forbade that `link` joins `cluster`.
    pub(super) fn forbid(&self, cluster: &Cluster<'_>, link: Link<'_>) -> bool {
        self.apart.iter().any(|(a, b)| {
            let other = if names(a, link) {
                b
            } else if names(b, link) {
                a
            } else {
                return false;
            };
            cluster.links.iter().any(|&member| names(other, member))
        })
    }

    /// Merges what a reader said is one.
    pub(super) fn join<'a>(&self, clusters: &mut Vec<Cluster<'a>>) {
        for (a, b) in &self.same {
            let holds = |named: &Named, cluster: &Cluster<'a>| {
                cluster.links.iter().any(|&link| names(named, link))
            };
            let Some(into) = clusters.iter().position(|cluster| holds(a, cluster)) else {
                continue;
            };
            let found: Vec<usize> = (0..clusters.len())
                .filter(|&at| at != into && (holds(a, &clusters[at]) || holds(b, &clusters[at])))
                .collect();
            for at in found.into_iter().rev() {
                let other = clusters.remove(at);
                let into = if at < into { into - 1 } else { into };
                let note = format!("a reader said that {} and {} are one", a.name, b.name);
                clusters[into].merge(other, "reader", note);
            }
        }
    }
}

/// Whether a chain goes by a name that a reader gave.
fn names(named: &Named, link: Link<'_>) -> bool {
    let wanted = fold(&named.name);
    named.document.is_none_or(|document| document == link.document())
        && (fold(link.name()) == wanted || link.forms().any(|(form, _)| fold(form) == wanted))
}
