-- Which reminders were claimed for which channel, and which of them were told.

-- That a reminder is told on a channel by whoever claimed it; it carries no words of a statement.
CREATE TABLE reminders (
    number INTEGER PRIMARY KEY,
    reminder TEXT NOT NULL,
    channel TEXT NOT NULL,
    reader TEXT NOT NULL,
    incident TEXT NOT NULL,
    rule TEXT NOT NULL,
    event TEXT NOT NULL,
    due TEXT NOT NULL,
    claimed INTEGER NOT NULL,
    UNIQUE (reminder, channel)
) STRICT;

-- Finds what was claimed for a reader.
CREATE INDEX reminders_by_reader ON reminders (reader);

-- That a claimed reminder was told, or by whom it was seen to otherwise.
CREATE TABLE reminders_told (
    number INTEGER PRIMARY KEY,
    reminder TEXT NOT NULL,
    channel TEXT NOT NULL,
    told INTEGER NOT NULL,
    seen_by TEXT NOT NULL,
    UNIQUE (reminder, channel),
    FOREIGN KEY (reminder, channel) REFERENCES reminders (reminder, channel)
) STRICT;

CREATE TRIGGER reminders_never_change BEFORE UPDATE ON reminders
BEGIN SELECT RAISE(ABORT, 'a claimed reminder is never changed'); END;

CREATE TRIGGER reminders_never_go BEFORE DELETE ON reminders
BEGIN SELECT RAISE(ABORT, 'a claimed reminder is never taken back'); END;

CREATE TRIGGER reminders_never_replaced BEFORE INSERT ON reminders
WHEN EXISTS (SELECT 1 FROM reminders WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM reminders WHERE reminder = NEW.reminder AND channel = NEW.channel)
BEGIN SELECT RAISE(ABORT, 'a reminder is claimed once'); END;

CREATE TRIGGER reminders_told_never_change BEFORE UPDATE ON reminders_told
BEGIN SELECT RAISE(ABORT, 'that a reminder was told is never changed'); END;

CREATE TRIGGER reminders_told_never_go BEFORE DELETE ON reminders_told
BEGIN SELECT RAISE(ABORT, 'that a reminder was told is never taken back'); END;

CREATE TRIGGER reminders_told_never_replaced BEFORE INSERT ON reminders_told
WHEN EXISTS (SELECT 1 FROM reminders_told WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM reminders_told WHERE reminder = NEW.reminder AND channel = NEW.channel)
BEGIN SELECT RAISE(ABORT, 'a reminder is told once'); END;
