//! The overview: what the reports hold, what most of them tell, and where they differ.

use std::collections::BTreeSet;

use stemma_model::{
    Cell, ClaimStatus, Coverage, DocumentId, HeadlineVerdict, Origins, Passage, PointKind,
    QuoteKind,
};

use crate::dates;
use crate::edition::Edition;
use crate::view::point::Points;
use crate::view::statement::{Speaker, Statement, Voice};
use crate::view::wording::count;

/// How many points "most told" names.
const MOST_TOLD: usize = 5;

/// One point that many reports tell.
pub(crate) struct Told<'r> {
    pub(crate) kind: PointKind,
    pub(crate) text: String,
    /// Where, one passage a document.
    pub(crate) places: Vec<Passage>,
    /// Of how many documents.
    pub(crate) of: usize,
    pub(crate) origins: &'r Origins,
}

/// What most reports tell: the points of all stories with the most carriers.
pub(crate) fn most_told<'r>(edition: &Edition<'r>) -> Vec<Told<'r>> {
    let lookup = Points::new(edition);
    let mut told: Vec<Told<'r>> = edition
        .record
        .contrast
        .coverage
        .iter()
        .flat_map(|matrix| points(edition, &lookup, matrix))
        .collect();
    told.retain(|told| told.places.len() > 1);
    told.sort_by_cached_key(|told| {
        (
            std::cmp::Reverse((told.places.len(), told.origins.at_least)),
            told.kind,
            told.text.clone(),
        )
    });
    // Two sayings whose fullest reading is one sentence would read as a slip.
    let mut seen = BTreeSet::new();
    told.retain(|told| seen.insert(told.text.clone()));
    told.truncate(MOST_TOLD);
    told
}

/// The points of one story with the places of those that carry them.
fn points<'r>(
    edition: &Edition<'r>,
    lookup: &Points<'_, 'r>,
    coverage: &'r Coverage,
) -> Vec<Told<'r>> {
    let mut places: Vec<Vec<Passage>> = vec![Vec::new(); coverage.points.len()];
    for cell in coverage.cells.iter().filter(|cell| cell.state != Cell::Absent) {
        if let (Some(places), Some(&first)) =
            (places.get_mut(cell.point as usize), cell.evidence.first())
        {
            places.push(Passage::new(cell.document, first));
        }
    }
    let told = coverage.points.iter().zip(places).map(|(point, places)| Told {
        kind: point.kind,
        text: lookup.words(point, places.iter().copied()),
        places: edition.first_passages(&places),
        of: coverage.documents.len(),
        origins: &point.origins,
    });
    told.collect()
}

/// The record in numbers.
pub(crate) struct Numbers {
    pub(crate) documents: usize,
    /// Outlets that are named.
    pub(crate) outlets: usize,
    /// Documents that name no outlet.
    pub(crate) nameless: usize,
    pub(crate) stories: usize,
    pub(crate) speakers: usize,
    pub(crate) quotes: usize,
    pub(crate) direct: usize,
    pub(crate) statements: usize,
    /// Statements that more than one document carries.
    pub(crate) shared_statements: usize,
    /// Statements of which some witness differs in substance, rewords or splices.
    pub(crate) contested: usize,
    pub(crate) copied: usize,
    pub(crate) conditions: usize,
    pub(crate) consequences: usize,
    /// Figures that differ.
    pub(crate) conflicts: usize,
    /// Figures that at least two documents give.
    pub(crate) compared: usize,
    /// Headlines of which no sentence, or only a part, was found.
    pub(crate) loose_headlines: usize,
    pub(crate) headlines: usize,
    pub(crate) unattributed: usize,
}

/// Counts what a record holds.
pub(crate) fn numbers(edition: &Edition<'_>, speakers: &[Speaker<'_>]) -> Numbers {
    let record = edition.record;
    let statements = || speakers.iter().flat_map(|speaker| &speaker.statements);
    let outlets = || record.documents.iter().map(|document| document.outlet.as_deref());
    let headlines = || record.contrast.headlines.iter().map(|headline| headline.verdict);
    let loose = [HeadlineVerdict::NotFound, HeadlineVerdict::SupportedInPart];
    let unattributed = speakers.iter().find(|s| matches!(s.voice, Voice::Unattributed));
    let differ = [ClaimStatus::Conflicts];
    Numbers {
        documents: record.documents.len(),
        outlets: outlets().flatten().collect::<BTreeSet<&str>>().len(),
        nameless: outlets().filter(Option::is_none).count(),
        stories: record.stories.len(),
        speakers: speakers
            .iter()
            .filter(|speaker| matches!(speaker.voice, Voice::Entity(_) | Voice::Name(_)))
            .count(),
        quotes: record.quotes().filter(|(_, quote)| quote.is_saying()).count(),
        direct: record.quotes().filter(|(_, quote)| quote.kind == QuoteKind::Direct).count(),
        statements: statements().count(),
        shared_statements: statements().filter(|statement| statement.carriers() > 1).count(),
        contested: statements().filter(|statement| statement.contested()).count(),
        copied: record.clusters.len().max(usize::from(!record.alignments.is_empty())),
        conditions: record.conditions().count(),
        consequences: record.condition_groups.len(),
        conflicts: record.claims.iter().filter(|claim| differ.contains(&claim.status)).count(),
        compared: record.claims.iter().filter(|c| c.status != ClaimStatus::Single).count(),
        loose_headlines: headlines().filter(|verdict| loose.contains(verdict)).count(),
        headlines: headlines().filter(|verdict| *verdict != HeadlineVerdict::Missing).count(),
        unattributed: unattributed.map_or(0, |speaker| speaker.statements.len()),
    }
}

/// Statements whose witnesses differ in substance or words, those most carry first.
pub(crate) fn contested<'s, 'r>(speakers: &'s [Speaker<'r>]) -> Vec<&'s Statement<'r>> {
    let statements = speakers.iter().flat_map(|speaker| &speaker.statements);
    let mut found: Vec<&Statement<'r>> =
        statements.filter(|statement| statement.contested()).collect();
    found.sort_by_key(|statement| {
        let least = statement.entries.iter().filter_map(|entry| entry.relation).max();
        (std::cmp::Reverse(least), std::cmp::Reverse(statement.carriers()))
    });
    found
}

/// The documents in which an entity stands, in document order.
pub(crate) fn in_order(edition: &Edition<'_>, documents: &[DocumentId]) -> Vec<DocumentId> {
    let mut ordered = documents.to_vec();
    ordered.sort_by_key(|&id| edition.order(id));
    ordered
}

/// The whole in two sentences.
pub(crate) fn standfirst(edition: &Edition<'_>, numbers: &Numbers) -> String {
    let over = edition.published_over();
    let dated = match over.from.or(over.to) {
        Some(_) => format!(", {}", dates::words(over)),
        None if numbers.documents > 0 => ", none dated to the day".to_owned(),
        None => String::new(),
    };
    let stories =
        (numbers.stories > 1).then(|| format!(", on {}", count(numbers.stories, "story")));
    let named =
        (numbers.speakers > 0).then(|| format!(" by {}", count(numbers.speakers, "named speaker")));
    let shared = (numbers.documents > 1)
        .then(|| format!("; {} of them stand in more than one report", numbers.shared_statements));
    format!(
        "{}{}{}{}. They carry {}{}{}.",
        count(numbers.documents, "report"),
        by_outlets(numbers.outlets, numbers.nameless),
        dated,
        stories.unwrap_or_default(),
        count(numbers.statements, "statement"),
        named.unwrap_or_default(),
        shared.unwrap_or_default(),
    )
}

/// By whom the reports are, as far as they say.
fn by_outlets(outlets: usize, nameless: usize) -> String {
    match (outlets, nameless) {
        (0, 0) => String::new(),
        (0, _) => ", no outlet given".to_owned(),
        (_, 0) => format!(" by {}", count(outlets, "outlet")),
        (_, _) => format!(" by {}, {nameless} with no outlet given", count(outlets, "outlet")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_counted_that_are_named() {
        assert_eq!(by_outlets(0, 0), "");
        assert_eq!(by_outlets(0, 5), ", no outlet given");
        assert_eq!(by_outlets(1, 0), " by 1 outlet");
        assert_eq!(by_outlets(8, 2), " by 8 outlets, 2 with no outlet given");
    }
}
