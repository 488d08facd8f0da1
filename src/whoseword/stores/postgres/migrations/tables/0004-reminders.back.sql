-- Back to a structure that reminds nobody. It is refused where anything would be forgotten.
DROP TABLE reminders_told, reminders;
