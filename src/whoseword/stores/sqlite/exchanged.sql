-- name: all_bundles()
-- What was received from other homes, in order.
SELECT sha256, sender, received, note FROM bundles ORDER BY number;

-- name: add_bundle(sha256, sender, received, note)!
-- Keep what was received, unless it is kept.
INSERT INTO bundles (sha256, sender, received, note)
SELECT :sha256, :sender, :received, :note
WHERE NOT EXISTS (SELECT 1 FROM bundles WHERE sha256 = :sha256);

-- name: received_books()
-- The books of which anything was received, leaping from name to name.
WITH RECURSIVE of_received (book) AS (
    SELECT min(book) FROM received
    UNION ALL
    SELECT (SELECT min(r.book) FROM received AS r WHERE r.book > of_received.book)
    FROM of_received
    WHERE of_received.book IS NOT NULL
)
SELECT book FROM of_received WHERE book IS NOT NULL;

-- name: received_of_book(book, until)
-- What was received of a book in order, as far as a moment.
SELECT r.bundle, r.book, r.seq, r.id, r.incident, r.received, r.entry, b.salt, b.bytes, s.act
FROM received AS r
    LEFT JOIN received_bodies AS b ON b.book = r.book AND b.seq = r.seq
    LEFT JOIN received_seals AS s ON s.book = r.book AND s.seq = r.seq
WHERE r.book = :book AND r.received <= :until
ORDER BY r.seq;

-- name: received_of_incident(book, incident, until)
-- What was received of a book of one incident in order, as far as a moment.
SELECT r.bundle, r.book, r.seq, r.id, r.incident, r.received, r.entry, b.salt, b.bytes, s.act
FROM received AS r
    LEFT JOIN received_bodies AS b ON b.book = r.book AND b.seq = r.seq
    LEFT JOIN received_seals AS s ON s.book = r.book AND s.seq = r.seq
WHERE r.book = :book AND r.incident = :incident AND r.received <= :until
ORDER BY r.seq;

-- name: received_by_id(book, id)^
-- One received statement.
SELECT r.bundle, r.book, r.seq, r.id, r.incident, r.received, r.entry, b.salt, b.bytes, s.act
FROM received AS r
    LEFT JOIN received_bodies AS b ON b.book = r.book AND b.seq = r.seq
    LEFT JOIN received_seals AS s ON s.book = r.book AND s.seq = r.seq
WHERE r.book = :book AND r.id = :id;

-- name: received_at(book, seq)^
-- The received statement at one place of a book.
SELECT r.bundle, r.book, r.seq, r.id, r.incident, r.received, r.entry, b.salt, b.bytes, s.act
FROM received AS r
    LEFT JOIN received_bodies AS b ON b.book = r.book AND b.seq = r.seq
    LEFT JOIN received_seals AS s ON s.book = r.book AND s.seq = r.seq
WHERE r.book = :book AND r.seq = :seq;

-- name: received_holding(words)
-- The received statements whose body holds these bytes.
SELECT r.bundle, r.book, r.seq, r.id, r.incident, r.received, r.entry, b.salt, b.bytes, s.act
FROM received_bodies AS b
    JOIN received AS r ON r.book = b.book AND r.seq = b.seq
    LEFT JOIN received_seals AS s ON s.book = r.book AND s.seq = r.seq
WHERE instr(b.bytes, :words) > 0;

-- name: received_standing(book, first, last)
-- Which entries were received of a stretch of a book.
SELECT seq, entry FROM received WHERE book = :book AND seq >= :first AND seq <= :last;

-- name: add_received(bundle, book, seq, id, incident, received, entry)!
-- Add a received statement.
INSERT INTO received (bundle, book, seq, id, incident, received, entry)
VALUES (:bundle, :book, :seq, :id, :incident, :received, :entry);

-- name: add_received_body(book, seq, salt, bytes)!
-- Add the words of a received statement.
INSERT INTO received_bodies (book, seq, salt, bytes) VALUES (:book, :seq, :salt, :bytes);

-- name: add_received_seal(book, seq, act)!
-- Note that a received statement was sealed.
INSERT INTO received_seals (book, seq, act) VALUES (:book, :seq, :act);

-- name: destroy_received_body(book, seq)!
-- Destroy the words of a sealed received statement, and their salt with them.
DELETE FROM received_bodies WHERE book = :book AND seq = :seq;

-- name: all_rule_sets()
-- The rule sets under which views were computed, in order.
SELECT sha256, recorded, files FROM rule_sets ORDER BY number;

-- name: add_rule_set(sha256, recorded, files)!
-- Keep a rule set, unless it is kept.
INSERT INTO rule_sets (sha256, recorded, files)
SELECT :sha256, :recorded, :files
WHERE NOT EXISTS (SELECT 1 FROM rule_sets WHERE sha256 = :sha256);

-- name: names_of_received()
-- Every book that a received statement, its body or its seal names.
SELECT book FROM received
UNION SELECT book FROM received_bodies
UNION SELECT book FROM received_seals;

-- name: stored_received(book)
-- What was received of a book in order, as it lies in the file.
SELECT r.seq, r.id, r.incident, r.entry, b.salt, b.bytes, s.act, o.sha256
FROM received AS r
    LEFT JOIN received_bodies AS b ON b.book = r.book AND b.seq = r.seq
    LEFT JOIN received_seals AS s ON s.book = r.book AND s.seq = r.seq
    LEFT JOIN bundles AS o ON o.sha256 = r.bundle
WHERE r.book = :book
ORDER BY r.seq;

-- name: received_astray(book)
-- The bodies and seals of a book over which no received statement stands.
SELECT seq, 'body' FROM received_bodies AS b
WHERE book = :book
    AND NOT EXISTS (SELECT 1 FROM received AS r WHERE r.book = b.book AND r.seq = b.seq)
UNION ALL
SELECT seq, 'seal' FROM received_seals AS s
WHERE book = :book
    AND NOT EXISTS (SELECT 1 FROM received AS r WHERE r.book = s.book AND r.seq = s.seq);

-- name: rows_on_reading()
-- The rows that say who may read, by the index made for them.
SELECT e.book, e.seq, e.id, e.incident, e.recorded, e.appended, e.backfilled, e.commitment,
    e.link, b.salt, b.bytes
FROM bodies AS b INDEXED BY bodies_on_reading JOIN entries AS e ON e.book = b.book AND e.seq = b.seq
WHERE instr(b.bytes, CAST('"kind":"disclosed"' AS BLOB)) > 0
    OR instr(b.bytes, CAST('"kind":"assigned"' AS BLOB)) > 0
    OR instr(b.bytes, CAST('"kind":"broke_glass"' AS BLOB)) > 0
    OR instr(b.bytes, CAST('"kind":"read_reviewed"' AS BLOB)) > 0
ORDER BY b.number;
