-- Back to a structure without seals. It is refused where anything would be forgotten.
DROP TABLE copies, reads, blanks, removals;

DROP INDEX drafts_by_document;
