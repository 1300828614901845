//! Which mentions of one document are the same person, organisation, place or group.
//!
//! Sieves from the surest to the least sure, after Lee et al., *Deterministic Coreference
//! Resolution Based on Entity-Centric, Precision-Ranked Rules* (2013): names, then descriptions by
//! the roles that names carry, then pronouns by salience (Lappin and Leass 1994). A decision looks
//! at a bounded number of earlier mentions, so the whole is linear but for look-ups by name.

mod name;
mod nominal;
mod pronoun;

use std::collections::BTreeMap;

use stemma_english::Doc;
use stemma_model::{MentionForm, MentionKind, Reason, Span};
use stemma_text::fold;

use crate::mention::{Found, Gender, NameLexicon};

/// What coreference knows beside the mentions.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// For each mention, whether it is the source of a quotation.
    pub source: Vec<bool>,
    /// For each mention, the quotation it stands in: the mention of its source, and whether the
    /// words are in quotation marks.
    pub inside: Vec<Option<(Option<usize>, bool)>>,
}

/// One referent.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its mentions, in text order.
    pub members: Vec<usize>,
    /// What it is.
    pub kind: MentionKind,
    /// The gender its mentions mark.
    pub gender: Option<Gender>,
    /// Several are meant.
    pub plural: bool,
    /// Its roles, in order of appearance.
    pub roles: Vec<String>,
    /// Its fullest name, as words; for a group without name, its fullest description.
    pub name: Vec<String>,
    /// Why its mentions are one.
    pub reasons: Vec<Reason>,
}

/// The referents of a document.
#[derive(Clone, Debug, Default)]
pub struct Coref {
    /// The referents, by first mention.
    pub groups: Vec<Group>,
    /// The referent of each mention.
    pub of: Vec<Option<usize>>,
    /// Mentions that fit several referents about as well, with those.
    pub ambiguous: BTreeMap<usize, Vec<usize>>,
}

/// What the sieves share.
struct Work<'a> {
    doc: &'a Doc,
    mentions: &'a [Found],
    lexicon: &'a NameLexicon,
    hints: &'a Hints,
    sentences: Vec<usize>,
    groups: Vec<Group>,
    of: Vec<Option<usize>>,
    ambiguous: BTreeMap<usize, Vec<usize>>,
}

/// Groups the mentions of a document.
#[must_use]
pub fn resolve(doc: &Doc, mentions: &[Found], lexicon: &NameLexicon, hints: &Hints) -> Coref {
    let mut work = Work {
        doc,
        mentions,
        lexicon,
        hints,
        sentences: sentence_numbers(doc),
        groups: Vec::new(),
        of: vec![None; mentions.len()],
        ambiguous: BTreeMap::new(),
    };
    name::join(&mut work);
    nominal::join(&mut work);
    pronoun::join(&mut work);
    work.finish()
}

fn sentence_numbers(doc: &Doc) -> Vec<usize> {
    let mut number = 0;
    doc.tokens()
        .map(|token| {
            number += usize::from(token.is_sent_start() && token.i() > 0);
            number
        })
        .collect()
}

impl Work<'_> {
    fn sentence(&self, mention: usize) -> usize {
        self.sentences[self.mentions[mention].head]
    }

    /// A new referent of one mention.
    fn open(&mut self, mention: usize) -> usize {
        let found = &self.mentions[mention];
        self.groups.push(Group {
            members: vec![mention],
            kind: found.kind,
            gender: found.gender,
            plural: found.plural,
            roles: found.roles.clone(),
            name: found.words.clone(),
            reasons: Vec::new(),
        });
        self.of[mention] = Some(self.groups.len() - 1);
        self.groups.len() - 1
    }

    fn add(&mut self, group: usize, mention: usize, rule: &'static str) {
        let found = &self.mentions[mention];
        let target = &mut self.groups[group];
        target.members.push(mention);
        target.gender = target.gender.or(found.gender);
        if found.form == MentionForm::Name && found.words.len() > target.name.len() {
            target.name.clone_from(&found.words);
        }
        for role in &found.roles {
            if !target.roles.contains(role) {
                target.roles.push(role.clone());
            }
        }
        if !target.reasons.iter().any(|reason| reason.rule == rule) {
            let words = Span::new(
                self.doc.tokens_in(found.tokens.clone()).span().start,
                self.doc.tokens_in(found.tokens.clone()).span().end,
            );
            target.reasons.push(Reason::new(rule, words.of_text(self.doc.text()).to_owned()));
        }
        self.of[mention] = Some(group);
    }

    /// Sorts members, numbers the referents by first mention, and drops lone pronouns.
    fn finish(mut self) -> Coref {
        for group in &mut self.groups {
            group.members.sort_unstable();
        }
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|&group| self.groups[group].members[0]);
        let mut place = vec![0; self.groups.len()];
        order.iter().enumerate().for_each(|(new, &old)| place[old] = new);
        let groups = order.iter().map(|&old| self.groups[old].clone()).collect();
        let moved = |group: usize| place[group];
        Coref {
            groups,
            of: self.of.iter().map(|of| of.map(moved)).collect(),
            ambiguous: self
                .ambiguous
                .iter()
                .map(|(&mention, groups)| (mention, groups.iter().copied().map(moved).collect()))
                .collect(),
        }
    }
}

/// A word as names are compared: folded, without points and marks.
fn key(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}
