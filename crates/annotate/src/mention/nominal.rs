//! Descriptions: noun phrases by role, and the roles that stand beside a name.

use std::collections::BTreeMap;
use std::ops::Range;

use stemma_english::{Doc, Token};
use stemma_model::{MentionForm, MentionKind};

use super::Found;
use super::lexicon::{NameLexicon, RoleKind};
use super::name::{head_of, is_person};

/// The descriptions of a document whose tokens are not taken by names; marks theirs as taken.
pub(super) fn nominals(doc: &Doc, lexicon: &NameLexicon, taken: &mut [bool]) -> Vec<Found> {
    let mut found = Vec::new();
    for token in doc.tokens() {
        if taken[token.i()] || !matches!(token.pos(), "NOUN" | "PROPN" | "PRON" | "ADJ") {
            continue;
        }
        if let Some(mention) = nominal(token, lexicon)
            && mention.tokens.clone().any(|i| i == token.i())
        {
            found.push(mention);
        }
    }
    let mut kept: Vec<Found> = Vec::new();
    for mention in found {
        let inside = kept.last().is_some_and(|last| last.tokens.contains(&mention.head));
        if !inside {
            taken[mention.head] = true;
            kept.push(mention);
        }
    }
    kept
}

/// Gives descriptions that run right up to a person's name (*Assistant Secretary for European
/// Affairs James O'Brien*) to the name as its role, and returns the others.
pub(super) fn lend_roles(doc: &Doc, described: Vec<Found>, names: &mut [Found]) -> Vec<Found> {
    let mut at: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, name) in names.iter().enumerate().filter(|(_, name)| name.kind == MentionKind::Person) {
        at.insert(name.tokens.start, i);
    }
    let mut kept = Vec::new();
    for mention in described {
        let role = mention.kind == MentionKind::Person && mention.tokens.len() > 1;
        match at.get(&mention.tokens.end).filter(|_| role) {
            Some(&name) => {
                let role = describe(doc, mention.tokens);
                let roles = &mut names[name].roles;
                roles.retain(|known| !role.ends_with(known.as_str()));
                roles.push(role);
            }
            None => kept.push(mention),
        }
    }
    kept
}

fn nominal(token: Token<'_>, lexicon: &NameLexicon) -> Option<Found> {
    let lemma = lemma(token);
    let kind = lexicon.role(&lemma)?;
    // A noun that stands before another is part of it.
    if matches!(token.dep(), "compound" | "amod" | "nmod" | "poss") && token.dep() != "poss"
        || matches!(token.pos(), "ADJ" | "PRON") && !matches!(token.dep(), "nsubj" | "nsubjpass")
    {
        return None;
    }
    let plural = token.tag().ends_with('S');
    let tokens = phrase(token);
    let person = is_person(kind);
    let mention_kind = match (person, plural) {
        (true, true) => MentionKind::Group,
        (true, false) => MentionKind::Person,
        (false, _) => MentionKind::Organisation,
    };
    Some(Found {
        words: description(token.doc(), tokens.clone()),
        head: token.i(),
        kind: mention_kind,
        form: MentionForm::Nominal,
        gender: lexicon.gender_of_role(&lemma).filter(|_| person),
        plural,
        roles: Vec::new(),
        tokens,
    })
}

/// The lemma of a noun as the role lexicon has it: `secretary-general`, `Secretary General`.
pub(crate) fn lemma(token: Token<'_>) -> String {
    let lemma = if token.pos() == "PROPN" { token.lower() } else { token.lemma() };
    lemma.to_lowercase().replace('-', " ")
}

/// The phrase of a noun: from its first determiner or modifier over an *of* phrase, without
/// relative clauses, appositions and asides.
fn phrase(token: Token<'_>) -> Range<usize> {
    let left = |child: &Token<'_>| {
        matches!(
            child.dep(),
            "det" | "amod" | "compound" | "poss" | "nummod" | "nmod" | "quantmod" | "predet"
        )
    };
    let start = token
        .lefts()
        .filter(left)
        .map(|child| child.left_edge().i())
        .min()
        .map_or(token.i(), |start| start.min(token.i()));
    let of = token.rights().find(|child| {
        child.dep() == "prep"
            && matches!(child.lower(), "of" | "for" | "in" | "from" | "to" | "at" | "with")
    });
    let end = of.filter(|of| of.i() <= token.i() + 1).map_or(token.i() + 1, |of| end_of_phrase(of));
    start..end.max(token.i() + 1)
}

/// The end of a prepositional phrase, before any bracket, comma or relative clause.
fn end_of_phrase(preposition: Token<'_>) -> usize {
    let doc = preposition.doc();
    let last = preposition.right_edge().i();
    let stop = |token: &Token<'_>| {
        token.is_punct() && !matches!(token.text(), "-" | "’" | "'")
            || matches!(token.dep(), "relcl" | "appos" | "acl")
            || matches!(token.tag(), "WDT" | "WP")
    };
    doc.tokens_in(preposition.i() + 1..last + 1).find(stop).map_or(last + 1, |token| token.i())
}

/// The lower-cased lemmas of a description, without article.
fn description(doc: &Doc, tokens: Range<usize>) -> Vec<String> {
    doc.tokens_in(tokens)
        .filter(|token| !token.is_punct() && !matches!(token.tag(), "DT" | "POS" | "PRP$"))
        .map(|token| token.lemma().to_lowercase())
        .collect()
}

/// A role as text: lower case, without articles and possessive marks, hyphens undone.
pub(super) fn describe(doc: &Doc, tokens: Range<usize>) -> String {
    let words: Vec<String> = doc
        .tokens_in(tokens)
        .filter(|token| {
            !token.is_punct() && !token.is_space() && !matches!(token.tag(), "DT" | "POS" | "PRP$")
        })
        .map(|token| token.lower().replace('-', " "))
        .collect();
    words.join(" ")
}

/// The roles beside a name: before it in its own phrase, and in apposition on either side.
pub(super) fn roles_beside(
    doc: &Doc,
    tokens: Range<usize>,
    head: usize,
    lexicon: &NameLexicon,
) -> Vec<String> {
    let mut roles = Vec::new();
    let first = doc.token(head).left_edge().i();
    if let Some(role) = role_in(doc, first..tokens.start, lexicon) {
        roles.push(role);
    }
    let token = doc.token(head);
    let beside = token.children().filter(|child| child.dep() == "appos");
    let above = (token.dep() == "appos").then(|| token.head());
    for noun in beside.chain(above) {
        if lexicon.role(&lemma(noun)).is_some_and(is_person) && noun.pos() != "PRON" {
            roles.push(describe(doc, phrase(noun)));
        }
    }
    roles.retain(|role| !role.is_empty());
    roles.dedup();
    roles
}

/// The role in the words before a name, when their last noun is one.
fn role_in(doc: &Doc, tokens: Range<usize>, lexicon: &NameLexicon) -> Option<String> {
    if tokens.is_empty() {
        return None;
    }
    let last_break = doc.tokens_in(tokens.clone()).rev().find(|token| {
        token.is_punct() && !matches!(token.text(), "-" | "’" | "'") || token.is_space()
    });
    let tokens = last_break.map_or(tokens.start, |token| token.i() + 1)..tokens.end;
    let known = |token: Token<'_>| {
        lexicon.role(&lemma(token)).filter(|&kind| is_person(kind) && kind != RoleKind::Plain)
    };
    doc.tokens_in(tokens.clone()).any(|token| known(token).is_some()).then(|| describe(doc, tokens))
}

/// The syntactic head of a stretch of tokens.
pub(crate) fn head(doc: &Doc, tokens: Range<usize>) -> usize {
    head_of(doc, tokens)
}
