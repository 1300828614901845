//! Which report calls what by which name, and which verbs introduce whose words.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{DocumentId, EntityId, Passage, Term, Verb};

use crate::edition::Edition;

/// How many columns a table of terms may have; beyond it the reports of a form are listed.
const MOST_COLUMNS: usize = 14;

/// One concept with its competing forms.
pub(crate) struct Concept<'r> {
    pub(crate) name: String,
    /// Whether its forms are spellings of one entity's name, by the reports alone.
    pub(crate) spelled: bool,
    pub(crate) forms: Vec<Form<'r>>,
}

/// One form with where it stands.
pub(crate) struct Form<'r> {
    pub(crate) form: &'r str,
    /// Uses by document, in document order.
    pub(crate) uses: Vec<(DocumentId, Vec<Passage>)>,
    /// How many of the uses stand in quotation marks.
    pub(crate) quoted: usize,
    /// How many of the uses stand in text that another report carries too.
    pub(crate) copied: usize,
}

impl Form<'_> {
    pub(crate) fn count(&self) -> usize {
        self.uses.iter().map(|(_, uses)| uses.len()).sum()
    }

    /// How many of the uses are not the reports' own choice of word: `2 quoted, 3 in shared text`.
    pub(crate) fn not_their_own(&self) -> String {
        let parts = [(self.quoted, "quoted"), (self.copied, "in shared text")];
        let told = parts.iter().filter(|(number, _)| *number > 0);
        told.map(|(number, how)| format!("{number} {how}")).collect::<Vec<_>>().join(", ")
    }
}

/// The concepts of which at least one form is used, each with its forms, most used first.
pub(crate) fn concepts<'r>(edition: &Edition<'r>) -> Vec<Concept<'r>> {
    let mut by_concept: BTreeMap<(Option<EntityId>, &str), Vec<&Term>> = BTreeMap::new();
    for term in edition.record.contrast.terms.iter().filter(|term| !term.uses.is_empty()) {
        by_concept.entry((term.entity, &term.concept)).or_default().push(term);
    }
    let mut concepts: Vec<Concept<'r>> = by_concept
        .into_iter()
        .map(|((entity, concept), terms)| {
            let mut forms: Vec<Form<'r>> = terms
                .into_iter()
                .map(|term| Form {
                    form: &term.form,
                    uses: by_document(edition, &term.uses),
                    quoted: term.quoted.len(),
                    copied: term.copied.len(),
                })
                .collect();
            forms.sort_by_key(|form| (std::cmp::Reverse(form.count()), form.form));
            let name = match entity {
                Some(_) => concept.to_owned(),
                None => concept.replace(['-', '_'], " "),
            };
            Concept { name, spelled: entity.is_some(), forms }
        })
        .collect();
    // A concept that goes by one form only sets nothing apart, so it comes last.
    let total = |concept: &Concept<'_>| concept.forms.iter().map(Form::count).sum::<usize>();
    concepts.sort_by_key(|concept| {
        let spelled = concept.spelled.then(|| std::cmp::Reverse(total(concept)));
        (concept.forms.len() < 2, spelled)
    });
    concepts
}

fn by_document(edition: &Edition<'_>, uses: &[Passage]) -> Vec<(DocumentId, Vec<Passage>)> {
    let mut grouped: BTreeMap<usize, Vec<Passage>> = BTreeMap::new();
    for &passage in uses {
        grouped.entry(edition.order(passage.document)).or_default().push(passage);
    }
    grouped.into_values().map(|uses| (uses[0].document, uses)).collect()
}

/// The columns of a table: every document that has one of the rows, if they are few enough.
pub(crate) fn columns<'a>(
    edition: &Edition<'_>,
    documents: impl Iterator<Item = &'a DocumentId>,
) -> Option<Vec<DocumentId>> {
    let distinct: BTreeSet<usize> = documents.map(|&id| edition.order(id)).collect();
    let found = distinct.iter().filter_map(|&at| Some(edition.record.documents.get(at)?.id));
    (distinct.len() <= MOST_COLUMNS).then(|| found.collect())
}

/// The verbs that introduce one speaker's words.
pub(crate) struct Verbs<'r> {
    pub(crate) speaker: &'r str,
    /// Each verb with its uses by document, most used first.
    pub(crate) verbs: Vec<Form<'r>>,
}

/// The verbs by speaker, for speakers whose words at least two reports introduce.
pub(crate) fn verbs<'r>(edition: &Edition<'r>) -> Vec<Verbs<'r>> {
    let mut by_speaker: BTreeMap<EntityId, Vec<&Verb>> = BTreeMap::new();
    for verb in &edition.record.contrast.verbs {
        if let Some(entity) = verb.entity {
            by_speaker.entry(entity).or_default().push(verb);
        }
    }
    let mut found: Vec<Verbs<'r>> = by_speaker
        .into_iter()
        .filter(|(_, verbs)| {
            let documents = verbs.iter().flat_map(|verb| verb.uses.iter().map(|u| u.document));
            documents.collect::<BTreeSet<_>>().len() > 1
        })
        .filter_map(|(entity, verbs)| {
            let mut forms: Vec<Form<'r>> = verbs
                .into_iter()
                .map(|verb| Form {
                    form: &verb.lemma,
                    uses: by_document(edition, &verb.uses),
                    quoted: 0,
                    copied: 0,
                })
                .collect();
            forms.sort_by_key(|form| (std::cmp::Reverse(form.count()), form.form));
            Some(Verbs { speaker: &edition.entity(entity)?.name, verbs: forms })
        })
        .collect();
    let total = |verbs: &Verbs<'_>| verbs.verbs.iter().map(Form::count).sum::<usize>();
    found.sort_by_key(|verbs| std::cmp::Reverse(total(verbs)));
    found
}
