//! From what documents attest to the record behind them: the stages, in order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;

use rayon::prelude::*;
use stemma_model::{
    Alignment, Annotations, Cluster, Correction, DateRange, Document, DocumentId, Entity, EntityId,
    QuoteId, Record, Variant,
};
use stemma_reuse::Options;
use stemma_reuse::variant::{QuotedText, relations};
use stemma_story::corroboration::Carried;
use stemma_story::entity::{DocumentNames, Names};
use stemma_story::{
    claim, condition_groups, contrast, entity, group, movement, position, timeline, utterance,
};

use crate::quoted::{Placed, quoted, vectors};
use crate::read::Collection;
use crate::shared::{Carrier, credits, witnesses};
use crate::stories::Told;

/// Reconstructs the record behind a collection, obeying a reader's corrections.
///
/// The same collection gives the same record on any number of threads. Near linear in the texts;
/// holds everything in memory. A store is reconstructed by the same stages with less of it:
/// [`archive::refresh`](crate::archive::refresh).
#[must_use]
pub fn reconstruct(collection: Collection<Annotations>, corrections: &[Correction]) -> Record {
    let Collection { documents, made, problems } = by_date(collection);
    let source = Memory { documents: &documents, annotations: &made };
    let Ok(record) = stages(&source, corrections, |_, _| Ok(()));
    Record { documents, annotations: made, problems, ..record }
}

/// A list of what documents attest, for a stage to say what it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    Sentences,
    Mentions,
    Chains,
    Quotes,
    Dates,
    Figures,
    Conditions,
    Events,
    Framing,
}

/// Documents with what they attest, as often as a stage asks.
pub(crate) trait Source {
    /// Why there is nothing to be had.
    type Error;

    /// The documents, by date, then id.
    fn documents(&self) -> &[Document];

    /// What they attest, in their order: at least the wanted lists, and when each was published.
    fn all(&self, lists: &[List]) -> Result<Cow<'_, [Annotations]>, Self::Error>;

    /// The same document by document, on all threads: `sink` is given what `work` makes of each, in
    /// their order.
    fn each<T: Send>(
        &self,
        lists: &[List],
        work: impl Fn(&Document, &Annotations) -> T + Sync,
        sink: impl FnMut(T),
    ) -> Result<(), Self::Error>;
}

/// Everything in memory.
struct Memory<'a> {
    documents: &'a [Document],
    annotations: &'a [Annotations],
}

/// Documents of which something is made before it is handed on in order: enough for all threads.
const AT_ONCE: usize = 256;

impl Source for Memory<'_> {
    type Error = Infallible;

    fn documents(&self) -> &[Document] {
        self.documents
    }

    fn all(&self, _: &[List]) -> Result<Cow<'_, [Annotations]>, Infallible> {
        Ok(Cow::Borrowed(self.annotations))
    }

    fn each<T: Send>(
        &self,
        _: &[List],
        work: impl Fn(&Document, &Annotations) -> T + Sync,
        mut sink: impl FnMut(T),
    ) -> Result<(), Infallible> {
        let parts = self.documents.chunks(AT_ONCE).zip(self.annotations.chunks(AT_ONCE));
        for (documents, annotations) in parts {
            let made: Vec<T> =
                documents.par_iter().zip(annotations).map(|(d, a)| work(d, a)).collect();
            made.into_iter().for_each(&mut sink);
        }
        Ok(())
    }
}

/// A part of a record that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// Alignments and clusters. Later stages read where alignments lie, and where clusters lie,
    /// their kinds and reasons.
    Shared,
    /// Entities and speakers. Later stages read the chains of entities.
    Entities,
    /// Utterances. Later stages read their quotations, speakers and how these relate.
    Utterances,
    /// Stories and threads.
    Stories,
    /// The timeline. Later stages read its texts and evidence.
    Timeline,
    /// Claims and groups of conditions. Later stages read all of these but reasons and origins.
    Claims,
    /// Positions. The next stage reads all of them but reasons.
    Positions,
    /// What moved in threads. No later stage reads it, nor positions.
    Movements,
    /// The contrast.
    Contrast,
}

/// The stages, in order.
///
/// `made` is told as parts become whole and may take out of the record what no later stage reads
/// ([`Made`]); what comes back is what it left.
pub(crate) fn stages<S: Source>(
    source: &S,
    corrections: &[Correction],
    mut made: impl FnMut(Made, &mut Record) -> Result<(), S::Error>,
) -> Result<Record, S::Error> {
    let documents = source.documents();
    let mut record = Record::default();
    let annotations = source.all(&[])?;
    (record.alignments, record.clusters) = shared(documents, &annotations);
    made(Made::Shared, &mut record)?;

    record.entities = entities(source, corrections)?;
    let annotations = source.all(&[List::Quotes])?;
    record.speakers = entity::speakers(&annotations, &record.entities);
    made(Made::Entities, &mut record)?;

    let variants = variants(documents, &annotations, &record.speakers);
    record.utterances = utterance::group(&annotations, &record.speakers, &variants);
    drop(variants);
    made(Made::Utterances, &mut record)?;

    // Quotations tell stories apart where no date does.
    let told: Vec<Told> = annotations.iter().map(Told::of).collect();
    drop(annotations);
    let reports: Vec<group::Report<'_>> =
        told.iter().zip(documents).map(|(told, document)| told.report(document)).collect();
    let alignments = &record.alignments;
    let grouping = group::group(group::Input { reports: &reports, alignments, corrections });
    (record.stories, record.threads) = (grouping.stories, grouping.threads);
    drop(told);
    made(Made::Stories, &mut record)?;

    let annotations = source.all(&[List::Mentions, List::Dates, List::Events])?;
    let carried = Carried::of(&record.clusters);
    record.timeline = timeline::timeline(&timeline::Input {
        documents,
        annotations: &annotations,
        entities: &record.entities,
        carried: &carried,
    })
    .entries;
    drop((annotations, carried));
    made(Made::Timeline, &mut record)?;

    let annotations = source.all(&[List::Sentences, List::Figures, List::Conditions])?;
    let carried = Carried::of(&record.clusters);
    record.claims = claim::claims(&claim::Input {
        documents,
        annotations: &annotations,
        stories: &record.stories,
        threads: &record.threads,
        carried: &carried,
    });
    record.condition_groups =
        condition_groups(documents, &annotations, &record.stories, &record.threads);
    drop((annotations, carried));
    made(Made::Claims, &mut record)?;

    let annotations = source.all(&[
        List::Sentences,
        List::Mentions,
        List::Quotes,
        List::Dates,
        List::Figures,
        List::Conditions,
    ])?;
    record.positions = position::positions(&position::Input {
        documents,
        annotations: &annotations,
        speakers: &record.speakers,
        condition_groups: &record.condition_groups,
        stories: &record.stories,
    });
    made(Made::Positions, &mut record)?;

    record.movements = movement::movements(&movement::Input {
        documents,
        annotations: &annotations,
        stories: &record.stories,
        threads: &record.threads,
        speakers: &record.speakers,
        utterances: &record.utterances,
        claims: &record.claims,
        condition_groups: &record.condition_groups,
        positions: &record.positions,
    });
    drop(annotations);
    made(Made::Movements, &mut record)?;

    let annotations =
        source.all(&[List::Sentences, List::Quotes, List::Conditions, List::Framing])?;
    let carried = Carried::of(&record.clusters);
    record.contrast = contrast::contrast(&contrast::Input {
        documents,
        annotations: &annotations,
        stories: &record.stories,
        threads: &record.threads,
        speakers: &record.speakers,
        utterances: &record.utterances,
        timeline: &record.timeline,
        claims: &record.claims,
        condition_groups: &record.condition_groups,
        clusters: &record.clusters,
        carried: &carried,
    });
    drop((annotations, carried));
    made(Made::Contrast, &mut record)?;
    Ok(record)
}

/// Who and what is behind the chains.
fn entities<S: Source>(source: &S, corrections: &[Correction]) -> Result<Vec<Entity>, S::Error> {
    let mut names = Names::default();
    let lists = &[List::Mentions, List::Chains];
    source.each(lists, DocumentNames::of, |of_document| names.add(of_document))?;
    Ok(entity::resolve(&names, corrections))
}

/// Passages that documents share, and their clusters.
fn shared(documents: &[Document], annotations: &[Annotations]) -> (Vec<Alignment>, Vec<Cluster>) {
    let carriers = carriers(documents, annotations);
    let credits = credits(documents);
    let witnesses = witnesses(documents, &carriers, &credits);
    let alignments = stemma_reuse::alignments(&witnesses, &Options::default());
    let clusters = stemma_reuse::clusters(&witnesses, &alignments);
    (alignments, clusters)
}

/// The collection with its documents by date, then id; those without a date last.
fn by_date(collection: Collection<Annotations>) -> Collection<Annotations> {
    let Collection { documents, made, problems } = collection;
    let mut pairs: Vec<(Document, Annotations)> = documents.into_iter().zip(made).collect();
    pairs.sort_by_key(|(document, annotations)| when(document.id, annotations.published.range));
    let (documents, made) = pairs.into_iter().unzip();
    Collection { documents, made, problems }
}

/// What documents are in order of.
pub(crate) fn when(id: DocumentId, published: DateRange) -> impl Ord {
    let day = published.from.or(published.to);
    (day.is_none(), day, id)
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
