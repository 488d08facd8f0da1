-- What other homes sent of their books, and the rule sets under which views were computed.

-- What was received in one piece: from whom, and the whole terms, as a signed note.
CREATE TABLE bundles (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL,
    received INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

-- One statement of another custodian's book, as the bytes of its entry that the sender proved.
CREATE TABLE received (
    number INTEGER PRIMARY KEY,
    bundle TEXT NOT NULL REFERENCES bundles (sha256),
    book TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    id TEXT NOT NULL,
    incident TEXT NOT NULL,
    received INTEGER NOT NULL,
    entry BLOB NOT NULL,
    UNIQUE (book, seq),
    UNIQUE (book, id)
) STRICT;

-- Finds what was received of an incident in a book, in order.
CREATE INDEX received_by_incident ON received (book, incident, seq);

-- The received statement's bytes as hashed, and their salt; apart, so that a seal can take them.
CREATE TABLE received_bodies (
    number INTEGER PRIMARY KEY,
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    bytes BLOB NOT NULL,
    UNIQUE (book, seq),
    FOREIGN KEY (book, seq) REFERENCES received (book, seq)
) STRICT;

-- Which received statement was sealed, and the id of the statement that did so.
CREATE TABLE received_seals (
    number INTEGER PRIMARY KEY,
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    act TEXT NOT NULL,
    UNIQUE (book, seq),
    FOREIGN KEY (book, seq) REFERENCES received (book, seq)
) STRICT;

-- A rule set by the hash that views name, with its files as JSON.
CREATE TABLE rule_sets (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    recorded INTEGER NOT NULL,
    files BLOB NOT NULL
) STRICT;

-- Finds the statements that say who may read, however many others there are (books.protocol.View).
CREATE INDEX bodies_on_reading ON bodies (book, seq)
WHERE instr(bytes, CAST('"kind":"disclosed"' AS BLOB)) > 0
    OR instr(bytes, CAST('"kind":"assigned"' AS BLOB)) > 0
    OR instr(bytes, CAST('"kind":"broke_glass"' AS BLOB)) > 0
    OR instr(bytes, CAST('"kind":"read_reviewed"' AS BLOB)) > 0;

CREATE TRIGGER bundles_never_change BEFORE UPDATE ON bundles
BEGIN SELECT RAISE(ABORT, 'what was received is never changed'); END;

CREATE TRIGGER bundles_never_go BEFORE DELETE ON bundles
BEGIN SELECT RAISE(ABORT, 'what was received is never removed'); END;

CREATE TRIGGER bundles_never_replaced BEFORE INSERT ON bundles
WHEN EXISTS (SELECT 1 FROM bundles WHERE number = NEW.number OR sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a bundle stands there already'); END;

CREATE TRIGGER received_never_change BEFORE UPDATE ON received
BEGIN SELECT RAISE(ABORT, 'a received statement is never changed'); END;

CREATE TRIGGER received_never_go BEFORE DELETE ON received
BEGIN SELECT RAISE(ABORT, 'a received statement is never removed'); END;

CREATE TRIGGER received_never_replaced BEFORE INSERT ON received
WHEN EXISTS (SELECT 1 FROM received WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM received WHERE book = NEW.book AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM received WHERE book = NEW.book AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a received statement stands there already'); END;

CREATE TRIGGER received_bodies_never_change BEFORE UPDATE ON received_bodies
BEGIN SELECT RAISE(ABORT, 'received words are never changed'); END;

CREATE TRIGGER received_bodies_go_under_a_seal_alone BEFORE DELETE ON received_bodies
WHEN NOT EXISTS (SELECT 1 FROM received_seals WHERE book = OLD.book AND seq = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'received words are never removed but under a seal'); END;

CREATE TRIGGER received_bodies_never_come_back BEFORE INSERT ON received_bodies
WHEN EXISTS (SELECT 1 FROM received_seals WHERE book = NEW.book AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'what was sealed does not come back'); END;

CREATE TRIGGER received_bodies_never_replaced BEFORE INSERT ON received_bodies
WHEN EXISTS (SELECT 1 FROM received_bodies WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM received_bodies WHERE book = NEW.book AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'received words stand there already'); END;

CREATE TRIGGER received_seals_never_change BEFORE UPDATE ON received_seals
BEGIN SELECT RAISE(ABORT, 'the seal of a received statement is never changed'); END;

CREATE TRIGGER received_seals_never_go BEFORE DELETE ON received_seals
BEGIN SELECT RAISE(ABORT, 'the seal of a received statement is never taken back'); END;

CREATE TRIGGER received_seals_never_replaced BEFORE INSERT ON received_seals
WHEN EXISTS (SELECT 1 FROM received_seals WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM received_seals WHERE book = NEW.book AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a received statement is sealed once'); END;

CREATE TRIGGER rule_sets_never_change BEFORE UPDATE ON rule_sets
BEGIN SELECT RAISE(ABORT, 'a rule set is never changed'); END;

CREATE TRIGGER rule_sets_never_go BEFORE DELETE ON rule_sets
BEGIN SELECT RAISE(ABORT, 'a rule set is never removed'); END;

CREATE TRIGGER rule_sets_never_replaced BEFORE INSERT ON rule_sets
WHEN EXISTS (SELECT 1 FROM rule_sets WHERE number = NEW.number OR sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a rule set is kept there already'); END;
