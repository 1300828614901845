//! From what documents attest to the record behind them: the stages, in order.

use std::collections::BTreeMap;

use stemma_model::{
    Alignment, Annotations, Correction, DateRange, Document, DocumentId, EntityId, QuoteId,
    Record, Story, Thread, Variant,
};
use stemma_reuse::Options;
use stemma_reuse::variant::{QuotedText, relations};
use stemma_story::corroboration::Carried;
use stemma_story::{
    claim, condition_groups, contrast, entity, group, position, timeline, utterance,
};

use crate::quoted::{Placed, quoted, vectors};
use crate::read::Collection;
use crate::shared::{Carrier, credits, witnesses};
use crate::stories::report;

/// Reconstructs the record behind a collection, obeying a reader's corrections.
///
/// The same collection gives the same record on any number of threads. Near linear in the texts;
/// holds everything in memory.
#[must_use]
pub fn reconstruct(collection: Collection<Annotations>, corrections: &[Correction]) -> Record {
    let Collection { documents, made: annotations, problems } = by_date(collection);

    let carriers = carriers(&documents, &annotations);
    let credits = credits(&documents);
    let witnesses = witnesses(&documents, &carriers, &credits);
    let alignments = stemma_reuse::alignments(&witnesses, &Options::default());
    let clusters = stemma_reuse::clusters(&witnesses, &alignments);

    let entities = entity::resolve(&documents, &annotations, corrections);
    let speakers = entity::speakers(&annotations, &entities);

    let variants = variants(&documents, &annotations, &speakers);
    let utterances = utterance::group(&annotations, &speakers, &variants);

    let (stories, threads) = stories(&documents, &annotations, &alignments, corrections);

    let carried = Carried::of(&clusters);
    let timeline = timeline::timeline(&timeline::Input {
        documents: &documents,
        annotations: &annotations,
        entities: &entities,
        carried: &carried,
    });
    let claims = claim::claims(&claim::Input {
        documents: &documents,
        annotations: &annotations,
        stories: &stories,
        threads: &threads,
        carried: &carried,
    });
    let condition_groups = condition_groups(&documents, &annotations, &stories, &threads);
    let positions = position::positions(&position::Input {
        documents: &documents,
        annotations: &annotations,
        speakers: &speakers,
        condition_groups: &condition_groups,
        stories: &stories,
    });

    let contrast = contrast::contrast(&contrast::Input {
        documents: &documents,
        annotations: &annotations,
        stories: &stories,
        threads: &threads,
        speakers: &speakers,
        utterances: &utterances,
        timeline: &timeline.entries,
        claims: &claims,
        condition_groups: &condition_groups,
        clusters: &clusters,
        carried: &carried,
    });

    Record {
        documents,
        annotations,
        stories,
        threads,
        entities,
        speakers,
        utterances,
        alignments,
        clusters,
        timeline: timeline.entries,
        claims,
        condition_groups,
        positions,
        contrast,
        problems,
    }
}

/// The collection with its documents by date, then id; those without a date last.
fn by_date(collection: Collection<Annotations>) -> Collection<Annotations> {
    let Collection { documents, made, problems } = collection;
    let mut pairs: Vec<(Document, Annotations)> = documents.into_iter().zip(made).collect();
    pairs.sort_by_key(|(document, annotations)| {
        let DateRange { from, to, .. } = annotations.published.range;
        (from.or(to).is_none(), from.or(to), document.id)
    });
    let (documents, made) = pairs.into_iter().unzip();
    Collection { documents, made, problems }
}

fn carriers(documents: &[Document], annotations: &[Annotations]) -> Vec<Carrier> {
    let own = documents.iter().zip(annotations);
    own.map(|(document, own)| Carrier::published_on(document, &own.published)).collect()
}

/// How the quotations of different documents relate, pair by pair.
fn variants(
    documents: &[Document],
    annotations: &[Annotations],
    speakers: &[(DocumentId, QuoteId, EntityId)],
) -> Vec<Variant> {
    let speakers: BTreeMap<(DocumentId, QuoteId), EntityId> =
        speakers.iter().map(|&(document, quote, entity)| ((document, quote), entity)).collect();
    let quotes: Vec<Placed<'_>> = documents
        .iter()
        .zip(annotations)
        .flat_map(|(d, a)| a.quotes.iter().map(move |quote| (d, a, quote)))
        .collect();
    let vectors = vectors(&quotes);
    let texts: Vec<QuotedText<'_>> =
        quotes.iter().zip(&vectors).map(|(&quote, vector)| quoted(quote, vector)).collect();
    let who: Vec<Option<EntityId>> =
        quotes.iter().map(|(d, _, quote)| speakers.get(&(d.id, quote.id)).copied()).collect();
    relations(&texts, |a, b| who[a].is_some() && who[a] == who[b])
        .into_iter()
        .map(|(a, b, related)| {
            let (a, b) = (quotes[a].2.id, quotes[b].2.id);
            let (a, b) = if related.first_is_fuller { (a, b) } else { (b, a) };
            Variant {
                a,
                b,
                relation: related.relation,
                changes: related.changes,
                reason: related.reason,
            }
        })
        .collect()
}

fn stories(
    documents: &[Document],
    annotations: &[Annotations],
    alignments: &[Alignment],
    corrections: &[Correction],
) -> (Vec<Story>, Vec<Thread>) {
    let own = documents.iter().zip(annotations);
    let reports: Vec<group::Report<'_>> =
        own.map(|(document, own)| report(document, &own.published, &own.quotes)).collect();
    let grouping = group::group(group::Input { reports: &reports, alignments, corrections });
    (grouping.stories, grouping.threads)
}
