-- Rows of files, listed by one statement each: a million rows are one entry of a book.

-- A row's place in its import, and the digest that says nothing without the salt. "batch" is the id
-- of the statement that lists it, which is appended last: rows without one are an import broken off.
CREATE TABLE listed (
    number INTEGER PRIMARY KEY,
    book TEXT NOT NULL,
    batch TEXT NOT NULL,
    place INTEGER NOT NULL CHECK (place >= 0),
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    UNIQUE (book, batch, place)
) STRICT;

-- The row's bytes as hashed, and their salt; apart, so that a seal can take them.
CREATE TABLE listed_bodies (
    number INTEGER PRIMARY KEY,
    book TEXT NOT NULL,
    batch TEXT NOT NULL,
    place INTEGER NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    bytes BLOB NOT NULL,
    UNIQUE (book, batch, place)
) STRICT;

-- What was removed of an import or put back, and the statement of its book that did so.
CREATE TABLE listed_removals (
    number INTEGER PRIMARY KEY,
    book TEXT NOT NULL,
    batch TEXT NOT NULL,
    place INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('sealed', 'quarantined', 'returned')),
    act_seq INTEGER NOT NULL,
    UNIQUE (book, act_seq)
) STRICT;

-- Finds what was done with one row.
CREATE INDEX listed_removals_by_row ON listed_removals (book, batch, place, number);

CREATE TRIGGER listed_never_change BEFORE UPDATE ON listed
BEGIN SELECT RAISE(ABORT, 'a listed row is never changed'); END;

CREATE TRIGGER listed_go_before_their_statement_alone BEFORE DELETE ON listed
WHEN EXISTS (SELECT 1 FROM entries WHERE book = OLD.book AND id = OLD.batch)
BEGIN SELECT RAISE(ABORT, 'a listed row is never removed'); END;

CREATE TRIGGER listed_come_before_their_statement BEFORE INSERT ON listed
WHEN EXISTS (SELECT 1 FROM entries WHERE book = NEW.book AND id = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'nothing is added to rows that a statement lists'); END;

CREATE TRIGGER listed_never_replaced BEFORE INSERT ON listed
WHEN EXISTS (SELECT 1 FROM listed WHERE number = NEW.number)
    OR EXISTS (
        SELECT 1 FROM listed WHERE book = NEW.book AND batch = NEW.batch AND place = NEW.place
    )
BEGIN SELECT RAISE(ABORT, 'a listed row stands there already'); END;

CREATE TRIGGER listed_bodies_never_change BEFORE UPDATE ON listed_bodies
BEGIN SELECT RAISE(ABORT, 'the words of a listed row are never changed'); END;

CREATE TRIGGER listed_bodies_go_under_a_seal_alone BEFORE DELETE ON listed_bodies
WHEN EXISTS (SELECT 1 FROM entries WHERE book = OLD.book AND id = OLD.batch)
    AND NOT EXISTS (
        SELECT 1 FROM listed_removals
        WHERE book = OLD.book AND batch = OLD.batch AND place = OLD.place AND what = 'sealed'
    )
BEGIN SELECT RAISE(ABORT, 'the words of a listed row are never removed but under a seal'); END;

CREATE TRIGGER listed_bodies_never_come_back BEFORE INSERT ON listed_bodies
WHEN EXISTS (SELECT 1 FROM entries WHERE book = NEW.book AND id = NEW.batch)
    OR EXISTS (
        SELECT 1 FROM listed_removals
        WHERE book = NEW.book AND batch = NEW.batch AND place = NEW.place AND what = 'sealed'
    )
BEGIN SELECT RAISE(ABORT, 'no words are added to rows that a statement lists'); END;

CREATE TRIGGER listed_bodies_never_replaced BEFORE INSERT ON listed_bodies
WHEN EXISTS (SELECT 1 FROM listed_bodies WHERE number = NEW.number)
    OR EXISTS (
        SELECT 1 FROM listed_bodies
        WHERE book = NEW.book AND batch = NEW.batch AND place = NEW.place
    )
BEGIN SELECT RAISE(ABORT, 'the words of a listed row stand there already'); END;

CREATE TRIGGER listed_bodies_belong_to_listed BEFORE INSERT ON listed_bodies
WHEN NOT EXISTS (
    SELECT 1 FROM listed WHERE book = NEW.book AND batch = NEW.batch AND place = NEW.place
)
BEGIN SELECT RAISE(ABORT, 'no row is listed there'); END;

CREATE TRIGGER listed_removals_never_change BEFORE UPDATE ON listed_removals
BEGIN SELECT RAISE(ABORT, 'the removal of a listed row is never changed'); END;

CREATE TRIGGER listed_removals_never_go BEFORE DELETE ON listed_removals
BEGIN SELECT RAISE(ABORT, 'the removal of a listed row is never taken back'); END;

CREATE TRIGGER listed_removals_never_replaced BEFORE INSERT ON listed_removals
WHEN EXISTS (SELECT 1 FROM listed_removals WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM listed_removals WHERE book = NEW.book AND act_seq = NEW.act_seq)
    OR EXISTS (
        SELECT 1 FROM listed_removals
        WHERE book = NEW.book AND batch = NEW.batch AND place = NEW.place AND what = 'sealed'
    )
BEGIN SELECT RAISE(ABORT, 'the removal of a listed row stands there already'); END;

CREATE TRIGGER listed_removals_belong_to_listed BEFORE INSERT ON listed_removals
WHEN NOT EXISTS (
    SELECT 1 FROM listed WHERE book = NEW.book AND batch = NEW.batch AND place = NEW.place
) OR NOT EXISTS (SELECT 1 FROM entries WHERE book = NEW.book AND seq = NEW.act_seq)
BEGIN SELECT RAISE(ABORT, 'no row is listed there'); END;
