//! Organisations and places: one name, one row of the lexicon, or one acronym.

use std::collections::BTreeMap;

use stemma_model::DocumentId;

use super::chain::Link;
use super::cluster::Cluster;
use super::lexicon::FORMS;
use super::name::spelling_key;
use super::rulings::Rulings;

/// The bodies behind `links`, in order of their keys.
pub(super) fn clusters<'a>(links: &[Link<'a>], rulings: &Rulings<'_>) -> Vec<Cluster<'a>> {
    let acronyms = acronyms(links);
    let mut bodies: BTreeMap<String, Vec<Cluster<'a>>> = BTreeMap::new();
    for &link in links {
        let name = plain(link);
        if name.is_empty() {
            continue;
        }
        let full = acronyms.get(&name).cloned().unwrap_or_else(|| name.clone());
        let known = FORMS.bodies.get(&full).cloned();
        let (rule, key) = match known {
            Some(known) if known != name => ("other-name", known),
            _ if full != name => ("acronym", full),
            _ => ("same-name", name),
        };
        let block = bodies.entry(level(&key)).or_default();
        match block.iter().position(|cluster| !rulings.forbid(cluster, link)) {
            Some(at) => {
                let note = format!("{} and {}", block[at].links[0].name(), link.name());
                block[at].push(link, rule, note);
            }
            None => block.push(Cluster::new(link)),
        }
    }
    bodies.into_values().flatten().collect()
}

/// The name without its article.
fn plain(link: Link<'_>) -> String {
    let words = match link.words() {
        [first, rest @ ..] if first == "the" && !rest.is_empty() => rest,
        words => words,
    };
    words.join(" ")
}

/// Spelling levelled word by word; short names and acronyms as they are.
fn level(name: &str) -> String {
    let word = |word: &str| if word.len() > 4 { spelling_key(word) } else { word.to_owned() };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Acronyms of three letters and more with the one full name whose capitals they are, where a
/// document has both.
fn acronyms(links: &[Link<'_>]) -> BTreeMap<String, String> {
    let mut full: BTreeMap<(DocumentId, String), Option<String>> = BTreeMap::new();
    for &link in links {
        let initials: String = link
            .name()
            .split_whitespace()
            .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()))
            .flat_map(char::to_lowercase)
            .collect();
        if initials.chars().count() >= 3 {
            let name = plain(link);
            full.entry((link.document(), initials))
                .and_modify(|other| *other = other.take().filter(|other| *other == name))
                .or_insert(Some(name));
        }
    }
    let short = links.iter().filter(|link| {
        !link.name().contains(' ') && link.name().chars().filter(|c| c.is_uppercase()).count() >= 3
    });
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for &link in short {
        let acronym = plain(link);
        if let Some(Some(name)) = full.get(&(link.document(), acronym.clone())) {
            found
                .entry(acronym)
                .and_modify(|other| *other = other.take().filter(|other| other == name))
                .or_insert_with(|| Some(name.clone()));
        }
    }
    found.into_iter().filter_map(|(acronym, name)| Some((acronym, name?))).collect()
}
