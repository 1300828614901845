//! What each reconstructed record rests on, for checking.

use rusqlite::Row;
use serde::de::DeserializeOwned;
use stemma_model::{
    Alignment, ChainId, Claim, Cluster, Coverage, DocumentId, Entity, EntityId, Headline, Movement,
    Passage, Position, QuoteId, Span, Story, Term, TimelineEntry, Utterance, Verb,
};

use crate::codec::unpack;
use crate::error::{Error, Kind};
use crate::names::{key, number};
use crate::read::document_id;
use crate::store::Store;

/// A reconstructed record by what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// What it is and its id, or its place among its like: `story s-…`.
    pub name: String,
    /// Documents it names.
    pub documents: Vec<DocumentId>,
    /// Places it gives as evidence.
    pub passages: Vec<Passage>,
    /// Quotations it is made from.
    pub quotes: Vec<(DocumentId, QuoteId)>,
    /// Coreference chains it is made from.
    pub chains: Vec<(DocumentId, ChainId)>,
}

/// Where a stored quotation says it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotePlace {
    /// The quotation.
    pub id: QuoteId,
    /// From its first to its last byte.
    pub hull: Span,
    /// The same in code points, as lists show it.
    pub points: (u32, u32),
    /// Its words, as lists show them.
    pub text: String,
}

impl Store {
    /// The ids of all documents, in order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document_ids(&self) -> Result<Vec<DocumentId>, Error> {
        self.attempt("list the documents of", |connection| {
            let mut ids: Vec<DocumentId> = connection
                .prepare_cached("SELECT id FROM document")?
                .query_map([], |row| document_id(row, 0))?
                .collect::<Result<_, _>>()?;
            ids.sort_unstable();
            Ok(ids)
        })
    }

    /// The quotations that lists show for `document`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn quote_places(&self, document: DocumentId) -> Result<Vec<QuotePlace>, Error> {
        self.attempt("read the quotations of", |connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT id, start, end, start_point, end_point, text FROM quote
                     WHERE document = ?1 ORDER BY start, id",
                )?
                .query_map([key(document.number())], |row| {
                    Ok(QuotePlace {
                        id: QuoteId::from_number(number(row.get(0)?)),
                        hull: Span { start: row.get(1)?, end: row.get(2)? },
                        points: (row.get(3)?, row.get(4)?),
                        text: row.get(5)?,
                    })
                })?
                .collect::<Result<_, _>>()?)
        })
    }

    /// Tells `sink` what each reconstructed record rests on, or that it does not unpack.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn each_derived(&self, mut sink: impl FnMut(Result<Derived, Error>)) -> Result<(), Error> {
        let sink = &mut sink;
        self.walk("entity", "SELECT id, body FROM entity", sink, |_, it: Entity| Derived {
            name: format!("entity {}", it.id),
            documents: it.documents,
            chains: it.chains,
            ..Derived::default()
        })?;
        self.walk("story", "SELECT id, body FROM story", sink, |_, it: Story| Derived {
            name: format!("story {}", it.id),
            documents: it.documents,
            ..Derived::default()
        })?;
        self.walk("utterance", "SELECT id, body FROM utterance", sink, |_, it: Utterance| {
            Derived {
                name: format!("utterance {}", it.id),
                quotes: it.quotes,
                ..Derived::default()
            }
        })?;
        self.walk("alignment", "SELECT id, body FROM alignment", sink, |_, it: Alignment| {
            let place = |document, span| Passage::new(document, span);
            let (a, b) = (it.a.document, it.b.document);
            let changes = it.changes.iter().flat_map(|it| [place(a, it.a), place(b, it.b)]);
            Derived {
                name: format!("alignment {}", it.id),
                documents: it.first.candidates.clone(),
                passages: [it.a, it.b].into_iter().chain(changes).collect(),
                ..Derived::default()
            }
        })?;
        self.walk("cluster", "SELECT id, body FROM cluster", sink, |_, it: Cluster| Derived {
            name: format!("cluster {}", it.id),
            passages: it.passages,
            documents: it.stemma.iter().map(|descent| descent.to).collect(),
            ..Derived::default()
        })?;
        self.walk(
            "event",
            "SELECT id, body FROM timeline_entry",
            sink,
            |at, it: TimelineEntry| Derived {
                name: format!("event {at} of the timeline"),
                passages: it.evidence,
                documents: it.documents,
                ..Derived::default()
            },
        )?;
        self.walk("claim", "SELECT id, body FROM claim", sink, |_, it: Claim| Derived {
            name: format!("claim {}", it.id),
            passages: it.values.into_iter().flat_map(|value| value.evidence).collect(),
            ..Derived::default()
        })?;
        self.walk("position", "SELECT id, body FROM position", sink, |_, it: Position| Derived {
            name: format!("position {}", it.id),
            passages: it.evidence,
            ..Derived::default()
        })?;
        self.walk("movement", "SELECT rank, body FROM movement", sink, |_, it: Movement| {
            let states = it.earlier.into_iter().chain([it.later]);
            Derived {
                name: format!("movement {}", it.id),
                passages: states.flat_map(|state| state.evidence).collect(),
                ..Derived::default()
            }
        })?;
        self.walk_contrast(sink)?;
        self.walk_speakers(sink)
    }

    fn walk_contrast(&self, sink: &mut impl FnMut(Result<Derived, Error>)) -> Result<(), Error> {
        let part = |part| format!("SELECT rank, body FROM contrast WHERE part = '{part}'");
        self.walk("term", &part("term"), sink, |at, it: Term| Derived {
            name: format!("term {at} of the contrast"),
            passages: it.uses,
            ..Derived::default()
        })?;
        self.walk("verb", &part("verb"), sink, |at, it: Verb| Derived {
            name: format!("verb {at} of the contrast"),
            passages: it.uses,
            ..Derived::default()
        })?;
        self.walk("headline", &part("headline"), sink, |at, it: Headline| Derived {
            name: format!("headline {at} of the contrast"),
            documents: vec![it.document],
            passages: it.support.iter().map(|&span| Passage::new(it.document, span)).collect(),
            ..Derived::default()
        })?;
        self.walk("coverage", &part("coverage"), sink, |at, it: Coverage| Derived {
            name: format!("coverage {at} of the contrast"),
            passages: it
                .cells
                .iter()
                .flat_map(|cell| {
                    cell.evidence.iter().map(|&span| Passage::new(cell.document, span))
                })
                .collect(),
            documents: it.documents,
            ..Derived::default()
        })
    }

    fn walk_speakers(&self, sink: &mut impl FnMut(Result<Derived, Error>)) -> Result<(), Error> {
        let by_speaker = |row: &Row<'_>| -> rusqlite::Result<Derived> {
            let quote = QuoteId::from_number(number(row.get(0)?));
            let entity = EntityId::from_number(number(row.get(2)?));
            Ok(Derived {
                name: format!("the speaker {entity}"),
                quotes: vec![(document_id(row, 1)?, quote)],
                ..Derived::default()
            })
        };
        self.attempt("read the speakers of", |connection| {
            let mut statement =
                connection.prepare("SELECT quote, document, entity FROM speaker")?;
            for record in statement.query_map([], by_speaker)? {
                sink(Ok(record?));
            }
            Ok(())
        })
    }

    fn walk<T: DeserializeOwned>(
        &self,
        what: &str,
        sql: &str,
        sink: &mut impl FnMut(Result<Derived, Error>),
        rests_on: impl Fn(i64, T) -> Derived,
    ) -> Result<(), Error> {
        self.attempt("read", |connection| {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let bytes = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
                sink(match unpack(bytes) {
                    Ok(record) => Ok(rests_on(id, record)),
                    Err(error) => {
                        let kind = Kind::Record(format!("{what} {id}"), error);
                        Err(Error::new("read", self.path(), kind))
                    }
                });
            }
            Ok(())
        })
    }
}
