-- Back to a structure that receives nothing. It is refused where anything would be forgotten: see structure.py.
DROP TABLE rule_sets;

DROP TABLE received_bodies;

DROP TABLE received_seals;

DROP TABLE received;

DROP TABLE bundles;

DROP INDEX bodies_on_reading;
