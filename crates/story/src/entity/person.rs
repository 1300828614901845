//! People: blocks of one surname, and who is who inside a block.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
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
    let mut block = Block::default();
    for (link, name) in members {
        let mut fits = block.fitting(name).to_vec();
        fits.retain(|&at| !rulings.forbid(&block.people[at].0, link));
        match block.choose(&fits, link) {
            Choice::One(at, rule, note) => block.join(at, link, name, (rule, note)),
            Choice::None => block.open(Cluster::new(link), link, name),
            Choice::Many => {
                let mut cluster = Cluster::new(link);
                cluster
                    .note("ambiguous", format!("{} could be {} people", link.name(), fits.len()));
                block.open(cluster, link, name);
            }
        }
    }
    block.people.into_iter().map(|(cluster, _)| cluster).collect()
}

/// The people of one surname, as they are told apart.
///
/// A surname that two have gives a cluster for each time it stands alone, so that a block has
/// thousands: whom a name fits is kept by name, and who has a role by role.
#[derive(Default)]
struct Block<'a> {
    /// Everybody with the different names that they go by.
    people: Vec<(Cluster<'a>, Vec<&'a PersonName>)>,
    /// For each name that was asked for the people whom it fits, ascending.
    fitting: HashMap<&'a PersonName, Vec<usize>>,
    /// Who is said to have each role.
    by_role: HashMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Block<'a> {
    /// The people all of whose names go with `name`, ascending.
    fn fitting(&mut self, name: &'a PersonName) -> &[usize] {
        let people = &self.people;
        self.fitting.entry(name).or_insert_with(|| {
            let fits = |at: &usize| people[*at].1.iter().all(|other| other.compatible(name));
            (0..people.len()).filter(fits).collect()
        })
    }

    fn open(&mut self, cluster: Cluster<'a>, link: Link<'a>, name: &'a PersonName) {
        let at = self.people.len();
        self.people.push((cluster, vec![name]));
        for (other, fits) in &mut self.fitting {
            if name.compatible(other) {
                fits.push(at);
            }
        }
        self.note_roles(at, link);
    }

    fn join(
        &mut self,
        at: usize,
        link: Link<'a>,
        name: &'a PersonName,
        (rule, note): (&'static str, String),
    ) {
        let (cluster, names) = &mut self.people[at];
        cluster.push(link, rule, note);
        if !names.contains(&name) {
            names.push(name);
            for (other, fits) in &mut self.fitting {
                if !name.compatible(other)
                    && let Ok(place) = fits.binary_search(&at)
                {
                    fits.remove(place);
                }
            }
        }
        self.note_roles(at, link);
    }

    fn note_roles(&mut self, at: usize, link: Link<'a>) {
        for role in link.roles() {
            self.by_role.entry(role).or_default().insert(at);
        }
    }

    /// Whom of the people whom its name fits a chain is of.
    fn choose(&self, fits: &[usize], link: Link<'a>) -> Choice {
        let people = &self.people;
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
                if let Some(&at) = telling.then(|| fits.iter().find(exact)).flatten() {
                    let note = format!("{} and {}", first(at), link.name());
                    return Choice::One(at, "same-name", note);
                }
                match self.only_with_role(fits, link) {
                    Some((at, role)) => {
                        Choice::One(at, "same-role", format!("{} is also {role}", link.name()))
                    }
                    None => Choice::Many,
                }
            }
        }
    }

    /// The one of some people with whom a chain shares a role, and the role.
    fn only_with_role(&self, fits: &[usize], link: Link<'a>) -> Option<(usize, &'a str)> {
        let with = |role: &str| self.by_role.get(role).into_iter().flatten().copied();
        let sharing: BTreeSet<usize> =
            link.roles().flat_map(with).filter(|at| fits.binary_search(at).is_ok()).collect();
        let &at = sharing.first().filter(|_| sharing.len() == 1)?;
        let role =
            link.roles().find(|role| self.by_role.get(role).is_some_and(|it| it.contains(&at)))?;
        Some((at, role))
    }
}

enum Choice {
    None,
    One(usize, &'static str, String),
    Many,
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
    link.roles().next()?;
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
    let mut holders = holders(clusters);
    for &link in unnamed {
        let roles = link.roles();
        let name = link.name().to_lowercase();
        let role =
            roles.chain([name.trim_start_matches("the ")]).find(|role| holders.contains_key(role));
        let Some(role) = role else { continue };
        let near: Vec<usize> = holders[role]
            .iter()
            .filter(|(_, tenure)| tenure.covers(link))
            .map(|(&at, _)| at)
            .collect();
        if let [at] = near[..] {
            let note = format!("“{role}” is {} at the time", clusters[at].links[0].name());
            clusters[at].push(link, "only-holder-of-role", note);
            for own in link.roles() {
                if let Some(tenure) = holders.get_mut(own).and_then(|it| it.get_mut(&at)) {
                    tenure.add(link);
                }
            }
        }
    }
}

/// The people said to hold each role of two words and more, and when.
fn holders<'a>(clusters: &[Cluster<'a>]) -> BTreeMap<&'a str, BTreeMap<usize, Tenure>> {
    let mut holders: BTreeMap<&'a str, BTreeMap<usize, Tenure>> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        for link in cluster.links.iter().filter(|link| link.is_person()) {
            for role in link.roles().filter(|role| role.split(' ').count() > 1) {
                holders.entry(role).or_default().entry(at).or_default();
            }
        }
    }
    for (at, cluster) in clusters.iter().enumerate() {
        for &link in &cluster.links {
            for role in link.roles() {
                if let Some(tenure) = holders.get_mut(role).and_then(|it| it.get_mut(&at)) {
                    tenure.add(link);
                }
            }
        }
    }
    holders
}

/// When somebody is said to hold a role.
#[derive(Default)]
struct Tenure {
    days: BTreeSet<Date>,
    /// A report of an unknown day says so.
    any_day: bool,
}

impl Tenure {
    fn add(&mut self, link: Link<'_>) {
        match day(link) {
            Some(day) => drop(self.days.insert(day)),
            None => self.any_day = true,
        }
    }

    /// Whether the role is held near the day of a report; an unknown day is near all.
    fn covers(&self, link: Link<'_>) -> bool {
        let Some(day) = day(link) else { return true };
        let from = day.saturating_sub(TENURE_DAYS.days());
        let to = day.saturating_add(TENURE_DAYS.days());
        self.any_day || self.days.range(from..=to).next().is_some()
    }
}

fn day(link: Link<'_>) -> Option<Date> {
    link.date().from.or(link.date().to)
}
