//! Names that are one: full names first, then parts of them, so that a headline's surname finds
//! the full name further down.

use std::collections::BTreeMap;

use stemma_model::{MentionForm, MentionKind};

use super::{Work, key};
use crate::mention::Found;

pub(super) fn join(work: &mut Work<'_>) {
    let names: Vec<usize> =
        (0..work.mentions.len()).filter(|&i| work.mentions[i].form == MentionForm::Name).collect();
    let person = |i: &usize| work.mentions[*i].kind == MentionKind::Person;
    let (persons, others): (Vec<usize>, Vec<usize>) = names.iter().partition(|i| person(i));
    join_persons(work, &persons);
    join_others(work, &others);
}

fn join_persons(work: &mut Work<'_>, persons: &[usize]) {
    let mut by_surname: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_first: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let (full, short): (Vec<usize>, Vec<usize>) =
        persons.iter().partition(|&&i| work.mentions[i].words.len() > 1);
    for mention in full {
        let words: Vec<String> =
            work.mentions[mention].words.iter().map(|word| key(word)).collect();
        let surname = words.last().cloned().unwrap_or_default();
        let known = by_surname.get(&surname).into_iter().flatten().copied();
        let same = known.into_iter().find(|&group| compatible(work, group, mention));
        match same {
            Some(group) => work.add(group, mention, "same-name"),
            None => {
                let group = work.open(mention);
                by_surname.entry(surname).or_default().push(group);
                by_first.entry(words[0].clone()).or_default().push(group);
            }
        }
    }
    for mention in short {
        let word = key(&work.mentions[mention].words[0]);
        let of_surname = by_surname.get(&word).and_then(|groups| nearest(work, groups, mention));
        let titled = work.mentions[mention].gender.is_some();
        let of_first = || {
            let groups = by_first.get(&word).filter(|_| !titled)?;
            nearest(work, groups, mention)
        };
        match of_surname.map(|g| (g, "surname")).or_else(|| of_first().map(|g| (g, "first-name"))) {
            Some((group, rule)) => work.add(group, mention, rule),
            None => {
                let group = work.open(mention);
                by_surname.entry(word).or_default().push(group);
            }
        }
    }
}

/// Whether a full name can be another form of a group's name: first names equal, one the other's
/// initial, or one missing.
fn compatible(work: &Work<'_>, group: usize, mention: usize) -> bool {
    let known = &work.groups[group];
    let found = &work.mentions[mention];
    if known.gender.is_some() && found.gender.is_some() && known.gender != found.gender {
        return false;
    }
    let (a, b) = (key(&known.name[0]), key(&found.words[0]));
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    known.name.len() < 2 || a == b || initial(&a, &b) || initial(&b, &a)
}

/// Of several groups, the one mentioned last before `mention` whose gender fits; else the first
/// one mentioned after it.
fn nearest(work: &Work<'_>, groups: &[usize], mention: usize) -> Option<usize> {
    let found = &work.mentions[mention];
    let fits = |group: &usize| {
        let known = work.groups[*group].gender;
        known.is_none() || found.gender.is_none() || known == found.gender
    };
    let before = |group: &usize| {
        let members = &work.groups[*group].members;
        members.iter().copied().filter(|&member| member < mention).max()
    };
    let fitting: Vec<usize> = groups.iter().copied().filter(fits).collect();
    fitting
        .iter()
        .copied()
        .filter(|group| before(group).is_some())
        .max_by_key(before)
        .or_else(|| fitting.first().copied())
}

fn join_others(work: &mut Work<'_>, others: &[usize]) {
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for &mention in others {
        let name = whole(&work.mentions[mention], work);
        let acronym = initials(&work.mentions[mention]);
        let group = by_name.get(&name).or_else(|| by_name.get(acronym.as_ref()?)).copied();
        match group {
            Some(group) => work.add(group, mention, "same-name"),
            None => {
                let group = work.open(mention);
                if let Some(acronym) = acronym {
                    by_name.entry(acronym).or_insert(group);
                }
                by_name.insert(name, group);
            }
        }
    }
}

/// A name as it is compared; bodies of several names by their number.
fn whole(found: &Found, work: &Work<'_>) -> String {
    let words: Vec<String> = found.words.iter().map(|word| word.to_lowercase()).collect();
    let name = words.join(" ");
    match work.lexicon.same(&name) {
        Some(number) => format!("#{number}"),
        None => words.iter().map(|word| key(word)).collect::<Vec<_>>().join(" "),
    }
}

/// The initials of a name of three words or more.
fn initials(found: &Found) -> Option<String> {
    let capital = |word: &String| word.chars().next().filter(|c| c.is_uppercase());
    let initials: String =
        found.words.iter().filter_map(capital).flat_map(char::to_lowercase).collect();
    (initials.chars().count() >= 3).then_some(initials)
}
