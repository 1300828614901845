-- What moved in threads from an earlier story to a later one.
CREATE TABLE movement (
  rank    INTEGER PRIMARY KEY,     -- its place in the record
  id      INTEGER NOT NULL,
  thread  INTEGER NOT NULL REFERENCES thread (id),
  kind    TEXT NOT NULL,
  entity  INTEGER REFERENCES entity (id),
  about   TEXT NOT NULL,
  earlier INTEGER REFERENCES story (id),
  later   INTEGER NOT NULL REFERENCES story (id),
  body    BLOB NOT NULL
) STRICT;
CREATE INDEX movement_by_thread ON movement (thread, rank);
CREATE INDEX movement_by_entity ON movement (entity, rank);

CREATE VIEW movements AS
  SELECT printf('w-%016x', m.id) AS id, printf('t-%016x', m.thread) AS thread, m.kind,
         e.name AS person, m.about, a.title AS earlier, a.date_from AS earlier_date,
         b.title AS later, b.date_from AS later_date
  FROM movement m
  JOIN story b ON b.id = m.later
  LEFT JOIN story a ON a.id = m.earlier
  LEFT JOIN entity e ON e.id = m.entity;
