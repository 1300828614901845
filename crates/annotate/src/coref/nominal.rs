//! Descriptions that point back at somebody named, or repeat a description.

use std::collections::BTreeMap;

use stemma_model::{MentionForm, MentionKind};

use super::{Work, key};

/// How strongly a description must fit a referent: a head word and one more sign.
const ENOUGH: i32 = 3;

/// How many sentences of a report can describe somebody before naming them: headline, dek, lead.
const BEFOREHAND: usize = 4;

pub(super) fn join(work: &mut Work<'_>) {
    let mut described: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for mention in 0..work.mentions.len() {
        let found = &work.mentions[mention];
        if found.form != MentionForm::Nominal {
            continue;
        }
        let words = found.words.clone();
        let named = (found.kind == MentionKind::Person && !is_indefinite(work, mention))
            .then(|| by_role(work, mention))
            .flatten();
        let repeated = described.get(&words).copied().filter(|_| !is_indefinite(work, mention));
        let body = (found.kind == MentionKind::Organisation && is_definite(work, mention))
            .then(|| by_head(work, mention))
            .flatten();
        let found = named.map(|group| (group, "role")).or(body.map(|group| (group, "head")));
        match (found, repeated) {
            (Some((group, rule)), _) => {
                work.add(group, mention, rule);
                described.insert(words, group);
            }
            (None, Some(group)) => work.add(group, mention, "same-description"),
            (None, None) => {
                let group = work.open(mention);
                described.insert(words, group);
            }
        }
    }
}

/// `a spokesman`, `one official`: somebody new.
fn is_indefinite(work: &Work<'_>, mention: usize) -> bool {
    let found = &work.mentions[mention];
    let first = work.doc.token(found.tokens.start).lower();
    matches!(first, "a" | "an" | "another" | "one" | "some" | "any" | "every" | "no" | "each")
}

/// `the department`, `this university`: somebody known.
fn is_definite(work: &Work<'_>, mention: usize) -> bool {
    let first = work.doc.token(work.mentions[mention].tokens.start).lower();
    matches!(first, "the" | "this" | "that") && work.mentions[mention].words.len() == 1
}

/// How many mentions back a body's name is looked for, so that a list costs no more than prose.
const LOOK_BACK: usize = 200;

/// The body named last before that has the description's head in its name: of `the department` the
/// State Department.
fn by_head(work: &Work<'_>, mention: usize) -> Option<usize> {
    let head = crate::mention::lemma_of(work.doc.token(work.mentions[mention].head));
    (0..mention)
        .rev()
        .take(LOOK_BACK)
        .filter(|&earlier| {
            let found = &work.mentions[earlier];
            let several = found.words.len() > 1;
            found.form == MentionForm::Name
                && found.kind == MentionKind::Organisation
                && several
                && found.words.iter().any(|word| word.to_lowercase() == head)
        })
        .find_map(|earlier| work.of[earlier])
}

/// The named person whose role this describes: the one it fits best; of several that it fits alike
/// the one mentioned last, if that is near and no other is as near.
fn by_role(work: &Work<'_>, mention: usize) -> Option<usize> {
    let mut fits: Vec<(i32, usize)> = (0..work.groups.len())
        .filter_map(|group| Some((fit(work, group, mention)?, group)))
        .filter(|&(score, _)| score >= ENOUGH)
        .collect();
    let top = fits.iter().map(|&(score, _)| score).max()?;
    fits.retain(|&(score, _)| score == top);
    if let [(_, group)] = fits[..] {
        return Some(group);
    }
    let distance = |group: usize| {
        let members = work.groups[group].members.iter().copied();
        let last = members.filter(|&member| member < mention).max()?;
        Some(work.sentence(mention) - work.sentence(last))
    };
    let mut near: Vec<(usize, usize)> = fits
        .iter()
        .filter_map(|&(_, group)| Some((distance(group)?, group)))
        .filter(|&(distance, _)| distance <= NEAR)
        .collect();
    near.sort_unstable();
    match near[..] {
        [(_, group)] => Some(group),
        [(first, group), (second, _), ..] if first < second => Some(group),
        _ => None,
    }
}

/// How many sentences back the holder of a role is still near. Chosen as for a pronoun's window.
const NEAR: usize = 3;

/// How well a description fits a named person: its head among their roles, its modifiers among
/// theirs, and how near they were mentioned.
fn fit(work: &Work<'_>, group: usize, mention: usize) -> Option<i32> {
    let known = &work.groups[group];
    let found = &work.mentions[mention];
    let conflict = known.gender.is_some() && found.gender.is_some() && known.gender != found.gender;
    if known.kind != MentionKind::Person || known.roles.is_empty() || conflict {
        return None;
    }
    let head = crate::mention::lemma_of(work.doc.token(found.head));
    let roles: Vec<&str> = known.roles.iter().flat_map(|role| role.split(' ')).collect();
    let same_head = roles.iter().any(|word| *word == head);
    let top = |word: &&&str| {
        work.lexicon.role(word).is_some_and(|kind| kind == crate::mention::RoleKind::Top)
    };
    let generic = work.lexicon.is_generic(&head) && roles.iter().any(|word| top(&word));
    if !same_head && !generic {
        return None;
    }
    let modifiers = modifiers(work, mention, &head);
    let shared = modifiers.iter().filter(|word| shares(work, word, &roles)).count();
    let foreign = modifiers.len() - shared;
    let near = nearness(work, group, mention)?;
    let base = if same_head { 3 } else { 2 };
    Some(
        base + 2 * i32::try_from(shared).unwrap_or(0) - 2 * i32::try_from(foreign).unwrap_or(0)
            + near,
    )
}

/// The names among a description's modifiers; a body's full name counts as one.
fn modifiers(work: &Work<'_>, mention: usize, head: &str) -> Vec<String> {
    let found = &work.mentions[mention];
    let mut words: Vec<String> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for token in work.doc.tokens_in(found.tokens.clone()) {
        let name = token.pos() == "PROPN" && token.lower() != head;
        if name {
            run.push(token.lower());
        }
        if (!name || token.i() + 1 == found.tokens.end) && !run.is_empty() {
            words.push(run.join(" "));
            run.clear();
        }
    }
    words
}

/// Whether a modifier is among the words of roles, under any name of the same body, or a word for
/// a member of it (`Ukrainian`, `Ukraine`).
fn shares(work: &Work<'_>, word: &str, roles: &[&str]) -> bool {
    let number = work.lexicon.same(word);
    let stem = |word: &str| -> String { key(word).chars().take(5).collect() };
    roles.iter().any(|role| {
        word.split(' ').any(|part| stem(part) == stem(role))
            || number.is_some() && work.lexicon.same(role) == number
    })
}

/// 1 for a person mentioned in the last three sentences, 0 for an earlier one; nothing for one
/// only mentioned later, but for descriptions at the head of the report.
fn nearness(work: &Work<'_>, group: usize, mention: usize) -> Option<i32> {
    let here = work.sentence(mention);
    let members = &work.groups[group].members;
    let last = members.iter().copied().filter(|&member| member < mention).max();
    match last {
        Some(last) => Some(i32::from(here - work.sentence(last) <= NEAR)),
        None => (here < BEFOREHAND).then_some(0),
    }
}
