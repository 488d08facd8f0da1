-- name: head_of(book)^
-- Where one book ends.
SELECT book, size, link, recorded FROM heads WHERE book = :book;

-- name: all_heads()
-- Where every book ends.
SELECT book, size, link, recorded FROM heads;

-- name: latest_recorded()$
-- The latest moment recorded in the home, backfills left out.
SELECT max(recorded) FROM heads;

-- name: row_by_id(book, id)^
-- One entry with its body.
SELECT e.book, e.seq, e.id, e.incident, e.recorded, e.appended, e.backfilled, e.commitment,
    e.link, b.salt, b.bytes
FROM entries AS e LEFT JOIN bodies AS b ON b.book = e.book AND b.seq = e.seq
WHERE e.book = :book AND e.id = :id;

-- name: row_at(book, seq)^
-- The entry at one place of a book, with its body.
SELECT e.book, e.seq, e.id, e.incident, e.recorded, e.appended, e.backfilled, e.commitment,
    e.link, b.salt, b.bytes
FROM entries AS e LEFT JOIN bodies AS b ON b.book = e.book AND b.seq = e.seq
WHERE e.book = :book AND e.seq = :seq;

-- name: rows_of_book(book, until)
-- A book's rows in order, as far as a moment.
SELECT e.book, e.seq, e.id, e.incident, e.recorded, e.appended, e.backfilled, e.commitment,
    e.link, b.salt, b.bytes
FROM entries AS e LEFT JOIN bodies AS b ON b.book = e.book AND b.seq = e.seq
WHERE e.book = :book AND e.recorded <= :until
ORDER BY e.seq;

-- name: rows_of_incident(book, incident, until)
-- A book's rows of one incident in order, as far as a moment.
SELECT e.book, e.seq, e.id, e.incident, e.recorded, e.appended, e.backfilled, e.commitment,
    e.link, b.salt, b.bytes
FROM entries AS e LEFT JOIN bodies AS b ON b.book = e.book AND b.seq = e.seq
WHERE e.book = :book AND e.incident = :incident AND e.recorded <= :until
ORDER BY e.seq;

-- name: add_entry(book, seq, id, incident, recorded, appended, backfilled, commitment, link)!
-- Add an entry.
INSERT INTO entries (book, seq, id, incident, recorded, appended, backfilled, commitment, link)
VALUES (
    :book, :seq, :id, :incident, :recorded, :appended, CAST(:backfilled AS integer), :commitment,
    :link
);

-- name: add_body(book, seq, salt, bytes)!
-- Add an entry's body.
INSERT INTO bodies (book, seq, salt, bytes) VALUES (:book, :seq, :salt, :bytes);

-- name: advance_head(book, size, link, recorded)!
-- Move on where a book ends.
UPDATE heads SET size = :size, link = :link, recorded = :recorded WHERE book = :book;

-- name: open_head(book, size, link, recorded)!
-- Begin a book.
INSERT INTO heads (book, size, link, recorded) VALUES (:book, :size, :link, :recorded);

-- name: document_by_sha256(sha256)^
-- A kept document, whole.
SELECT d.sha256, d.name, d.media_type, c.bytes, c.text, c.pages
FROM documents AS d JOIN contents AS c ON c.sha256 = d.sha256
WHERE d.sha256 = :sha256;

-- name: text_by_sha256(sha256)$
-- The text kept for a document, in UTF-8.
SELECT text FROM contents WHERE sha256 = :sha256;

-- name: incidents_of(sha256)
-- The incidents for which a document was read.
SELECT incident FROM readings WHERE sha256 = :sha256 ORDER BY number;

-- name: documents_of(incident)
-- The documents read for an incident, in the order kept.
SELECT sha256 FROM readings WHERE incident = :incident ORDER BY number;

-- name: add_document(sha256, name, media_type, text_sha256)!
-- Register a document, unless it is registered.
INSERT INTO documents (sha256, name, media_type, text_sha256)
SELECT :sha256, :name, :media_type, :text_sha256
WHERE NOT EXISTS (SELECT 1 FROM documents WHERE sha256 = :sha256);

-- name: add_contents(sha256, bytes, text, pages)!
-- Keep a document's words, unless they are kept.
INSERT INTO contents (sha256, bytes, text, pages)
SELECT :sha256, :bytes, :text, :pages
WHERE NOT EXISTS (SELECT 1 FROM contents WHERE sha256 = :sha256);

-- name: add_reading(incident, sha256)!
-- Note that a document was read for an incident, unless it is noted.
INSERT INTO readings (incident, sha256)
SELECT :incident, :sha256
WHERE NOT EXISTS (SELECT 1 FROM readings WHERE incident = :incident AND sha256 = :sha256);

-- name: drafts_of(incident)
-- An incident's drafts, in the order kept.
SELECT draft, incident, document, json FROM drafts WHERE incident = :incident ORDER BY number;

-- name: put_draft(draft, incident, document, json)!
-- Keep a draft in the place of one of its name.
INSERT INTO drafts (draft, incident, document, json)
VALUES (:draft, :incident, :document, :json)
ON CONFLICT (draft) DO UPDATE
SET incident = excluded.incident, document = excluded.document, json = excluded.json;

-- name: drop_draft(draft)!
-- Drop a draft.
DELETE FROM drafts WHERE draft = :draft;

-- name: setting_of(name)$
-- What the home was told of itself.
SELECT value FROM settings WHERE name = :name;

-- name: put_setting(name, value)!
-- Tell the home of itself.
INSERT INTO settings (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: names_of_books()
-- Every book that anything names, leaping from name to name instead of reading every row.
WITH RECURSIVE
    of_entries (book) AS (
        SELECT min(book) FROM entries
        UNION ALL
        SELECT (SELECT min(e.book) FROM entries AS e WHERE e.book > of_entries.book)
        FROM of_entries
        WHERE of_entries.book IS NOT NULL
    ),
    of_bodies (book) AS (
        SELECT min(book) FROM bodies
        UNION ALL
        SELECT (SELECT min(b.book) FROM bodies AS b WHERE b.book > of_bodies.book)
        FROM of_bodies
        WHERE of_bodies.book IS NOT NULL
    )
SELECT book FROM heads
UNION SELECT book FROM of_entries WHERE book IS NOT NULL
UNION SELECT book FROM of_bodies WHERE book IS NOT NULL;

-- name: stored_rows(book)
-- A book's rows in order, as they lie in the file.
SELECT e.seq, e.id, e.incident, e.recorded, e.appended, e.backfilled, e.commitment, e.link,
    b.salt, b.bytes
FROM entries AS e LEFT JOIN bodies AS b ON b.book = e.book AND b.seq = e.seq
WHERE e.book = :book
ORDER BY e.seq;

-- name: stored_head(book)^
-- Where a book says that it ends, as it lies in the file.
SELECT size, link FROM heads WHERE book = :book;

-- name: count_of_bodies(book)$
-- How many bodies lie in a book.
SELECT count(*) FROM bodies WHERE book = :book;

-- name: bodies_without_entry(book)
-- The bodies of a book that no entry stands over.
SELECT seq FROM bodies
WHERE book = :book
    AND NOT EXISTS (
        SELECT 1 FROM entries WHERE entries.book = bodies.book AND entries.seq = bodies.seq
    )
ORDER BY seq;

-- name: names_of_documents()
-- Every document that the register or its contents name.
SELECT sha256 FROM documents UNION SELECT sha256 FROM contents;

-- name: stored_document(sha256)^
-- A document's bytes, its text's bytes and the digest of the text, as they lie in the file.
SELECT c.bytes, c.text, d.text_sha256
FROM documents AS d JOIN contents AS c ON c.sha256 = d.sha256
WHERE d.sha256 = :sha256;

-- name: structure()
-- What the file is made of.
WITH tables AS (
    SELECT c.oid, c.relname, c.relpersistence, c.relacl, c.relowner
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r'
)
SELECT 'table' AS kind, relname::text AS name,
    CASE relpersistence WHEN 'p' THEN 'kept' ELSE 'lost in a crash' END AS definition
FROM tables
UNION ALL
SELECT 'column', tables.relname || '.' || a.attname,
    concat_ws(
        ' ', format_type(a.atttypid, a.atttypmod), l.collname,
        CASE WHEN a.attnotnull THEN 'never null' END,
        CASE a.attstattarget WHEN 0 THEN 'never sampled' END
    )
FROM tables JOIN pg_attribute AS a ON a.attrelid = tables.oid
    LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
WHERE a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'guard', t.tgname || ' on ' || tables.relname,
    concat_ws(
        ' ', t.tgtype, t.tgenabled,
        CASE WHEN t.tgqual IS NOT NULL OR t.tgattr::text <> '' THEN 'sometimes' END,
        l.lanname,
        CASE p.proconfig
            WHEN ARRAY['search_path=' || quote_ident(current_schema()) || ', pg_temp'] THEN 'home'
            ELSE array_to_string(p.proconfig, ' ')
        END,
        p.prosrc
    )
FROM tables JOIN pg_trigger AS t ON t.tgrelid = tables.oid
    JOIN pg_proc AS p ON p.oid = t.tgfoid JOIN pg_language AS l ON l.oid = p.prolang
WHERE NOT t.tgisinternal
UNION ALL
SELECT 'rule', r.rulename || ' on ' || tables.relname, pg_get_ruledef(r.oid)
FROM tables JOIN pg_rewrite AS r ON r.ev_class = tables.oid
UNION ALL
SELECT 'grant', g.privilege_type || ' on ' || tables.relname || ' to '
    || CASE g.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(g.grantee) END, ''
FROM tables, LATERAL (
    SELECT * FROM aclexplode(coalesce(tables.relacl, acldefault('r', tables.relowner)))
    UNION
    SELECT e.* FROM pg_attribute AS a, aclexplode(a.attacl) AS e WHERE a.attrelid = tables.oid
) AS g
WHERE tables.relname IN ('entries', 'received')
    AND g.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE');

-- name: removals_of(book)
-- What was removed from a book and put back, in order.
SELECT book, seq, what, act_seq FROM removals WHERE book = :book ORDER BY act_seq;

-- name: add_removal(book, seq, what, act_seq)!
-- Note that an entry was sealed, quarantined or put back.
INSERT INTO removals (book, seq, what, act_seq) VALUES (:book, :seq, :what, :act_seq);

-- name: destroy_body(book, seq)!
-- Destroy the body of a sealed entry, and its salt with it.
DELETE FROM bodies WHERE book = :book AND seq = :seq;

-- name: rows_holding(words)
-- The rows whose body holds these bytes.
SELECT e.book, e.seq, e.id, e.incident, e.recorded, e.appended, e.backfilled, e.commitment,
    e.link, b.salt, b.bytes
FROM bodies AS b JOIN entries AS e ON e.book = b.book AND e.seq = b.seq
WHERE position(:words IN b.bytes) > 0;

-- name: documents_holding(words)
-- The documents whose kept text holds these bytes.
SELECT sha256 FROM contents WHERE position(:words IN text) > 0 ORDER BY number;

-- name: blanks_of(sha256)
-- The spans of a document that seals made unreadable, in order.
SELECT sha256, first, past, text_sha256, book, seq FROM blanks
WHERE sha256 = :sha256 ORDER BY number;

-- name: add_blank(sha256, first, past, text_sha256, book, seq)!
-- Note that a span of a document is made unreadable.
INSERT INTO blanks (sha256, first, past, text_sha256, book, seq)
VALUES (:sha256, :first, :past, :text_sha256, :book, :seq);

-- name: pages_of(sha256)$
-- Where the pages of a document start.
SELECT pages FROM contents WHERE sha256 = :sha256;

-- name: destroy_contents(sha256)!
-- Destroy the words of a document of which something is blanked.
DELETE FROM contents WHERE sha256 = :sha256;

-- name: drafts_on(document)
-- The drafts read in a document, of whatever incident.
SELECT draft, incident, document, json FROM drafts WHERE document = :document ORDER BY number;

-- name: all_reads()
-- The log of reads in order.
SELECT bytes, link FROM reads ORDER BY number;

-- name: last_read()^
-- Where the log of reads ends.
SELECT number + 1, link FROM reads ORDER BY number DESC LIMIT 1;

-- name: add_read(number, bytes, link)!
-- Add to the log of reads.
INSERT INTO reads (number, bytes, link) VALUES (:number, :bytes, :link);

-- name: all_copies()
-- The files that were written from this home, in order.
SELECT path, kind, incident, sha256, written FROM copies ORDER BY number;

-- name: add_copy(path, kind, incident, sha256, written)!
-- Register a file that was written from this home.
INSERT INTO copies (path, kind, incident, sha256, written)
VALUES (:path, :kind, :incident, :sha256, :written);

-- name: stored_removals(book)
-- What was removed from a book, as it lies in the file.
SELECT seq, what, act_seq FROM removals WHERE book = :book ORDER BY number;

-- name: stored_blanks(sha256)
-- What was made unreadable in a document, as it lies in the file.
SELECT first, past, text_sha256, book, seq FROM blanks WHERE sha256 = :sha256 ORDER BY number;

-- name: stored_reads()
-- The log of reads, as it lies in the file.
SELECT number, bytes, link FROM reads ORDER BY number;
