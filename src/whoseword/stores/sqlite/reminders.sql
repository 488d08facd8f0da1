-- name: claims_for(reader)
-- The reminders that were claimed for a reader, in order, and whether each was told.
SELECT c.reminder, c.channel, c.reader, c.incident, c.rule, c.event, c.due, c.claimed,
    t.told, coalesce(t.seen_by, '')
FROM reminders AS c
    LEFT JOIN reminders_told AS t ON t.reminder = c.reminder AND t.channel = c.channel
WHERE c.reader = :reader
ORDER BY c.number;

-- name: add_claim(reminder, channel, reader, incident, rule, event, due, claimed)!
-- Claim a reminder for its channel, unless it is claimed.
INSERT INTO reminders (reminder, channel, reader, incident, rule, event, due, claimed)
SELECT :reminder, :channel, :reader, :incident, :rule, :event, :due, :claimed
WHERE NOT EXISTS (SELECT 1 FROM reminders WHERE reminder = :reminder AND channel = :channel);

-- name: add_told(reminder, channel, told, seen_by)!
-- Note that a reminder was told, unless it is noted.
INSERT INTO reminders_told (reminder, channel, told, seen_by)
SELECT :reminder, :channel, :told, :seen_by
WHERE NOT EXISTS (SELECT 1 FROM reminders_told WHERE reminder = :reminder AND channel = :channel);

-- name: all_incidents()
-- Every incident of which anything stands here.
SELECT incident FROM entries UNION SELECT incident FROM received;
