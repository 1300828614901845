//! Mentions: where a document names, describes or points at people, organisations, places, groups.
//!
//! Names come from the pipeline's entities, repaired by what the rest of the document knows;
//! descriptions are noun phrases whose head is in the role lexicon; pronouns are the third-person
//! and relative ones. A role that stands before or beside a name (*NATO chief Jens Stoltenberg*;
//! *Jens Stoltenberg, the alliance's secretary general*) is kept with the name.

mod lexicon;
mod name;
mod nominal;

use std::ops::Range;

use stemma_english::{Doc, Token};
use stemma_model::{MentionForm, MentionKind};

pub use lexicon::{Gender, NameLexicon, RoleKind};
pub(crate) use nominal::{head as head_of, lemma as lemma_of};

/// A mention as detection leaves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its syntactic head.
    pub head: usize,
    /// What it mentions.
    pub kind: MentionKind,
    /// How.
    pub form: MentionForm,
    /// The gender that its words mark.
    pub gender: Option<Gender>,
    /// Several are meant.
    pub plural: bool,
    /// For a name, its own words without title and role, as written; for a description, its
    /// lemmas without article, lower case.
    pub words: Vec<String>,
    /// Roles that stand with it, lower case: `nato secretary general`.
    pub roles: Vec<String>,
}

/// The mentions of a document, in text order. Linear but for the sort.
#[must_use]
pub fn find(doc: &Doc, lexicon: &NameLexicon) -> Vec<Found> {
    let mut found = name::names(doc, lexicon);
    let mut taken = vec![false; doc.len()];
    for mention in &found {
        taken[mention.tokens.clone()].fill(true);
    }
    let described = nominal::nominals(doc, lexicon, &mut taken);
    let described = nominal::lend_roles(doc, described, &mut found);
    found.extend(described);
    found.extend(doc.tokens().filter(|token| !taken[token.i()]).filter_map(pronoun));
    found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
    found
}

fn pronoun(token: Token<'_>) -> Option<Found> {
    let lower = token.lower();
    let (kind, gender, plural) = match lower {
        "he" | "him" | "his" | "himself" => (MentionKind::Person, Some(Gender::Male), false),
        "she" | "her" | "hers" | "herself" => (MentionKind::Person, Some(Gender::Female), false),
        "it" | "its" | "itself" => (MentionKind::Other, None, false),
        "they" | "them" | "their" | "theirs" | "themselves" => (MentionKind::Group, None, true),
        "who" | "whom" | "whose" => (MentionKind::Person, None, false),
        "i" | "me" | "my" | "mine" | "myself" => (MentionKind::Person, None, false),
        "we" | "us" | "our" | "ours" | "ourselves" => (MentionKind::Group, None, true),
        _ => return None,
    };
    (matches!(token.pos(), "PRON" | "DET") || lower == "i").then(|| Found {
        tokens: token.i()..token.i() + 1,
        head: token.i(),
        kind,
        form: MentionForm::Pronoun,
        gender,
        plural,
        words: vec![lower.to_owned()],
        roles: Vec::new(),
    })
}
