//! Writing what was reconstructed: all of it, in place of what was there.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};
use stemma_model::{
    Alignment, Claim, Cluster, ConditionId, Coverage, DocumentId, Entity, EntityId, Headline,
    Movement, Passage, Position, QuoteId, Record, Relation, Story, Term, Thread, TimelineEntry,
    Utterance, Verb,
};

use crate::codec::pack;
use crate::draft::{Draft, Drafted};
use crate::error::{Error, Kind};
use crate::names::{day, key, name};
use crate::write::{Batch, put_problem};

/// The tables of what is reconstructed; emptied before it is written.
pub(crate) const TABLES: &[&str] = &[
    "entity",
    "entity_form",
    "entity_document",
    "speaker",
    "story",
    "story_document",
    "thread",
    "thread_story",
    "utterance",
    "utterance_quote",
    "variant_quote",
    "alignment",
    "cluster",
    "cluster_document",
    "timeline_entry",
    "timeline_document",
    "claim",
    "claim_document",
    "position",
    "movement",
    "condition_group",
    "contrast",
    "contrast_document",
];

impl Batch<'_> {
    /// Puts the reconstructed part of `record` in place of the last one. `basis` is the digest of
    /// what it was reconstructed from. The documents and annotations of `record` are not looked at:
    /// they may be left out.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn reconstruct(&mut self, record: &Record, basis: &str) -> Result<(), Error> {
        self.place(&drafted(record)?, basis)
    }

    /// Puts what `draft` holds in place of the last reconstruction. `basis` is the digest of what it
    /// was reconstructed from. Holds one record at a time in memory, and what was not yet written.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn place(&mut self, draft: &Draft, basis: &str) -> Result<(), Error> {
        self.attempt(|transaction| {
            forget(transaction)?;
            put_entities(transaction, draft)?;
            put_speakers(transaction, draft)?;
            draft.each(|story| put_story(transaction, &story))?;
            draft.each(|thread| put_thread(transaction, &thread))?;
            draft.each(|utterance| put_utterance(transaction, &utterance))?;
            draft.each(|alignment| put_alignment(transaction, &alignment))?;
            draft.each(|cluster| put_cluster(transaction, &cluster))?;
            put_timeline(transaction, draft)?;
            draft.each(|claim| put_claim(transaction, &claim))?;
            draft.each(|position| put_position(transaction, &position))?;
            put_movements(transaction, draft)?;
            put_condition_groups(transaction, draft)?;
            put_contrast(transaction, draft)?;
            draft.each(|problem| put_problem(transaction, &problem, true))?;
            transaction.execute("INSERT OR REPLACE INTO meta VALUES ('basis', ?1)", [basis])?;
            transaction.execute("DELETE FROM meta WHERE key = 'changed'", [])?;
            Ok(())
        })
    }
}

/// The reconstructed part of a record that is whole in memory.
fn drafted(record: &Record) -> Result<Draft, Error> {
    let mut draft = Draft::new()?;
    draft.extend(&record.entities)?;
    draft.extend(&record.speakers)?;
    draft.extend(&record.stories)?;
    draft.extend(&record.threads)?;
    draft.extend(&record.utterances)?;
    draft.extend(&record.alignments)?;
    draft.extend(&record.clusters)?;
    draft.extend(&record.timeline)?;
    draft.extend(&record.claims)?;
    draft.extend(&record.positions)?;
    draft.extend(&record.movements)?;
    draft.extend(&record.condition_groups)?;
    draft.extend(&record.contrast.terms)?;
    draft.extend(&record.contrast.verbs)?;
    draft.extend(&record.contrast.coverage)?;
    draft.extend(&record.contrast.headlines)?;
    draft.extend(&record.problems)?;
    Ok(draft)
}

fn forget(transaction: &Transaction<'_>) -> Result<(), Kind> {
    for table in TABLES {
        transaction.execute(&format!("DELETE FROM {table}"), [])?;
    }
    for index in ["entity_search", "timeline_search"] {
        transaction.execute(&format!("INSERT INTO {index} ({index}) VALUES ('delete-all')"), [])?;
    }
    transaction.execute("DELETE FROM problem WHERE derived", [])?;
    Ok(())
}

/// Links a reconstructed record to each of its documents.
fn link(
    transaction: &Transaction<'_>,
    table: &str,
    from: i64,
    documents: impl IntoIterator<Item = DocumentId>,
) -> Result<usize, Kind> {
    let mut insert =
        transaction.prepare_cached(&format!("INSERT OR IGNORE INTO {table} VALUES (?1, ?2)"))?;
    let documents: BTreeSet<DocumentId> = documents.into_iter().collect();
    for document in &documents {
        insert.execute([from, key(document.number())])?;
    }
    Ok(documents.len())
}

fn documents_of(passages: &[Passage]) -> impl Iterator<Item = DocumentId> {
    passages.iter().map(|passage| passage.document)
}

fn put_entities(transaction: &Transaction<'_>, draft: &Draft) -> Result<(), Kind> {
    let mut quotes: BTreeMap<EntityId, i64> = BTreeMap::new();
    draft.each(|(_, _, entity): (DocumentId, QuoteId, EntityId)| {
        *quotes.entry(entity).or_default() += 1;
        Ok(())
    })?;
    let mut form = 0;
    draft.each(|entity: Entity| {
        put_entity(transaction, &entity, quotes.get(&entity.id).copied().unwrap_or(0))?;
        put_forms(transaction, &entity, &mut form)
    })
}

fn put_entity(transaction: &Transaction<'_>, entity: &Entity, quotes: i64) -> Result<(), Kind> {
    let id = key(entity.id.number());
    let mentions: i64 = entity.forms.iter().map(|form| i64::from(form.count)).sum();
    transaction.prepare_cached("INSERT INTO entity VALUES (?1,?2,?3,?4,?5,?6,?7)")?.execute(
        params![
            id,
            entity.name,
            name(&entity.kind),
            mentions,
            entity.documents.len() as i64,
            quotes,
            pack(entity),
        ],
    )?;
    link(transaction, "entity_document", id, entity.documents.iter().copied())?;
    Ok(())
}

fn put_forms(transaction: &Transaction<'_>, entity: &Entity, next: &mut i64) -> Result<(), Kind> {
    for form in &entity.forms {
        transaction
            .prepare_cached("INSERT INTO entity_form VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![*next, key(entity.id.number()), form.text, form.count])?;
        transaction
            .prepare_cached("INSERT INTO entity_search (rowid, form) VALUES (?1, ?2)")?
            .execute(params![*next, form.text])?;
        *next += 1;
    }
    Ok(())
}

fn put_speakers(transaction: &Transaction<'_>, draft: &Draft) -> Result<(), Kind> {
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO speaker SELECT ?1, ?2, ?3, (SELECT date FROM quote WHERE id = ?1)",
    )?;
    draft.each(|(document, quote, entity): (DocumentId, QuoteId, EntityId)| {
        insert.execute([key(quote.number()), key(document.number()), key(entity.number())])?;
        Ok(())
    })
}

fn put_story(transaction: &Transaction<'_>, story: &Story) -> Result<(), Kind> {
    let id = key(story.id.number());
    transaction.prepare_cached("INSERT INTO story VALUES (?1,?2,?3,?4,?5,?6)")?.execute(
        params![
            id,
            story.title,
            day(story.date.from),
            day(story.date.to),
            story.documents.len() as i64,
            pack(story),
        ],
    )?;
    link(transaction, "story_document", id, story.documents.iter().copied())?;
    Ok(())
}

fn put_thread(transaction: &Transaction<'_>, thread: &Thread) -> Result<(), Kind> {
    let id = key(thread.id.number());
    transaction.prepare_cached("INSERT INTO thread VALUES (?1,?2,?3,?4)")?.execute(params![
        id,
        thread.title,
        thread.stories.len() as i64,
        pack(thread)
    ])?;
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO thread_story VALUES (?1, ?2)")?;
    for story in &thread.stories {
        insert.execute([id, key(story.number())])?;
    }
    Ok(())
}

fn put_utterance(transaction: &Transaction<'_>, utterance: &Utterance) -> Result<(), Kind> {
    let id = key(utterance.id.number());
    let relations: BTreeSet<Relation> =
        utterance.variants.iter().map(|variant| variant.relation).collect();
    let mut relations: Vec<String> = relations.iter().map(name).collect();
    relations.sort();
    let documents: BTreeSet<DocumentId> = utterance.quotes.iter().map(|&(it, _)| it).collect();
    transaction.prepare_cached("INSERT INTO utterance VALUES (?1,?2,?3,?4,?5,?6,?7,?8)")?.execute(
        params![
            id,
            utterance.entity.map(|entity| key(entity.number())),
            day(utterance.said.from),
            day(utterance.said.to),
            utterance.quotes.len() as i64,
            documents.len() as i64,
            relations.join(" "),
            pack(utterance),
        ],
    )?;
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO utterance_quote VALUES (?1, ?2, ?3)")?;
    for (document, quote) in &utterance.quotes {
        insert.execute([id, key(quote.number()), key(document.number())])?;
    }
    if utterance.quotes.len() > 1 {
        let mut insert =
            transaction.prepare_cached("INSERT OR IGNORE INTO variant_quote VALUES (?1, ?2)")?;
        for (_, quote) in &utterance.quotes {
            insert.execute([key(quote.number()), id])?;
        }
    }
    Ok(())
}

fn put_alignment(transaction: &Transaction<'_>, alignment: &Alignment) -> Result<(), Kind> {
    let Alignment { a, b, .. } = alignment;
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO alignment VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
        )?
        .execute(params![
            key(alignment.id.number()),
            key(a.document.number()),
            a.span.start,
            a.span.end,
            key(b.document.number()),
            b.span.start,
            b.span.end,
            alignment.words,
            f64::from(alignment.similarity),
            name(&alignment.kind),
            pack(alignment),
        ])?;
    Ok(())
}

fn put_cluster(transaction: &Transaction<'_>, cluster: &Cluster) -> Result<(), Kind> {
    let id = key(cluster.id.number());
    transaction
        .prepare_cached("INSERT OR IGNORE INTO cluster VALUES (?1,?2,?3,?4,?5,?6)")?
        .execute(params![
            id,
            name(&cluster.kind),
            cluster.passages.len() as i64,
            cluster.origins.at_least,
            cluster.origins.at_most,
            pack(cluster),
        ])?;
    link(transaction, "cluster_document", id, documents_of(&cluster.passages))?;
    Ok(())
}

fn put_timeline(transaction: &Transaction<'_>, draft: &Draft) -> Result<(), Kind> {
    let mut next = 0_i64;
    draft.each(|entry: TimelineEntry| {
        let id = next;
        next += 1;
        transaction
            .prepare_cached("INSERT INTO timeline_entry VALUES (?1,?2,?3,?4,?5,?6,?7,?8)")?
            .execute(params![
                id,
                day(entry.date.from),
                day(entry.date.to),
                name(&entry.date.precision),
                name(&entry.status),
                entry.text,
                entry.documents.len() as i64,
                pack(&entry),
            ])?;
        transaction
            .prepare_cached("INSERT INTO timeline_search (rowid, text) VALUES (?1, ?2)")?
            .execute(params![id, entry.text])?;
        link(transaction, "timeline_document", id, entry.documents.iter().copied())?;
        Ok(())
    })
}

fn put_claim(transaction: &Transaction<'_>, claim: &Claim) -> Result<(), Kind> {
    let id = key(claim.id.number());
    transaction.prepare_cached("INSERT OR IGNORE INTO claim VALUES (?1,?2,?3,?4,?5)")?.execute(
        params![id, claim.about, name(&claim.status), claim.values.len() as i64, pack(claim)],
    )?;
    let documents = claim.values.iter().flat_map(|value| documents_of(&value.evidence));
    link(transaction, "claim_document", id, documents)?;
    Ok(())
}

fn put_position(transaction: &Transaction<'_>, position: &Position) -> Result<(), Kind> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO position VALUES (?1,?2,?3,?4,?5,?6,?7,?8)")?
        .execute(params![
            key(position.id.number()),
            position.entity.map(|entity| key(entity.number())),
            position.on,
            name(&position.stance),
            day(position.date.from),
            day(position.date.to),
            position.story.map(|story| key(story.number())),
            pack(position),
        ])?;
    Ok(())
}

fn put_movements(transaction: &Transaction<'_>, draft: &Draft) -> Result<(), Kind> {
    let mut rank = 0_i64;
    draft.each(|movement: Movement| {
        transaction
            .prepare_cached("INSERT INTO movement VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)")?
            .execute(params![
                rank,
                key(movement.id.number()),
                key(movement.thread.number()),
                name(&movement.kind),
                movement.entity.map(|entity| key(entity.number())),
                movement.about,
                movement.earlier.as_ref().map(|state| key(state.story.number())),
                key(movement.later.story.number()),
                pack(&movement),
            ])?;
        rank += 1;
        Ok(())
    })
}

fn put_condition_groups(transaction: &Transaction<'_>, draft: &Draft) -> Result<(), Kind> {
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO condition_group VALUES (?1,?2,?3,?4)")?;
    let mut rank = 0_i64;
    draft.each(|(label, members): (String, Vec<(DocumentId, ConditionId)>)| {
        for (document, condition) in members {
            insert.execute(params![
                label,
                rank,
                key(condition.number()),
                key(document.number())
            ])?;
        }
        rank += 1;
        Ok(())
    })
}

fn put_contrast(transaction: &Transaction<'_>, draft: &Draft) -> Result<(), Kind> {
    put_parts(draft, |rank, term: Term| {
        let documents = documents_of(&term.uses);
        put_part(transaction, "term", rank, &term.concept, &pack(&term), documents)
    })?;
    put_parts(draft, |rank, verb: Verb| {
        let documents = documents_of(&verb.uses);
        put_part(transaction, "verb", rank, &verb.lemma, &pack(&verb), documents)
    })?;
    put_parts(draft, |rank, coverage: Coverage| {
        let story = coverage.story.map_or(String::new(), |story| story.to_string());
        let documents = coverage.documents.iter().copied();
        put_part(transaction, "coverage", rank, &story, &pack(&coverage), documents)
    })?;
    put_parts(draft, |rank, headline: Headline| {
        let (verdict, document) = (name(&headline.verdict), headline.document);
        put_part(transaction, "headline", rank, &verdict, &pack(&headline), [document])
    })
}

/// Gives every record of one kind to `put` with its rank.
fn put_parts<T: Drafted>(
    draft: &Draft,
    mut put: impl FnMut(i64, T) -> Result<(), Kind>,
) -> Result<(), Kind> {
    let mut rank = 0;
    draft.each(|record| {
        put(rank, record)?;
        rank += 1;
        Ok(())
    })
}

fn put_part(
    transaction: &Transaction<'_>,
    part: &str,
    rank: i64,
    name: &str,
    body: &[u8],
    documents: impl IntoIterator<Item = DocumentId>,
) -> Result<(), Kind> {
    transaction
        .prepare_cached("INSERT INTO contrast VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![part, rank, name, body])?;
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO contrast_document VALUES (?1, ?2, ?3)")?;
    for document in documents {
        insert.execute(params![part, rank, key(document.number())])?;
    }
    Ok(())
}
