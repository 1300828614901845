-- Version 1 of a Stemma store. docs/store.md explains every table.
--
-- Tables in the singular hold what the program works with; views in the plural are for people and
-- other tools. Ids are the 64 bits of the content hash; the views spell them out ("d-…").
-- Offsets in tables count UTF-8 bytes of the document's text; the views count code points.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

------------------------------------------------------------------------------------- attested

CREATE TABLE document (
  id         INTEGER PRIMARY KEY,
  given_id   TEXT,
  source     TEXT NOT NULL,
  url        TEXT,
  address    TEXT,              -- the URL without what does not tell pages apart
  outlet     TEXT,
  title      TEXT,
  published  TEXT,              -- as the carrier gives it
  date_from  TEXT,              -- the first possible day
  date_to    TEXT,              -- the last
  date       TEXT GENERATED ALWAYS AS (CASE WHEN date_to IS NOT NULL THEN date_from END) VIRTUAL,
  basis      TEXT NOT NULL,
  language   TEXT,
  sha256     TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  body       BLOB NOT NULL      -- the whole record without its text
) STRICT;
CREATE INDEX document_by_date ON document (date, id);
CREATE INDEX document_by_address ON document (address) WHERE address IS NOT NULL;
CREATE INDEX document_by_given_id ON document (given_id) WHERE given_id IS NOT NULL;
CREATE INDEX document_by_outlet ON document (outlet, date);

CREATE TABLE document_text (
  document INTEGER PRIMARY KEY REFERENCES document (id),
  text     TEXT NOT NULL
) STRICT;

CREATE TABLE annotation (
  document INTEGER PRIMARY KEY REFERENCES document (id),
  stage    TEXT NOT NULL,       -- digest of what annotated it: code, lexicons, model
  body     BLOB NOT NULL        -- the whole record without sentence vectors
) STRICT;
CREATE INDEX annotation_by_stage ON annotation (stage);

CREATE TABLE vector (
  document   INTEGER PRIMARY KEY REFERENCES document (id),
  dimensions INTEGER NOT NULL,
  body       BLOB NOT NULL      -- one signed byte an axis, sentence after sentence
) STRICT;

CREATE TABLE sketch (
  document INTEGER PRIMARY KEY REFERENCES document (id),
  signs    BLOB NOT NULL        -- the sign of each axis as a bit, for a first pass
) STRICT;

CREATE TABLE quote (
  id           INTEGER PRIMARY KEY,
  document     INTEGER NOT NULL REFERENCES document (id),
  start        INTEGER NOT NULL,
  end          INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  status       TEXT NOT NULL,
  speaker      TEXT,            -- the fullest name the document gives
  source       TEXT,            -- the words that name it
  cue          TEXT,
  text         TEXT NOT NULL,
  said_from    TEXT,
  said_to      TEXT,
  date         TEXT,            -- when it was said, else published, where both bounds are known:
                                -- what lists are ordered by
  negated      INTEGER NOT NULL,
  hypothetical INTEGER NOT NULL,
  headline     INTEGER NOT NULL
) STRICT;
CREATE INDEX quote_by_document ON quote (document, start);
CREATE INDEX quote_by_date ON quote (date, id);

CREATE TABLE figure (
  document    INTEGER NOT NULL REFERENCES document (id),
  start       INTEGER NOT NULL,
  end         INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  value       REAL NOT NULL,
  upper       REAL,
  unit        TEXT,
  approximate INTEGER NOT NULL,
  what_start  INTEGER,
  what_end    INTEGER,
  PRIMARY KEY (document, start, end)
) STRICT, WITHOUT ROWID;

CREATE TABLE timex (
  document  INTEGER NOT NULL REFERENCES document (id),
  start     INTEGER NOT NULL,
  end       INTEGER NOT NULL,
  type      TEXT NOT NULL,
  value     TEXT NOT NULL,
  date_from TEXT,
  date_to   TEXT,
  PRIMARY KEY (document, start, end)
) STRICT, WITHOUT ROWID;

CREATE TABLE condition (
  id                INTEGER PRIMARY KEY,
  document          INTEGER NOT NULL REFERENCES document (id),
  trigger_start     INTEGER NOT NULL,
  trigger_end       INTEGER NOT NULL,
  condition_start   INTEGER NOT NULL,
  condition_end     INTEGER NOT NULL,
  consequence_start INTEGER NOT NULL,
  consequence_end   INTEGER NOT NULL,
  pattern           TEXT NOT NULL,
  polarity          TEXT NOT NULL,
  force             TEXT NOT NULL,
  quote             INTEGER          -- whose words it stands in
) STRICT;
CREATE INDEX condition_by_document ON condition (document);

CREATE TABLE problem (
  document INTEGER,
  place    TEXT,
  start    INTEGER,
  end      INTEGER,
  code     TEXT NOT NULL,
  message  TEXT NOT NULL,
  hint     TEXT,
  skipped  INTEGER NOT NULL,
  derived  INTEGER NOT NULL          -- found across documents, not in one
) STRICT;
CREATE INDEX problem_by_document ON problem (document);
CREATE INDEX problem_by_place ON problem (place);

CREATE VIRTUAL TABLE document_search USING fts5 (
  title, text, content = 'document_content', content_rowid = 'id',
  tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIEW document_content AS
  SELECT d.id AS id, d.title AS title, t.text AS text
  FROM document d JOIN document_text t ON t.document = d.id;

CREATE VIRTUAL TABLE quote_search USING fts5 (
  text, content = 'quote', content_rowid = 'id',
  tokenize = 'porter unicode61 remove_diacritics 2'
);

-- A word of the headline counts as five of the text.
INSERT INTO document_search (document_search, rank) VALUES ('rank', 'bm25(5.0, 1.0)');

-------------------------------------------------------------------------------- reconstructed

CREATE TABLE entity (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL,
  mentions  INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  quotes    INTEGER NOT NULL,
  body      BLOB NOT NULL
) STRICT;
CREATE INDEX entity_by_mentions ON entity (mentions DESC, id);
CREATE INDEX entity_by_quotes ON entity (quotes DESC, id);

CREATE TABLE entity_form (
  id     INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL REFERENCES entity (id),
  form   TEXT NOT NULL,
  count  INTEGER NOT NULL
) STRICT;
CREATE INDEX entity_form_by_entity ON entity_form (entity);
CREATE VIRTUAL TABLE entity_search USING fts5 (
  form, content = 'entity_form', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', detail = full
);

CREATE TABLE entity_document (
  entity   INTEGER NOT NULL REFERENCES entity (id),
  document INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (entity, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_document_by_document ON entity_document (document);

CREATE TABLE speaker (
  quote    INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id),
  entity   INTEGER NOT NULL REFERENCES entity (id),
  date     TEXT
) STRICT;
CREATE INDEX speaker_by_entity ON speaker (entity, date, quote);

CREATE TABLE story (
  id        INTEGER PRIMARY KEY,
  title     TEXT NOT NULL,
  date_from TEXT,
  date_to   TEXT,
  documents INTEGER NOT NULL,
  body      BLOB NOT NULL
) STRICT;
CREATE INDEX story_by_date ON story (date_from, id);

CREATE TABLE story_document (
  story    INTEGER NOT NULL REFERENCES story (id),
  document INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (story, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_document_by_document ON story_document (document);

CREATE TABLE thread (
  id      INTEGER PRIMARY KEY,
  title   TEXT NOT NULL,
  stories INTEGER NOT NULL,
  body    BLOB NOT NULL
) STRICT;

CREATE TABLE thread_story (
  thread INTEGER NOT NULL REFERENCES thread (id),
  story  INTEGER NOT NULL REFERENCES story (id),
  PRIMARY KEY (thread, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_story_by_story ON thread_story (story);

CREATE TABLE utterance (
  id        INTEGER PRIMARY KEY,
  entity    INTEGER REFERENCES entity (id),
  said_from TEXT,
  said_to   TEXT,
  quotes    INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  relations TEXT NOT NULL,        -- the relations of its variants, in alphabetical order
  body      BLOB NOT NULL
) STRICT;
CREATE INDEX utterance_by_documents ON utterance (documents DESC, quotes DESC, id);
CREATE INDEX utterance_by_entity ON utterance (entity, said_from);

CREATE TABLE utterance_quote (
  utterance INTEGER NOT NULL REFERENCES utterance (id),
  quote     INTEGER NOT NULL,
  document  INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (utterance, quote)
) STRICT, WITHOUT ROWID;
CREATE INDEX utterance_quote_by_quote ON utterance_quote (quote);
CREATE INDEX utterance_quote_by_document ON utterance_quote (document);

CREATE TABLE alignment (
  id         INTEGER PRIMARY KEY,
  a_document INTEGER NOT NULL REFERENCES document (id),
  a_start    INTEGER NOT NULL,
  a_end      INTEGER NOT NULL,
  b_document INTEGER NOT NULL REFERENCES document (id),
  b_start    INTEGER NOT NULL,
  b_end      INTEGER NOT NULL,
  words      INTEGER NOT NULL,
  similarity REAL NOT NULL,
  kind       TEXT NOT NULL,
  body       BLOB NOT NULL
) STRICT;
CREATE INDEX alignment_by_a ON alignment (a_document);
CREATE INDEX alignment_by_b ON alignment (b_document);

CREATE TABLE cluster (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  passages INTEGER NOT NULL,
  at_least INTEGER NOT NULL,
  at_most  INTEGER NOT NULL,
  body     BLOB NOT NULL
) STRICT;

CREATE TABLE cluster_document (
  cluster  INTEGER NOT NULL REFERENCES cluster (id),
  document INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (cluster, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_document_by_document ON cluster_document (document);

CREATE TABLE timeline_entry (
  id        INTEGER PRIMARY KEY,   -- its place in the whole timeline, from 0
  date_from TEXT,
  date_to   TEXT,
  precision TEXT NOT NULL,
  status    TEXT NOT NULL,
  text      TEXT NOT NULL,
  documents INTEGER NOT NULL,
  body      BLOB NOT NULL
) STRICT;
CREATE INDEX timeline_entry_by_date ON timeline_entry (date_from, id);
CREATE VIRTUAL TABLE timeline_search USING fts5 (
  text, content = 'timeline_entry', content_rowid = 'id',
  tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE timeline_document (
  entry    INTEGER NOT NULL REFERENCES timeline_entry (id),
  document INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (entry, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX timeline_document_by_document ON timeline_document (document);

CREATE TABLE claim (
  id     INTEGER PRIMARY KEY,
  about  TEXT NOT NULL,
  status TEXT NOT NULL,
  figures INTEGER NOT NULL,        -- how many different values
  body   BLOB NOT NULL
) STRICT;

CREATE TABLE claim_document (
  claim    INTEGER NOT NULL REFERENCES claim (id),
  document INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (claim, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_document_by_document ON claim_document (document);

CREATE TABLE position (
  id        INTEGER PRIMARY KEY,
  entity    INTEGER REFERENCES entity (id),
  topic     TEXT NOT NULL,
  stance    TEXT NOT NULL,
  date_from TEXT,
  date_to   TEXT,
  story     INTEGER REFERENCES story (id),
  body      BLOB NOT NULL
) STRICT;
CREATE INDEX position_by_entity ON position (entity, date_from);
CREATE INDEX position_by_story ON position (story);

CREATE TABLE condition_group (
  label     TEXT NOT NULL,
  rank      INTEGER NOT NULL,      -- the group's place in the record
  condition INTEGER NOT NULL,
  document  INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (rank, condition)
) STRICT, WITHOUT ROWID;

-- The parts of the contrast: one row a term, verb, story's coverage or headline.
CREATE TABLE contrast (
  part     TEXT NOT NULL,          -- term, verb, coverage, headline
  rank     INTEGER NOT NULL,       -- its place among its like
  name     TEXT NOT NULL,          -- what a reader would look it up by
  body     BLOB NOT NULL,
  PRIMARY KEY (part, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE contrast_document (
  part     TEXT NOT NULL,
  rank     INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (part, rank, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX contrast_document_by_document ON contrast_document (document, part);

------------------------------------------------------------------------- people's and the log

CREATE TABLE correction (
  id     INTEGER PRIMARY KEY,
  made   TEXT NOT NULL,            -- when, RFC 3339
  undone TEXT,
  note   TEXT,
  kind   TEXT NOT NULL,
  record TEXT NOT NULL             -- JSON
) STRICT;

CREATE TABLE arrival (
  document   INTEGER PRIMARY KEY REFERENCES document (id),
  first_seen TEXT NOT NULL,        -- RFC 3339
  last_seen  TEXT NOT NULL
) STRICT;

CREATE TABLE fetched (
  url     TEXT PRIMARY KEY,
  checked TEXT NOT NULL,           -- RFC 3339
  state   TEXT NOT NULL            -- JSON: validators, failures, when to ask again
) STRICT, WITHOUT ROWID;

---------------------------------------------------------------------------------------- views

CREATE VIEW documents AS
  SELECT printf('d-%016x', d.id) AS id, d.given_id, d.outlet, d.title, d.date,
         d.basis AS date_basis, d.url, d.source, d.language, d.sha256, length(t.text) AS length, t.text
  FROM document d JOIN document_text t ON t.document = d.id;

CREATE VIEW quotes AS
  SELECT printf('q-%016x', q.id) AS id, q.kind, q.text, q.status, q.speaker, e.name AS person,
         CASE WHEN s.entity IS NOT NULL THEN printf('e-%016x', s.entity) END AS entity, q.cue, q.source, q.date, q.said_from, q.said_to,
         d.outlet, d.title, printf('d-%016x', d.id) AS document, d.given_id,
         length(CAST(substr(CAST(t.text AS BLOB), 1, q.start) AS TEXT)) AS start,
         length(CAST(substr(CAST(t.text AS BLOB), 1, q.end) AS TEXT)) AS end
  FROM quote q
  JOIN document d ON d.id = q.document
  JOIN document_text t ON t.document = d.id
  LEFT JOIN speaker s ON s.quote = q.id
  LEFT JOIN entity e ON e.id = s.entity;

CREATE VIEW people AS
  SELECT printf('e-%016x', id) AS id, name, kind, mentions, documents, quotes,
         (SELECT group_concat(form, '; ') FROM (
            SELECT form FROM entity_form f WHERE f.entity = entity.id ORDER BY count DESC, form)) AS forms
  FROM entity;

CREATE VIEW stories AS
  SELECT printf('s-%016x', id) AS id, title, date_from, date_to, documents,
         (SELECT group_concat(outlet, '; ') FROM (
            SELECT DISTINCT outlet FROM story_document sd JOIN document d ON d.id = sd.document
            WHERE sd.story = story.id AND outlet IS NOT NULL ORDER BY outlet)) AS outlets
  FROM story;

CREATE VIEW timeline AS
  SELECT id AS place, date_from, date_to, precision, status, text, documents FROM timeline_entry;

CREATE VIEW variants AS
  SELECT printf('u-%016x', u.id) AS utterance, e.name AS person, u.said_from, u.said_to,
         u.relations, printf('q-%016x', q.id) AS quote, q.kind, q.text, d.outlet, d.date,
         printf('d-%016x', d.id) AS document
  FROM utterance u
  JOIN utterance_quote uq ON uq.utterance = u.id
  JOIN quote q ON q.id = uq.quote
  JOIN document d ON d.id = q.document
  LEFT JOIN entity e ON e.id = u.entity;

CREATE VIEW reuse AS
  SELECT printf('r-%016x', r.id) AS id, r.kind, r.words, r.similarity,
         printf('d-%016x', r.a_document) AS a_document, a.outlet AS a_outlet,
         CAST(substr(CAST(x.text AS BLOB), r.a_start + 1, r.a_end - r.a_start) AS TEXT) AS a_text,
         printf('d-%016x', r.b_document) AS b_document, b.outlet AS b_outlet,
         CAST(substr(CAST(y.text AS BLOB), r.b_start + 1, r.b_end - r.b_start) AS TEXT) AS b_text
  FROM alignment r
  JOIN document a ON a.id = r.a_document JOIN document_text x ON x.document = a.id
  JOIN document b ON b.id = r.b_document JOIN document_text y ON y.document = b.id;

CREATE VIEW figures AS
  SELECT printf('d-%016x', f.document) AS document, d.outlet, d.date, f.kind,
         CAST(substr(CAST(t.text AS BLOB), f.start + 1, f.end - f.start) AS TEXT) AS text,
         f.value, f.upper, f.unit, f.approximate,
         CAST(substr(CAST(t.text AS BLOB), f.what_start + 1, f.what_end - f.what_start) AS TEXT) AS what
  FROM figure f JOIN document d ON d.id = f.document JOIN document_text t ON t.document = d.id;

CREATE VIEW conditions AS
  SELECT printf('k-%016x', c.id) AS id, printf('d-%016x', c.document) AS document, d.outlet,
         d.date, c.pattern, c.polarity, c.force,
         CAST(substr(CAST(t.text AS BLOB), c.trigger_start + 1, c.trigger_end - c.trigger_start) AS TEXT) AS "trigger",
         CAST(substr(CAST(t.text AS BLOB), c.condition_start + 1, c.condition_end - c.condition_start) AS TEXT) AS condition,
         CAST(substr(CAST(t.text AS BLOB), c.consequence_start + 1, c.consequence_end - c.consequence_start) AS TEXT) AS consequence,
         (SELECT g.label FROM condition_group g WHERE g.condition = c.id LIMIT 1) AS "group"
  FROM condition c JOIN document d ON d.id = c.document JOIN document_text t ON t.document = d.id;

CREATE VIEW problems AS
  SELECT code, message, hint, place,
         CASE WHEN document IS NOT NULL THEN printf('d-%016x', document) END AS document, skipped
  FROM problem;
