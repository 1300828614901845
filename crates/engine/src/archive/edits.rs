//! Versions of one report: what was changed after it was published, and between when.

use serde::Serialize;
use stemma_ingest::canonical_address;
use stemma_store::{Store, Stored};

use super::compare::{Comparison, compare};
use crate::error::Error;

/// A change of a report between two of its versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edit {
    /// The address both versions stand at.
    pub address: String,
    /// Not before: when the earlier version was last seen there; else the earlier date it gives.
    pub after: Option<String>,
    /// Not after: when the later version was first seen there; else the date it gives.
    pub before: Option<String>,
    /// Whether the order of the two is known, from their dates or from when they were seen.
    pub ordered: bool,
    /// What was changed.
    pub changes: Comparison,
}

/// A version with when it was seen.
struct Version {
    stored: Stored,
    first: Option<String>,
    last: Option<String>,
}

impl Version {
    /// The day the document gives, then when it was first seen.
    fn order(&self) -> (Option<String>, &Option<String>) {
        let range = self.stored.annotations.published.range;
        (range.first_day().map(|day| day.to_string()), &self.first)
    }
}

/// What was changed in the reports that stand at one address in several versions, in order of
/// address and time. Each version is compared with the next.
///
/// # Errors
/// If the store cannot be read.
pub fn edits(store: &Store) -> Result<Vec<Edit>, Error> {
    let mut edits = Vec::new();
    for ids in store.versions()? {
        let mut versions = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(stored) = store.stored(id)? else { continue };
            let arrival = store.arrival(id)?;
            let (first, last) = arrival.map(|it| (it.first, it.last)).unzip();
            versions.push(Version { stored, first, last });
        }
        versions.sort_by(|a, b| {
            a.order().cmp(&b.order()).then(a.stored.document.id.cmp(&b.stored.document.id))
        });
        // Versions that differ in nothing but what their carrier says are no edits.
        versions.dedup_by(|next, kept| {
            next.stored.document.sha256 == kept.stored.document.sha256
                && next.stored.document.title == kept.stored.document.title
        });
        edits.extend(versions.windows(2).map(|pair| edit(&pair[0], &pair[1])));
    }
    Ok(edits)
}

fn edit(from: &Version, to: &Version) -> Edit {
    let address = from.stored.document.url.as_deref().and_then(canonical_address);
    // Seen in one run, the two say nothing about time by their arrival; their dates may.
    let watched = matches!((&from.last, &to.first), (Some(last), Some(first)) if last < first);
    let dates = (from.order().0, to.order().0);
    let (after, before) =
        if watched { (from.last.clone(), to.first.clone()) } else { dates.clone() };
    Edit {
        address: address.unwrap_or_default(),
        ordered: watched || matches!(&dates, (Some(a), Some(b)) if a < b),
        after,
        before,
        changes: compare(&from.stored, &to.stored),
    }
}
