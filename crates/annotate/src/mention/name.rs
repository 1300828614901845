//! Names.

use std::collections::BTreeMap;
use std::ops::Range;

use stemma_english::{Doc, Token};
use stemma_model::{MentionForm, MentionKind};

use super::Found;
use super::lexicon::{Gender, NameLexicon, RoleKind};

/// The names of a document.
pub(super) fn names(doc: &Doc, lexicon: &NameLexicon) -> Vec<Found> {
    let mut found: Vec<Found> = doc
        .entities()
        .filter_map(|entity| entity_name(doc, entity.tokens().indices(), lexicon))
        .collect();
    let surnames = surnames(&found);
    settle_kinds(&mut found, &surnames);
    let mut taken = vec![false; doc.len()];
    for mention in &found {
        taken[mention.tokens.clone()].fill(true);
    }
    for token in doc.tokens().filter(|token| token.pos() == "PROPN") {
        if !taken[token.i()] && surnames.contains_key(token.text()) {
            let tokens = widen(doc, token.i()..token.i() + 1, lexicon, &taken);
            taken[tokens.clone()].fill(true);
            found.push(name(doc, tokens, MentionKind::Person, lexicon));
        }
    }
    found
}

/// The mention that an entity is, without article, possessive and quotation marks.
fn entity_name(doc: &Doc, tokens: Range<usize>, lexicon: &NameLexicon) -> Option<Found> {
    let label = doc.token(tokens.start).ent_type();
    let kind = match label {
        "PERSON" => MentionKind::Person,
        "ORG" => MentionKind::Organisation,
        "GPE" | "LOC" | "FAC" => MentionKind::Place,
        "NORP" if doc.token(tokens.end - 1).tag() == "NNPS" => MentionKind::Group,
        _ => return None,
    };
    let tokens = core(doc, tokens)?;
    let person = kind == MentionKind::Person
        || kind != MentionKind::Group && is_persons(doc, tokens.clone(), lexicon);
    let kind = if person { MentionKind::Person } else { kind };
    let mut tokens = tokens;
    if person {
        tokens = widen(doc, tokens, lexicon, &[]);
    }
    Some(name(doc, tokens, kind, lexicon))
}

/// Whether what the pipeline took for a body or place is a person: two or three capitalised words
/// in apposition to a role of people (*the spokeswoman, Nadia Brandt*), or after a form of address.
fn is_persons(doc: &Doc, tokens: Range<usize>, lexicon: &NameLexicon) -> bool {
    let capital = doc.tokens_in(tokens.clone()).all(|token| token.is_title() && token.is_alpha());
    let titled = tokens.start > 0 && {
        let before = doc.token(tokens.start - 1);
        before.is_title() && matches!(lexicon.title(before.lower()), Some(Some(_)))
    };
    let name = doc.token(head_of(doc, tokens.clone()));
    let is_role = |noun: Token<'_>| {
        let kind = lexicon.role(&super::nominal::lemma(noun));
        noun.pos() == "NOUN" && kind.is_some_and(|kind| is_person(kind) && kind != RoleKind::Plain)
    };
    let beside = name.dep() == "appos" && is_role(name.head())
        || name.rights().any(|child| child.dep() == "appos" && is_role(child));
    capital && (titled || beside && (2..=3).contains(&tokens.len()))
}

/// Without what is not the name at its edges.
fn core(doc: &Doc, tokens: Range<usize>) -> Option<Range<usize>> {
    let edge = |token: Token<'_>| {
        token.is_punct()
            || token.is_space()
            || matches!(token.tag(), "POS" | "DT" | "PRP$" | "IN" | "CC")
    };
    let (mut start, mut end) = (tokens.start, tokens.end);
    while start < end && edge(doc.token(start)) {
        start += 1;
    }
    while start < end && edge(doc.token(end - 1)) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// With the title before a person's name.
fn widen(doc: &Doc, tokens: Range<usize>, lexicon: &NameLexicon, taken: &[bool]) -> Range<usize> {
    let mut start = tokens.start;
    while start > 0
        && !taken.get(start - 1).is_some_and(|&taken| taken)
        && lexicon.title(doc.token(start - 1).lower()).is_some()
        && doc.token(start - 1).is_title()
    {
        start -= 1;
    }
    start..tokens.end
}

fn name(doc: &Doc, tokens: Range<usize>, kind: MentionKind, lexicon: &NameLexicon) -> Found {
    let words: Vec<Token<'_>> = doc.tokens_in(tokens.clone()).collect();
    let own = |token: &&Token<'_>| {
        let lower = token.lower();
        kind != MentionKind::Person
            || lexicon.title(lower).is_none() && !lexicon.is_suffix(lower) && !token.is_punct()
    };
    let roles_inside = words
        .iter()
        .take_while(|token| {
            lexicon.role(&token.lower().replace('-', " ")).is_some() || token.lower() == "vice"
        })
        .count();
    let skipped =
        if kind == MentionKind::Person && roles_inside < words.len() { roles_inside } else { 0 };
    let mut own_words: Vec<String> =
        words[skipped..].iter().filter(own).map(|token| token.text().to_owned()).collect();
    if own_words.is_empty() {
        own_words = words.iter().map(|token| token.text().to_owned()).collect();
    }
    let head = head_of(doc, tokens.clone());
    let mut roles = super::nominal::roles_beside(doc, tokens.clone(), head, lexicon);
    if skipped > 0 {
        roles.push(super::nominal::describe(doc, tokens.start..tokens.start + skipped));
    }
    roles.extend(words.iter().filter_map(|token| lexicon.office(token.lower())).map(str::to_owned));
    Found {
        gender: gender(doc, tokens.clone(), &own_words, &roles, lexicon)
            .filter(|_| kind == MentionKind::Person),
        plural: kind == MentionKind::Group,
        form: MentionForm::Name,
        head,
        words: own_words,
        roles: if kind == MentionKind::Person { roles } else { Vec::new() },
        kind,
        tokens,
    }
}

/// The token whose own head lies outside.
pub(super) fn head_of(doc: &Doc, tokens: Range<usize>) -> usize {
    let outside = |token: &Token<'_>| {
        let head = token.head().i();
        head == token.i() || !tokens.contains(&head)
    };
    let found = doc.tokens_in(tokens.clone()).filter(|token| !token.is_punct()).find(outside);
    found.map_or(tokens.end - 1, Token::i)
}

fn gender(
    doc: &Doc,
    tokens: Range<usize>,
    words: &[String],
    roles: &[String],
    lexicon: &NameLexicon,
) -> Option<Gender> {
    let titled = doc.tokens_in(tokens).find_map(|token| lexicon.title(token.lower()).flatten());
    let first = || {
        let named = words.len() > 1;
        named.then(|| lexicon.first_name(&words[0].to_lowercase())).flatten()
    };
    let role = || {
        let mut lemmas = roles.iter().flat_map(|role| role.split(' '));
        lemmas.find_map(|lemma| lexicon.gender_of_role(lemma))
    };
    titled.or_else(first).or_else(role)
}

/// How often each word is the last of a full name of a person.
fn surnames(found: &[Found]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for mention in found.iter().filter(|mention| mention.kind == MentionKind::Person) {
        if let (Some(last), true) = (mention.words.last(), mention.words.len() > 1) {
            *counts.entry(last.clone()).or_default() += 1;
        }
    }
    counts
}

/// A single word that is the surname of a person named in full is that person, whatever the
/// pipeline took it for.
fn settle_kinds(found: &mut [Found], surnames: &BTreeMap<String, usize>) {
    for mention in found {
        let [word] = mention.words.as_slice() else { continue };
        if mention.kind != MentionKind::Person && surnames.contains_key(word) {
            mention.kind = MentionKind::Person;
            mention.plural = false;
        }
    }
}

/// Whether a role kind is of people.
pub(super) fn is_person(kind: RoleKind) -> bool {
    kind != RoleKind::Body
}
