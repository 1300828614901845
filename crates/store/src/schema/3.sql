-- Sayings in several versions are what is asked for, and they are few: of AllSides one in thirty.
DROP INDEX utterance_by_documents;
CREATE INDEX utterance_of_several ON utterance (documents DESC, quotes DESC, id) WHERE quotes > 1;
CREATE INDEX utterance_of_several_by_entity
  ON utterance (entity, documents DESC, quotes DESC, id) WHERE quotes > 1;
