-- The home's one file. Entries and bodies lie apart, so that a court seal can destroy a body and
-- leave its entry; entries have no rowid, so that their keys are the only way to reach them.

-- An entry of a book, for ever: what links cover.
CREATE TABLE entries (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    id TEXT NOT NULL,
    incident TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    appended INTEGER NOT NULL,
    backfilled INTEGER NOT NULL CHECK (backfilled IN (0, 1)),
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    link BLOB NOT NULL CHECK (length(link) = 32),
    PRIMARY KEY (book, seq),
    UNIQUE (book, id)
) STRICT, WITHOUT ROWID;

-- Finds an incident's entries in a book, in order.
CREATE INDEX entries_by_incident ON entries (book, incident, seq);

-- The statement's bytes as hashed, and the salt without which the commitment says nothing.
CREATE TABLE bodies (
    number INTEGER PRIMARY KEY,
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    bytes BLOB NOT NULL,
    UNIQUE (book, seq),
    FOREIGN KEY (book, seq) REFERENCES entries (book, seq)
) STRICT;

-- Where each book ends: moved on by each append, so that a cut tail is noticed.
CREATE TABLE heads (
    book TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size > 0),
    link BLOB NOT NULL CHECK (length(link) = 32),
    recorded INTEGER
) STRICT, WITHOUT ROWID;

-- The register of documents; the digest of the text holds the text to what was first kept.
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    text_sha256 TEXT NOT NULL
) STRICT;

-- The words of a document: the original's bytes, the kept text in UTF-8, where its pages start.
CREATE TABLE contents (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE REFERENCES documents (sha256),
    bytes BLOB NOT NULL,
    text BLOB NOT NULL,
    pages TEXT NOT NULL
) STRICT;

-- For which incidents a document was read.
CREATE TABLE readings (
    number INTEGER PRIMARY KEY,
    incident TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES documents (sha256),
    UNIQUE (incident, sha256)
) STRICT;

-- Readings that nobody has signed; the one table whose rows come and go.
CREATE TABLE drafts (
    number INTEGER PRIMARY KEY,
    draft TEXT NOT NULL UNIQUE,
    incident TEXT NOT NULL,
    document TEXT NOT NULL,
    json BLOB NOT NULL
) STRICT;

-- Finds an incident's drafts, in order.
CREATE INDEX drafts_by_incident ON drafts (incident, number);

-- What the home was told of itself: owner, zone.
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The guards. INSERT OR REPLACE removes the row it replaces without firing a DELETE trigger, unless
-- the connection asks for recursive triggers; so what stands is looked for before each INSERT.
CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never changed; append a correction'); END;

CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;

CREATE TRIGGER entries_never_replaced BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE book = NEW.book AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM entries WHERE book = NEW.book AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an entry stands there already'); END;

CREATE TRIGGER bodies_never_change BEFORE UPDATE ON bodies
BEGIN SELECT RAISE(ABORT, 'a body is never changed; append a correction'); END;

-- A seal under a court order will be the one way to remove a body.
CREATE TRIGGER bodies_never_go BEFORE DELETE ON bodies
BEGIN SELECT RAISE(ABORT, 'a body is never removed'); END;

CREATE TRIGGER bodies_never_replaced BEFORE INSERT ON bodies
WHEN EXISTS (SELECT 1 FROM bodies WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM bodies WHERE book = NEW.book AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a body stands there already'); END;

CREATE TRIGGER heads_only_advance BEFORE UPDATE ON heads
WHEN NEW.book IS NOT OLD.book OR NEW.size <= OLD.size OR NEW.recorded < OLD.recorded
    OR (NEW.recorded IS NULL AND OLD.recorded IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a book only grows'); END;

CREATE TRIGGER heads_never_go BEFORE DELETE ON heads
BEGIN SELECT RAISE(ABORT, 'a book is never removed'); END;

CREATE TRIGGER heads_never_replaced BEFORE INSERT ON heads
WHEN EXISTS (SELECT 1 FROM heads WHERE book = NEW.book)
BEGIN SELECT RAISE(ABORT, 'a head stands there already'); END;

CREATE TRIGGER documents_never_change BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'a document is never changed'); END;

CREATE TRIGGER documents_never_go BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'a document is never removed'); END;

CREATE TRIGGER documents_never_replaced BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM documents WHERE number = NEW.number OR sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a document stands there already'); END;

CREATE TRIGGER contents_never_change BEFORE UPDATE ON contents
BEGIN SELECT RAISE(ABORT, 'kept words are never changed'); END;

CREATE TRIGGER contents_never_go BEFORE DELETE ON contents
BEGIN SELECT RAISE(ABORT, 'kept words are never removed'); END;

CREATE TRIGGER contents_never_replaced BEFORE INSERT ON contents
WHEN EXISTS (SELECT 1 FROM contents WHERE number = NEW.number OR sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'kept words stand there already'); END;
