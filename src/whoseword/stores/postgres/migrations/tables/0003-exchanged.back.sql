-- Back to a structure that receives nothing. It is refused where anything would be forgotten.
DROP TABLE rule_sets, received_bodies, received_seals, received, bundles;
DROP INDEX bodies_on_reading;
