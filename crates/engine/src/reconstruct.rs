//! From what documents attest to the record behind them: the stages, in order.

use std::convert::Infallible;

use rayon::prelude::*;
use stemma_model::{
    Alignment, Annotations, Claim, Cluster, Contrast, Correction, DateRange, Document, DocumentId,
    Entity, Movement, Position, Record, TimelineEntry, Variant,
};
use stemma_reuse::Options;
use stemma_reuse::variant::{Candidates, Related, candidates, relations};
use stemma_story::contrast::{DocumentUses, Headlines, Matrices, Uses};
use stemma_story::corroboration::Carried;
use stemma_story::entity::{DocumentNames, Names, Spellings};
use stemma_story::position::Positions;
use stemma_story::timeline::{Events, Timeline};
use stemma_story::{
    Attesting, ConditionGroup, by_size, claim, condition_groups, contrast, entity, group, movement,
    position, questions, timeline, utterance,
};

use crate::problem;
use crate::quoted::{DocumentQuotations, Quotations, Vectors};
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
    let Ok(mut record) = stages(&source, corrections, |_, _| Ok(()));
    record.problems.splice(0..0, problems);
    Record { documents, annotations: made, ..record }
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

    /// What is known of their carriers, in their order.
    fn carriers(&self) -> Vec<Carrier>;

    /// Gives each with what it attests to `work`, on all threads: at least the wanted lists, and
    /// when it was published. `sink` is given what `work` makes of each, in their order.
    fn each<T: Send>(
        &self,
        lists: &[List],
        work: impl Fn(&Document, &Annotations) -> T + Sync,
        sink: impl FnMut(T) -> Result<(), Self::Error>,
    ) -> Result<(), Self::Error>;

    /// The same of some documents at a time, by their places: `work` is given the number of a group
    /// and the group.
    fn each_group<T: Send>(
        &self,
        groups: &[Vec<usize>],
        lists: &[List],
        work: impl Fn(usize, &[Attesting<'_>]) -> T + Sync,
        sink: impl FnMut(T) -> Result<(), Self::Error>,
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

    fn carriers(&self) -> Vec<Carrier> {
        let own = self.documents.iter().zip(self.annotations);
        own.map(|(document, own)| Carrier::published_on(document, &own.published)).collect()
    }

    fn each<T: Send>(
        &self,
        _: &[List],
        work: impl Fn(&Document, &Annotations) -> T + Sync,
        mut sink: impl FnMut(T) -> Result<(), Infallible>,
    ) -> Result<(), Infallible> {
        let parts = self.documents.chunks(AT_ONCE).zip(self.annotations.chunks(AT_ONCE));
        for (documents, annotations) in parts {
            let made: Vec<T> =
                documents.par_iter().zip(annotations).map(|(d, a)| work(d, a)).collect();
            made.into_iter().try_for_each(&mut sink)?;
        }
        Ok(())
    }

    fn each_group<T: Send>(
        &self,
        groups: &[Vec<usize>],
        _: &[List],
        work: impl Fn(usize, &[Attesting<'_>]) -> T + Sync,
        mut sink: impl FnMut(T) -> Result<(), Infallible>,
    ) -> Result<(), Infallible> {
        let on = |(number, group): (usize, &Vec<usize>)| {
            let own = |&at: &usize| (&self.documents[at], &self.annotations[at]);
            work(number, &group.iter().map(own).collect::<Vec<_>>())
        };
        for (part, groups) in groups.chunks(AT_ONCE).enumerate() {
            let first = part * AT_ONCE;
            let made: Vec<T> =
                groups.par_iter().enumerate().map(|(n, group)| on((first + n, group))).collect();
            made.into_iter().try_for_each(&mut sink)?;
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
    /// Utterances. Movements and the contrast read their quotations, speakers and how these relate;
    /// nothing before does.
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
    /// Some of the contrast, which comes in parts. No later stage reads it.
    Contrast,
    /// What the stages could not do.
    Problems,
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
    (record.alignments, record.clusters) = shared(documents, &source.carriers());
    made(Made::Shared, &mut record)?;

    record.entities = entities(source, corrections)?;
    let spellings = Spellings::of(&record.entities);
    let (told, mut quotations) = quotations(source)?;
    record.speakers = entity::speakers(quotations.sources(), &record.entities);
    quotations.attribute(&record.speakers);
    made(Made::Entities, &mut record)?;

    let (variants, common_runs) = variants(&quotations);
    let sayings = quotations.sayings();
    drop(quotations);
    record.utterances = utterance::group(&sayings, variants);
    drop(sayings);
    record.problems.extend(problem::common_runs(common_runs));
    made(Made::Utterances, &mut record)?;

    // Quotations tell stories apart where no date does.
    let reports: Vec<group::Report<'_>> =
        told.iter().zip(documents).map(|(told, document)| told.report(document)).collect();
    let alignments = &record.alignments;
    let grouping = group::group(group::Input { reports: &reports, alignments, corrections });
    (record.stories, record.threads) = grouping.into_parts();
    drop(reports);
    drop(told);
    made(Made::Stories, &mut record)?;

    let common_words;
    (record.timeline, common_words) = timeline(source, &record)?;
    record.problems.extend(problem::common_words(common_words));
    made(Made::Timeline, &mut record)?;

    (record.claims, record.condition_groups) = compared(source, &record)?;
    made(Made::Claims, &mut record)?;

    record.positions = positions(source, &record)?;
    made(Made::Positions, &mut record)?;

    record.movements = movements(source, &record)?;
    made(Made::Movements, &mut record)?;

    record.contrast = contrast(source, &record, &spellings, &mut made)?;
    made(Made::Problems, &mut record)?;
    Ok(record)
}

/// One timeline from the events of all documents, and how many words were too common to bring any
/// together.
fn timeline<S: Source>(
    source: &S,
    record: &Record,
) -> Result<(Vec<TimelineEntry>, usize), S::Error> {
    let reader = timeline::Reader::of(&record.entities);
    let mut events = Events::default();
    let lists = &[List::Mentions, List::Dates, List::Events];
    source.each(
        lists,
        |document, attested| reader.events(document, attested),
        |of_document| {
            events.add(of_document);
            Ok(())
        },
    )?;
    drop(reader);
    let carried = &Carried::of(&record.clusters);
    let documents = source.documents();
    let Timeline { entries, common_words, .. } =
        timeline::timeline(&timeline::Input { documents, carried }, events);
    Ok((entries, common_words))
}

/// Claims and groups of conditions, question by question.
fn compared<S: Source>(
    source: &S,
    record: &Record,
) -> Result<(Vec<Claim>, Vec<ConditionGroup>), S::Error> {
    let questions = questions(source.documents(), &record.stories, &record.threads);
    let carried = &Carried::of(&record.clusters);
    let (mut claims, mut groups) = (Vec::new(), Vec::new());
    source.each_group(
        &questions,
        &[List::Sentences, List::Figures, List::Conditions],
        |_, question| {
            let claims = claim::claims(&claim::Input { question, carried });
            (claims, condition_groups(question))
        },
        |(of_claims, of_groups)| {
            claims.extend(of_claims);
            groups.extend(of_groups);
            Ok(())
        },
    )?;
    claim::by_subject(&mut claims);
    by_size(&mut groups);
    Ok((claims, groups))
}

/// What people hold, document by document, then held against what they held before.
fn positions<S: Source>(source: &S, record: &Record) -> Result<Vec<Position>, S::Error> {
    let reader = Positions::of(&record.speakers, &record.condition_groups, &record.stories);
    let mut positions = Vec::new();
    let lists = &[
        List::Sentences,
        List::Mentions,
        List::Quotes,
        List::Dates,
        List::Figures,
        List::Conditions,
    ];
    source.each(
        lists,
        |document, attested| reader.of_document(document, attested),
        |of_document| {
            positions.extend(of_document);
            Ok(())
        },
    )?;
    drop(reader);
    position::relate(&mut positions);
    Ok(positions)
}

/// What moved in threads.
fn movements<S: Source>(source: &S, record: &Record) -> Result<Vec<Movement>, S::Error> {
    let mut facts = movement::Facts::of(&record.threads, &record.stories);
    source.each(&[List::Quotes, List::Conditions], movement::DocumentFacts::of, |of_document| {
        facts.add(of_document);
        Ok(())
    })?;
    Ok(movement::movements(&movement::Input {
        documents: source.documents(),
        facts: &facts,
        threads: &record.threads,
        speakers: &record.speakers,
        utterances: &record.utterances,
        claims: &record.claims,
        condition_groups: &record.condition_groups,
        positions: &record.positions,
    }))
}

/// Matrices that are put aside together: one may take a megabyte.
const MATRICES_AT_ONCE: usize = 16;

/// How each report tells it. `made` is told a part at a time, for the whole is larger than all
/// that it is made from; what comes back is what it left.
fn contrast<S: Source>(
    source: &S,
    record: &Record,
    spellings: &Spellings,
    mut made: impl FnMut(Made, &mut Record) -> Result<(), S::Error>,
) -> Result<Contrast, S::Error> {
    let mut whole = Record::default();
    let mut uses = Uses::of(&record.speakers, &record.utterances);
    let lists = [List::Mentions, List::Quotes, List::Framing];
    let read = |document: &_, own: &_| DocumentUses::of(document, own, spellings);
    source.each(&lists, read, |of_document| {
        uses.add(of_document);
        Ok(())
    })?;
    let wordings;
    (whole.contrast.terms, whole.contrast.verbs, wordings) =
        uses.finish(spellings, &record.clusters);
    made(Made::Contrast, &mut whole)?;

    let carried = &Carried::of(&record.clusters);
    let matrices = Matrices::of(contrast::Input {
        documents: source.documents(),
        stories: &record.stories,
        threads: &record.threads,
        utterances: &record.utterances,
        wordings: &wordings,
        timeline: &record.timeline,
        claims: &record.claims,
        condition_groups: &record.condition_groups,
        carried,
    });
    source.each_group(
        &matrices.scopes(),
        &[List::Sentences, List::Quotes, List::Conditions],
        |scope, attesting| {
            let attested: Vec<&Annotations> = attesting.iter().map(|&(_, own)| own).collect();
            matrices.matrix(scope, &attested)
        },
        |matrix| {
            whole.contrast.coverage.extend(matrix);
            if whole.contrast.coverage.len() >= MATRICES_AT_ONCE {
                made(Made::Contrast, &mut whole)?;
            }
            Ok(())
        },
    )?;
    drop(matrices);

    let headlines = Headlines::of(&record.condition_groups);
    source.each(
        &[List::Sentences, List::Quotes, List::Conditions],
        |document, attested| headlines.headline(document, attested),
        |headline| {
            whole.contrast.headlines.push(headline);
            if whole.contrast.headlines.len() >= AT_ONCE {
                made(Made::Contrast, &mut whole)?;
            }
            Ok(())
        },
    )?;
    made(Made::Contrast, &mut whole)?;
    Ok(whole.contrast)
}

/// Who and what is behind the chains.
fn entities<S: Source>(source: &S, corrections: &[Correction]) -> Result<Vec<Entity>, S::Error> {
    let mut names = Names::default();
    let lists = &[List::Mentions, List::Chains];
    source.each(lists, DocumentNames::of, |of_document| {
        names.add(of_document);
        Ok(())
    })?;
    Ok(entity::resolve(&names, corrections))
}

/// Passages that documents share, and their clusters.
fn shared(documents: &[Document], carriers: &[Carrier]) -> (Vec<Alignment>, Vec<Cluster>) {
    let credits = credits(documents);
    let witnesses = witnesses(documents, carriers, &credits);
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

/// What documents are grouped by beside their texts, and what they quote.
fn quotations<S: Source>(source: &S) -> Result<(Vec<Told>, Quotations<'_>), S::Error> {
    let documents = source.documents();
    let mut all_told = Vec::with_capacity(documents.len());
    let mut quotations = Quotations::of(documents);
    source.each(
        &[List::Quotes],
        |_, attested| (Told::of(attested), DocumentQuotations::of(attested)),
        |(told, of_document)| {
            all_told.push(told);
            quotations.add(of_document);
            Ok(())
        },
    )?;
    Ok((all_told, quotations))
}

/// How the quotations of different documents relate, pair by pair, and how many runs of words were
/// too common to bring any together.
fn variants(quotations: &Quotations<'_>) -> (Vec<Variant>, usize) {
    let same_speaker = |a, b| quotations.same_speaker(a, b);
    let without_vector = |number| quotations.text(number, &[]);
    let Candidates { pairs, common_runs } =
        candidates(quotations.len(), without_vector, same_speaker);
    let vectors = Vectors::of(quotations, &pairs);
    let text = |number| quotations.text(number, vectors.get(number));
    let variant = |(a, b, related): (usize, usize, Related)| {
        let (a, b) = if related.first_is_fuller { (a, b) } else { (b, a) };
        Variant {
            a: quotations.id(a),
            b: quotations.id(b),
            relation: related.relation,
            changes: related.changes,
            reason: related.reason,
        }
    };
    (relations(&pairs, text, same_speaker).into_iter().map(variant).collect(), common_runs)
}
