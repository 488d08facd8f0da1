-- Back to a structure without seals. It is refused where anything would be forgotten: see structure.py.
DROP TABLE copies;

DROP TABLE reads;

DROP INDEX drafts_by_document;

DROP TRIGGER contents_go_under_a_seal_alone;

DROP TRIGGER bodies_never_come_back;

DROP TRIGGER bodies_go_under_a_seal_alone;

DROP TABLE blanks;

DROP TABLE removals;

CREATE TRIGGER bodies_never_go BEFORE DELETE ON bodies
BEGIN SELECT RAISE(ABORT, 'a body is never removed'); END;

CREATE TRIGGER contents_never_go BEFORE DELETE ON contents
BEGIN SELECT RAISE(ABORT, 'kept words are never removed'); END;
