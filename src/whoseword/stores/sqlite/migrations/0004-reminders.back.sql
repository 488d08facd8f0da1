-- Back to a structure that reminds nobody. It is refused where anything would be forgotten: see structure.py.
DROP TABLE reminders_told;

DROP TABLE reminders;
