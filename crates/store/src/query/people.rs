//! Who and what is mentioned.

use rusqlite::params_from_iter;
use serde::Serialize;
use stemma_model::{Entity, EntityId, MentionKind};

use super::filter::Filter;
use super::quotes::by_name;
use super::{Found, Page};
use crate::error::Error;
use crate::names::{key, name, number};
use crate::store::Store;

/// How many forms of a name a row shows.
const FORMS_SHOWN: usize = 6;

/// Which people are wanted; every condition that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct PeopleQuery {
    /// Whose name, in any document, has these words; or an entity's id.
    pub name: Option<String>,
    /// Of this kind; `None` for all.
    pub kind: Option<MentionKind>,
    /// Which part of the answer.
    pub page: Page,
}

/// A person, organisation or place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Their id.
    pub id: EntityId,
    /// The name they are known by here.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// How often they are mentioned.
    pub mentions: u64,
    /// How many documents mention them.
    pub documents: u64,
    /// How many quotations are theirs.
    pub quotes: u64,
    /// The most frequent forms of the name, most frequent first.
    pub forms: Vec<String>,
}

impl Store {
    /// The people, organisations and places that `query` asks for, most mentioned first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn people(&self, query: &PeopleQuery) -> Result<Found<PersonRow>, Error> {
        let mut filter = Filter::default();
        if let Some(name) = &query.name {
            by_name(&mut filter, "id", name);
        }
        if let Some(kind) = &query.kind {
            filter.with("kind = ?", name(kind));
        }
        let clause = filter.clause();
        self.ask("look for people in", |connection| {
            let total: i64 = connection
                .prepare_cached(&format!("SELECT count(*) FROM entity{clause}"))?
                .query_row(params_from_iter(filter.values()), |row| row.get(0))?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT id, name, kind, mentions, documents, quotes FROM entity{clause}
                 ORDER BY mentions DESC, id LIMIT {} OFFSET {}",
                query.page.take, query.page.skip
            ))?;
            let mut forms = connection.prepare_cached(&format!(
                "SELECT form FROM entity_form WHERE entity = ?1 ORDER BY count DESC, form LIMIT {FORMS_SHOWN}"
            ))?;
            let mut rows = Vec::new();
            let mut found = statement.query(params_from_iter(filter.values()))?;
            while let Some(row) = found.next()? {
                let id: i64 = row.get(0)?;
                rows.push(PersonRow {
                    id: EntityId::from_number(number(id)),
                    name: row.get(1)?,
                    kind: row.get(2)?,
                    mentions: row.get::<_, i64>(3)?.unsigned_abs(),
                    documents: row.get::<_, i64>(4)?.unsigned_abs(),
                    quotes: row.get::<_, i64>(5)?.unsigned_abs(),
                    forms: forms.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?,
                });
            }
            Ok(Found { rows, total: total.unsigned_abs() })
        })
    }

    /// The whole record of an entity.
    ///
    /// # Errors
    /// If the file or the record is damaged.
    pub fn entity(&self, id: EntityId) -> Result<Option<Entity>, Error> {
        let sql = "SELECT body FROM entity WHERE id = ?1";
        Ok(self.bodies("an entity", sql, [key(id.number())])?.pop())
    }
}
