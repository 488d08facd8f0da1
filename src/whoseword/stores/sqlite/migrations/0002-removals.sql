-- Seals, quarantines, the log of reads, and the register of files that were written.

-- What was removed from a book or put back, and the statement of that book that did so.
CREATE TABLE removals (
    number INTEGER PRIMARY KEY,
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('sealed', 'quarantined', 'returned')),
    act_seq INTEGER NOT NULL,
    UNIQUE (book, act_seq),
    FOREIGN KEY (book, seq) REFERENCES entries (book, seq),
    FOREIGN KEY (book, act_seq) REFERENCES entries (book, seq)
) STRICT;

-- Finds what was done with one entry.
CREATE INDEX removals_by_entry ON removals (book, seq, number);

-- Spans of kept texts that a seal made unreadable; "first" is inclusive, "past" is not.
CREATE TABLE blanks (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES documents (sha256),
    first INTEGER NOT NULL CHECK (first >= 0),
    past INTEGER NOT NULL CHECK (past > first),
    text_sha256 TEXT NOT NULL,
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    FOREIGN KEY (book, seq) REFERENCES entries (book, seq)
) STRICT;

-- Finds the blanks of a document, in order.
CREATE INDEX blanks_by_document ON blanks (sha256, number);

-- Finds the drafts of a document.
CREATE INDEX drafts_by_document ON drafts (document, number);

-- Who read what, when, for which purpose; a chain of its own.
CREATE TABLE reads (
    number INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL,
    link BLOB NOT NULL CHECK (length(link) = 32)
) STRICT;

-- Files that were written from this home and carry words: pages, sentences, backups.
CREATE TABLE copies (
    number INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    incident TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    written INTEGER NOT NULL
) STRICT;

-- A seal is the one way to destroy a body, and what it destroyed does not come back.
DROP TRIGGER bodies_never_go;

CREATE TRIGGER bodies_go_under_a_seal_alone BEFORE DELETE ON bodies
WHEN NOT EXISTS (
    SELECT 1 FROM removals WHERE book = OLD.book AND seq = OLD.seq AND what = 'sealed'
)
BEGIN SELECT RAISE(ABORT, 'a body is never removed but under a seal'); END;

CREATE TRIGGER bodies_never_come_back BEFORE INSERT ON bodies
WHEN EXISTS (
    SELECT 1 FROM removals WHERE book = NEW.book AND seq = NEW.seq AND what = 'sealed'
)
BEGIN SELECT RAISE(ABORT, 'what was sealed does not come back'); END;

DROP TRIGGER contents_never_go;

CREATE TRIGGER contents_go_under_a_seal_alone BEFORE DELETE ON contents
WHEN NOT EXISTS (SELECT 1 FROM blanks WHERE sha256 = OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'kept words are never removed but under a seal'); END;

CREATE TRIGGER removals_never_change BEFORE UPDATE ON removals
BEGIN SELECT RAISE(ABORT, 'a removal is never changed'); END;

CREATE TRIGGER removals_never_go BEFORE DELETE ON removals
BEGIN SELECT RAISE(ABORT, 'a removal is never taken back; put the statement back by an act'); END;

CREATE TRIGGER removals_never_replaced BEFORE INSERT ON removals
WHEN EXISTS (SELECT 1 FROM removals WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM removals WHERE book = NEW.book AND act_seq = NEW.act_seq)
    OR EXISTS (
        SELECT 1 FROM removals WHERE book = NEW.book AND seq = NEW.seq AND what = 'sealed'
    )
BEGIN SELECT RAISE(ABORT, 'a removal stands there already'); END;

CREATE TRIGGER blanks_never_change BEFORE UPDATE ON blanks
BEGIN SELECT RAISE(ABORT, 'a blank is never changed'); END;

CREATE TRIGGER blanks_never_go BEFORE DELETE ON blanks
BEGIN SELECT RAISE(ABORT, 'a blank is never removed'); END;

CREATE TRIGGER blanks_only_under_a_seal BEFORE INSERT ON blanks
WHEN EXISTS (SELECT 1 FROM blanks WHERE number = NEW.number)
    OR NOT EXISTS (
        SELECT 1 FROM removals WHERE book = NEW.book AND seq = NEW.seq AND what = 'sealed'
    )
BEGIN SELECT RAISE(ABORT, 'words are blanked under a seal only, and once'); END;

CREATE TRIGGER reads_never_change BEFORE UPDATE ON reads
BEGIN SELECT RAISE(ABORT, 'a logged read is never changed'); END;

CREATE TRIGGER reads_never_go BEFORE DELETE ON reads
BEGIN SELECT RAISE(ABORT, 'a logged read is never removed'); END;

CREATE TRIGGER reads_never_replaced BEFORE INSERT ON reads
WHEN EXISTS (SELECT 1 FROM reads WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a read is logged there already'); END;

CREATE TRIGGER copies_never_change BEFORE UPDATE ON copies
BEGIN SELECT RAISE(ABORT, 'the register of copies is never changed'); END;

CREATE TRIGGER copies_never_go BEFORE DELETE ON copies
BEGIN SELECT RAISE(ABORT, 'the register of copies is never shortened'); END;

CREATE TRIGGER copies_never_replaced BEFORE INSERT ON copies
WHEN EXISTS (SELECT 1 FROM copies WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a copy is registered there already'); END;
