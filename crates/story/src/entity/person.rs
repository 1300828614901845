//! People: blocks of one surname, and who is who inside a block.

use std::collections::{BTreeMap, BTreeSet};

use rapidhash::v3::rapidhash_v3;
use stemma_model::MentionKind;

use super::chain::{Link, Names};
use super::cluster::Cluster;
use super::lexicon::FORMS;
use super::name::{PersonName, deletions, one_slip, spelling_key};
use super::rulings::Rulings;

/// Letters of the shortest surname in which one slip is taken for a misprint: shorter names that
/// differ in one letter are mostly different names (Lee, Lew).
const MISPRINT_LENGTH: usize = 6;

/// How often each single word is a person, by a full name that ends in it or by itself, and how
/// often the name of a body.
pub(super) struct Surnames<'a>(BTreeMap<&'a str, (u32, u32)>);

impl<'a> Surnames<'a> {
    pub(super) fn of(names: &'a Names) -> Self {
        let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for link in names.links().filter(|link| link.is_named()) {
            let Some(last) = link.words().last() else { continue };
            let count = counts.entry(last).or_default();
            match (link.is_person(), link.words().len()) {
                (true, _) => count.0 += 1,
                (false, 1) => count.1 += 1,
                _ => {}
            }
        }
        Self(counts)
    }

    /// Whether a body of one word is rather a person's surname that the tagger took for a body: most
    /// documents have a person by it. Places are left alone: people are named after them.
    pub(super) fn misread(&self, link: Link<'_>) -> bool {
        let [word] = link.words() else { return false };
        let known = FORMS.bodies.contains_key(word);
        link.kind() == MentionKind::Organisation
            && link.person().is_some()
            && !known
            && self.0.get(word.as_str()).is_some_and(|&(person, body)| person > body)
    }
}

/// The people behind `links`, in order of their first chain.
pub(super) fn clusters<'a>(links: &[Link<'a>], rulings: &Rulings<'_>) -> Vec<Cluster<'a>> {
    let mut blocks: BTreeMap<String, Vec<(Link<'a>, &'a PersonName)>> = BTreeMap::new();
    for &link in links {
        if let Some(person) = link.person() {
            blocks.entry(spelling_key(&person.surname)).or_default().push((link, person));
        }
    }
    let mut people: BTreeMap<String, Vec<Cluster<'a>>> =
        blocks.into_iter().map(|(key, members)| (key, block(members, rulings))).collect();
    join_misprints(&mut people, rulings);
    people.into_values().flatten().collect()
}

/// Who is who among the bearers of one surname: names that tell most come first.
fn block<'a>(
    mut members: Vec<(Link<'a>, &'a PersonName)>,
    rulings: &Rulings<'_>,
) -> Vec<Cluster<'a>> {
    members.sort_by_key(|(link, name)| {
        (std::cmp::Reverse(name.detail()), link.document(), link.chain())
    });
    let mut people: Vec<(Cluster<'a>, Vec<&'a PersonName>)> = Vec::new();
    for (link, name) in members {
        let fits: Vec<usize> = (0..people.len())
            .filter(|&at| {
                let (cluster, names) = &people[at];
                names.iter().all(|other| other.compatible(name)) && !rulings.forbid(cluster, link)
            })
            .collect();
        match choose(&people, &fits, link) {
            Choice::One(at, rule, note) => {
                let (cluster, names) = &mut people[at];
                cluster.push(link, rule, note);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            Choice::None => people.push((Cluster::new(link), vec![name])),
            Choice::Many => {
                let mut cluster = Cluster::new(link);
                cluster
                    .note("ambiguous", format!("{} could be {} people", link.name(), fits.len()));
                people.push((cluster, vec![name]));
            }
        }
    }
    people.into_iter().map(|(cluster, _)| cluster).collect()
}

enum Choice {
    None,
    One(usize, &'static str, String),
    Many,
}

/// Which of the people that a name fits it belongs to.
fn choose(people: &[(Cluster<'_>, Vec<&PersonName>)], fits: &[usize], link: Link<'_>) -> Choice {
    let first = |at: usize| people[at].0.links[0].name();
    let exact = |at: &&usize| people[**at].1.iter().any(|name| Some(*name) == link.person());
    match fits {
        [] => Choice::None,
        [at] => Choice::One(
            *at,
            rule(link, people[*at].1[0]),
            format!("{} and {}", first(*at), link.name()),
        ),
        _ => {
            let telling = link.person().is_some_and(|name| name.detail() >= 3);
            if let Some(&at) = fits.iter().find(exact).filter(|_| telling) {
                return Choice::One(at, "same-name", format!("{} and {}", first(at), link.name()));
            }
            let sharing: Vec<usize> = fits
                .iter()
                .copied()
                .filter(|&at| shared_role(&people[at].0, link).is_some())
                .collect();
            let role = || sharing.first().and_then(|&at| shared_role(&people[at].0, link));
            match (sharing.as_slice(), role()) {
                (&[at], Some(role)) => {
                    Choice::One(at, "same-role", format!("{} is also {role}", link.name()))
                }
                _ => Choice::Many,
            }
        }
    }
}

/// What makes a name that fits one person that person's.
fn rule(link: Link<'_>, name: &PersonName) -> &'static str {
    let Some(own) = link.person() else { return "same-name" };
    match (&own.given, &name.given) {
        _ if own == name => "same-name",
        (None, _) | (_, None) => "only-bearer-of-surname",
        (Some(a), Some(b)) if a == b && own.surname == name.surname => "fuller-name",
        (Some(a), Some(b)) if a == b => "spelling-variant",
        _ => "initial-or-variant",
    }
}

/// A role that a person and a chain have in common.
fn shared_role<'l>(cluster: &Cluster<'_>, link: Link<'l>) -> Option<&'l str> {
    let roles: BTreeSet<&str> = cluster.roles().collect();
    link.roles().find(|role| roles.contains(role))
}

/// The pairs of different keys that are one slip apart, sorted. `keys` come sorted.
fn slips<'k>(keys: impl Iterator<Item = &'k String>) -> Vec<(String, String)> {
    let keys: Vec<&String> = keys.collect();
    // By hash: equal ones have equal hashes, and of others a slip is asked for again.
    let mut dropped: Vec<(u64, usize)> = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        dropped.extend(deletions(key).iter().map(|key| (rapidhash_v3(key.as_bytes()), at)));
    }
    dropped.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for same in dropped.chunk_by(|one, other| one.0 == other.0) {
        for (n, &(_, a)) in same.iter().enumerate() {
            let others = same[n + 1..].iter().map(|&(_, b)| (a, b));
            pairs.extend(others.filter(|&(a, b)| a != b && one_slip(keys[a], keys[b])));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(a, b)| (keys[a].clone(), keys[b].clone())).collect()
}

/// Joins people whose surnames are one slip apart and whose given names are one, or whose roles
/// are, the rarer spelling to the more frequent.
fn join_misprints<'a>(people: &mut BTreeMap<String, Vec<Cluster<'a>>>, rulings: &Rulings<'_>) {
    for (a, b) in slips(people.keys().filter(|key| key.chars().count() >= MISPRINT_LENGTH)) {
        let weight = |key: &String, people: &BTreeMap<String, Vec<Cluster<'a>>>| {
            people.get(key).map_or(0, |block| block.iter().map(|c| c.links.len()).sum::<usize>())
        };
        let (frequent, rare) =
            if weight(&a, people) >= weight(&b, people) { (a, b) } else { (b, a) };
        let Some(strays) = people.remove(&rare) else { continue };
        let mut kept = Vec::new();
        let block = people.entry(frequent).or_default();
        for stray in strays {
            let fits = |cluster: &Cluster<'a>| {
                misprint(cluster, &stray) && !rulings.forbid(cluster, stray.links[0])
            };
            let found: Vec<usize> = (0..block.len()).filter(|&at| fits(&block[at])).collect();
            match found[..] {
                [at] => {
                    let note =
                        format!("{} for {}", stray.links[0].name(), block[at].links[0].name());
                    block[at].merge(stray, "misprint", note);
                }
                _ => kept.push(stray),
            }
        }
        if !kept.is_empty() {
            people.insert(rare, kept);
        }
    }
}

/// Whether two people of nearly one surname are one: same full given name, or same role.
fn misprint(a: &Cluster<'_>, b: &Cluster<'_>) -> bool {
    let given =
        |cluster: &Cluster<'_>| cluster.links.iter().find_map(|link| link.person()?.given.clone());
    match (given(a), given(b)) {
        (Some(a), Some(b)) => a == b && a.len() > 1,
        _ => b.links.iter().any(|&link| shared_role(a, link).is_some()),
    }
}

/// How many days apart a role and its holder may stand: offices change hands.
const TENURE_DAYS: i32 = 200;

/// Joins chains that only have a role to the one person who carries it near their date.
pub(super) fn join_by_role<'a>(clusters: &mut [Cluster<'a>], unnamed: &[Link<'a>]) {
    let mut holders: BTreeMap<&'a str, BTreeSet<usize>> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        for link in cluster.links.iter().filter(|link| link.is_person()) {
            for role in link.roles().filter(|role| role.split(' ').count() > 1) {
                holders.entry(role).or_default().insert(at);
            }
        }
    }
    for &link in unnamed {
        let roles = link.roles();
        let name = link.name().to_lowercase();
        let role =
            roles.chain([name.trim_start_matches("the ")]).find(|role| holders.contains_key(role));
        let Some(role) = role else { continue };
        let near: Vec<usize> = holders[role]
            .iter()
            .copied()
            .filter(|&at| {
                clusters[at].links.iter().any(|&other| {
                    other.roles().any(|own| own == role) && within_tenure(other, link)
                })
            })
            .collect();
        if let [at] = near[..] {
            let note = format!("“{role}” is {} at the time", clusters[at].links[0].name());
            clusters[at].push(link, "only-holder-of-role", note);
        }
    }
}

fn within_tenure(a: Link<'_>, b: Link<'_>) -> bool {
    match (a.date().from.or(a.date().to), b.date().from.or(b.date().to)) {
        (Some(a), Some(b)) => (b - a).get_days().abs() <= TENURE_DAYS,
        _ => true,
    }
}
