//! Conditions by what depends on them, along time; positions by question.

use std::collections::{BTreeMap, HashSet};

use stemma_model::{
    Condition, ConditionId, DateRange, DocumentId, Holder, Passage, Position, SourceStatus,
};

use crate::edition::Edition;

/// How many groups, and rows of a group, a compact page sets out.
const COMPACT: usize = 40;
/// The same on the tersest page.
const BRIEF: usize = 14;

/// Conditions on one consequence.
pub(crate) struct Group<'r> {
    /// What depends on them; `None` for those that no group holds.
    pub(crate) label: Option<&'r str>,
    pub(crate) rows: Vec<Row<'r>>,
    /// Rows that the page leaves out.
    pub(crate) more: usize,
}

/// One condition as one document states it.
pub(crate) struct Row<'r> {
    pub(crate) document: DocumentId,
    pub(crate) condition: &'r Condition,
    pub(crate) holder: String,
    /// Whether the holder is a source rather than the report itself.
    pub(crate) quoted: bool,
    /// When it was said or, failing that, published.
    pub(crate) date: DateRange,
}

impl Row<'_> {
    pub(crate) fn passage(&self) -> Passage {
        let Condition { trigger, condition, consequence, .. } = *self.condition;
        Passage::new(self.document, trigger.hull(condition).hull(consequence))
    }
}

impl Group<'_> {
    /// How many documents state one of its conditions.
    pub(crate) fn reports(&self) -> usize {
        self.rows.iter().map(|row| row.document).collect::<HashSet<_>>().len()
    }
}

/// The groups in the record's order, then what no group holds.
pub(crate) fn groups<'r>(edition: &Edition<'r>) -> Vec<Group<'r>> {
    let record = edition.record;
    let held: HashSet<(DocumentId, ConditionId)> =
        record.condition_groups.iter().flat_map(|(_, members)| members.iter().copied()).collect();
    let grouped = record.condition_groups.iter().map(|(label, members)| Group {
        label: Some(label),
        rows: rows(edition, members.iter().copied()),
        more: 0,
    });
    let loose = record.conditions().map(|(document, condition)| (document.id, condition.id));
    let loose = loose.filter(|key| !held.contains(key));
    let rest = Group { label: None, rows: rows(edition, loose), more: 0 };
    grouped.chain([rest]).filter(|group| !group.rows.is_empty()).collect()
}

/// The conditions as a page sets them out.
pub(crate) struct Stated<'r> {
    pub(crate) groups: Vec<Group<'r>>,
    /// How many conditions there are.
    pub(crate) total: usize,
    /// How many groups are left out.
    pub(crate) more: usize,
    /// The conditions that are set out.
    pub(crate) ids: HashSet<ConditionId>,
}

/// The groups with their rows cut where the page is compact; a cut list keeps what most reports
/// state.
pub(crate) fn stated<'r>(edition: &Edition<'r>) -> Stated<'r> {
    let groups = groups(edition);
    let total = groups.iter().map(|group| group.rows.len()).sum();
    let limit = edition.limit(COMPACT, BRIEF);
    let (mut grouped, loose): (Vec<Group<'r>>, Vec<_>) =
        groups.into_iter().partition(|group| group.label.is_some());
    if grouped.len() > limit {
        grouped.sort_by_key(|group| std::cmp::Reverse((group.reports(), group.rows.len())));
    }
    let more = grouped.len().saturating_sub(limit);
    grouped.truncate(limit);
    grouped.extend(loose);
    for group in &mut grouped {
        group.more = group.rows.len().saturating_sub(limit);
        group.rows.truncate(limit);
    }
    let ids = grouped.iter().flat_map(|group| &group.rows).map(|row| row.condition.id).collect();
    Stated { groups: grouped, total, more, ids }
}

fn rows<'r>(
    edition: &Edition<'r>,
    members: impl Iterator<Item = (DocumentId, ConditionId)>,
) -> Vec<Row<'r>> {
    let row = |key: (DocumentId, ConditionId)| {
        let condition = edition.condition(key)?;
        let (holder, said) = holder(edition, key.0, condition);
        let date = said.unwrap_or_else(|| edition.published(key.0));
        let quoted = matches!(condition.holder, Holder::Quote(_));
        Some(Row { document: key.0, condition, holder, quoted, date })
    };
    let mut rows: Vec<Row<'r>> = members.filter_map(row).collect();
    rows.sort_by_cached_key(|row| {
        let early = row.date.from.or(row.date.to);
        (early.is_none(), early, edition.order(row.document), row.passage().span)
    });
    rows
}

/// Who states a condition, and when, where the quotation tells.
fn holder(
    edition: &Edition<'_>,
    document: DocumentId,
    condition: &Condition,
) -> (String, Option<DateRange>) {
    match condition.holder {
        Holder::Outlet => ("the report itself".to_owned(), None),
        Holder::Headline => ("the headline".to_owned(), None),
        Holder::Quote(id) => {
            let quote = edition.quote((document, id));
            let utterance = edition.utterance((document, id));
            let said = utterance.map(|utterance| utterance.said);
            let said = said.filter(|said| said.from.or(said.to).is_some());
            let name = quote.and_then(|quote| edition.source_name(document, quote));
            let unknown = quote.map_or("a source", |quote| match quote.source.status {
                SourceStatus::Unattributed => "no speaker found",
                SourceStatus::Named | SourceStatus::Unnamed | SourceStatus::Ambiguous => "a source",
            });
            (name.unwrap_or(unknown).to_owned(), said)
        }
    }
}

/// Positions on one question, by time; never empty.
pub(crate) struct Question<'r> {
    pub(crate) on: &'r str,
    pub(crate) positions: Vec<&'r Position>,
}

/// The positions by question, what most is held on first.
pub(crate) fn questions<'r>(edition: &Edition<'r>) -> Vec<Question<'r>> {
    let mut by_question: BTreeMap<&str, Vec<&Position>> = BTreeMap::new();
    for position in &edition.record.positions {
        by_question.entry(&position.on).or_default().push(position);
    }
    let mut questions: Vec<Question<'r>> = by_question
        .into_iter()
        .map(|(on, mut positions)| {
            positions.sort_by_key(|position| {
                let early = position.date.from.or(position.date.to);
                (early.is_none(), early)
            });
            Question { on, positions }
        })
        .collect();
    questions.sort_by_key(|question| std::cmp::Reverse(question.positions.len()));
    questions
}

/// The conditions of a position with their documents, one for each id.
pub(crate) fn conditions_of<'r>(
    edition: &Edition<'r>,
    position: &Position,
) -> Vec<(DocumentId, &'r Condition)> {
    let documents: HashSet<DocumentId> =
        position.evidence.iter().map(|passage| passage.document).collect();
    let mut found = Vec::new();
    for &id in &position.conditions {
        let mut homes: Vec<DocumentId> = documents.iter().copied().collect();
        homes.sort_by_key(|&home| edition.order(home));
        let hit = homes.iter().find_map(|&home| Some((home, edition.condition((home, id))?)));
        found.extend(hit);
    }
    found
}
