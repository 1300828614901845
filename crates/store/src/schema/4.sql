-- Where quotations stand is kept in code points too: lists of them need no text.
ALTER TABLE quote ADD COLUMN start_point INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quote ADD COLUMN end_point INTEGER NOT NULL DEFAULT 0;
UPDATE quote SET
  start_point = (SELECT length(CAST(substr(CAST(t.text AS BLOB), 1, quote.start) AS TEXT))
                 FROM document_text t WHERE t.document = quote.document),
  end_point = (SELECT length(CAST(substr(CAST(t.text AS BLOB), 1, quote.end) AS TEXT))
               FROM document_text t WHERE t.document = quote.document);

DROP VIEW quotes;
CREATE VIEW quotes AS
  SELECT printf('q-%016x', q.id) AS id, q.kind, q.text, q.status, q.speaker, e.name AS person,
         CASE WHEN s.entity IS NOT NULL THEN printf('e-%016x', s.entity) END AS entity,
         q.cue, q.source, q.date, q.said_from, q.said_to, d.outlet, d.title,
         printf('d-%016x', d.id) AS document, d.given_id, q.start_point AS start, q.end_point AS end
  FROM quote q
  JOIN document d ON d.id = q.document
  LEFT JOIN speaker s ON s.quote = q.id
  LEFT JOIN entity e ON e.id = s.entity;

-- The quotations of sayings in several versions, by quotation: one in ten of all, so that words
-- found in hundreds of thousands of quotations lead to their sayings through a few pages.
CREATE TABLE variant_quote (
  quote     INTEGER NOT NULL,
  utterance INTEGER NOT NULL REFERENCES utterance (id),
  PRIMARY KEY (quote, utterance)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO variant_quote
  SELECT uq.quote, u.id FROM utterance u JOIN utterance_quote uq ON uq.utterance = u.id
  WHERE u.quotes > 1;
