-- name: listed_of(book, batch, first)
-- The rows that a statement lists, from one of them on, with their words where they stand.
SELECT l.place, l.commitment, b.salt, b.bytes
FROM listed AS l
    LEFT JOIN listed_bodies AS b ON b.book = l.book AND b.batch = l.batch AND b.place = l.place
WHERE l.book = :book AND l.batch = :batch AND l.place >= :first
ORDER BY l.place;

-- name: listed_at(book, batch, place)^
-- One listed row.
SELECT l.place, l.commitment, b.salt, b.bytes
FROM listed AS l
    LEFT JOIN listed_bodies AS b ON b.book = l.book AND b.batch = l.batch AND b.place = l.place
WHERE l.book = :book AND l.batch = :batch AND l.place = :place;

-- name: listed_commitments(book, batch)
-- The commitments of the rows that a statement lists, in order.
SELECT commitment FROM listed WHERE book = :book AND batch = :batch ORDER BY place;

-- name: listed_count(book, batch)$
-- How many rows are kept for a statement.
SELECT count(*) FROM listed WHERE book = :book AND batch = :batch;

-- name: listed_removals_of(book, batch)
-- What was done with rows of an import, in order.
SELECT book, batch, place, what, act_seq FROM listed_removals
WHERE book = :book AND batch = :batch ORDER BY number;

-- name: add_listed(book, batch, place, commitment)!
-- Add a row.
INSERT INTO listed (book, batch, place, commitment) VALUES (:book, :batch, :place, :commitment);

-- name: add_listed_body(book, batch, place, salt, bytes)!
-- Add a row's words.
INSERT INTO listed_bodies (book, batch, place, salt, bytes)
VALUES (:book, :batch, :place, :salt, :bytes);

-- name: add_listed_removal(book, batch, place, what, act_seq)!
-- Note that a row was sealed, quarantined or put back.
INSERT INTO listed_removals (book, batch, place, what, act_seq)
VALUES (:book, :batch, :place, :what, :act_seq);

-- name: destroy_listed_body(book, batch, place)!
-- Destroy the words of a sealed row, and their salt with them.
DELETE FROM listed_bodies WHERE book = :book AND batch = :batch AND place = :place;

-- name: drop_listed_bodies(book, batch)!
-- Drop the words of an import that was broken off.
DELETE FROM listed_bodies WHERE book = :book AND batch = :batch;

-- name: drop_listed(book, batch)!
-- Drop the rows of an import that was broken off.
DELETE FROM listed WHERE book = :book AND batch = :batch;

-- name: names_of_listed()
-- Every import of which a row, its words or a removal lies here.
SELECT book, batch FROM listed
UNION SELECT book, batch FROM listed_bodies
UNION SELECT book, batch FROM listed_removals;

-- name: stored_listed(book, batch)
-- The rows of an import in order, as they lie there.
SELECT l.place, l.commitment, b.salt, b.bytes
FROM listed AS l
    LEFT JOIN listed_bodies AS b ON b.book = l.book AND b.batch = l.batch AND b.place = l.place
WHERE l.book = :book AND l.batch = :batch
ORDER BY l.place;

-- name: stored_listed_removals(book)
-- What was removed of the imports of a book, as it lies there.
SELECT batch, place, what, act_seq FROM listed_removals WHERE book = :book ORDER BY number;
