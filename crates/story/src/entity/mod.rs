//! The person, organisation or place behind the names of many documents.
//!
//! [`resolve`] takes the coreference chains of all documents and merges them to entities.
//! People meet in blocks of one surname (spelling and transliteration levelled, one slip allowed
//! for longer names); inside a block the names that tell most come first, and each later name
//! joins the one person it fits, by given name, nickname or initial, else by a shared role; a name
//! that fits several stays apart and says so. Organisations and places meet by name, by the rows
//! of `lexicons/nicknames.toml`, and by acronym. Near-linear: only members of a block are
//! compared. Every merge has its reason, and a reader's corrections are obeyed.

mod body;
mod chain;
mod cluster;
mod lexicon;
mod name;
mod person;
mod rulings;
mod spelling;

use stemma_model::{ChainId, Correction, DocumentId, Entity, EntityId, QuoteId};

pub use chain::{DocumentNames, Names};
pub use spelling::Spellings;

use chain::Link;
use cluster::Cluster;
use rulings::Rulings;

/// Merges the chains of all documents to entities, most mentioned first (then by name, then id).
///
/// Chains without a name join the entity whose role they carry where one alone has it, and are left
/// out otherwise. The same for every order in which documents of one date were added.
#[must_use]
pub fn resolve(names: &Names, corrections: &[Correction]) -> Vec<Entity> {
    let rulings = Rulings::of(corrections);
    let surnames = person::Surnames::of(names);
    let (people, bodies): (Vec<Link<'_>>, Vec<Link<'_>>) = names
        .links()
        .filter(|link| link.is_named())
        .partition(|&link| link.is_person() || surnames.misread(link));
    let mut clusters = person::clusters(&people, &rulings);
    clusters.extend(body::clusters(&bodies, &rulings));
    rulings.join(&mut clusters);
    let unnamed: Vec<Link<'_>> = names.links().filter(|link| !link.is_named()).collect();
    person::join_by_role(&mut clusters, &unnamed);
    let mut entities: Vec<Entity> = clusters.into_iter().map(Cluster::into_entity).collect();
    entities.sort_by(|a, b| {
        let mentions = |e: &Entity| e.forms.iter().map(|form| form.count).sum::<u32>();
        mentions(b).cmp(&mentions(a)).then_with(|| (&a.name, a.id).cmp(&(&b.name, b.id)))
    });
    entities
}

/// Which entity each quotation is attributed to, in the order given; quotations of nobody that is
/// known are left out. `sources` are the quotations that their documents attribute to a chain.
#[must_use]
pub fn speakers(
    sources: impl Iterator<Item = (DocumentId, QuoteId, ChainId)>,
    entities: &[Entity],
) -> Vec<(DocumentId, QuoteId, EntityId)> {
    let by_chain = Holders::of(entities);
    let speaker =
        |(document, quote, chain)| Some((document, quote, by_chain.get(document, chain)?));
    sources.filter_map(speaker).collect()
}

/// The entity behind each chain.
#[derive(Debug)]
pub(crate) struct Holders(Vec<(DocumentId, ChainId, EntityId)>);

impl Holders {
    pub(crate) fn of<'e>(entities: impl IntoIterator<Item = &'e Entity>) -> Self {
        let mut holders = Vec::new();
        for entity in entities {
            holders.extend(entity.chains.iter().map(|&(d, chain)| (d, chain, entity.id)));
        }
        holders.sort_unstable();
        Self(holders)
    }

    /// Takes time logarithmic in the chains of all documents.
    pub(crate) fn get(&self, document: DocumentId, chain: ChainId) -> Option<EntityId> {
        let at = self.0.binary_search_by_key(&(document, chain), |&(d, c, _)| (d, c)).ok()?;
        Some(self.0[at].2)
    }
}

#[cfg(test)]
mod tests;
