-- Back to a structure that lists no rows. It is refused where anything would be forgotten: see structure.py.
DROP TABLE listed_removals;

DROP TABLE listed_bodies;

DROP TABLE listed;
