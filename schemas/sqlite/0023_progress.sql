-- How far campaigns are, counted as it happens: who looks on while hundreds of thousands of mails leave reads a few rows.
-- Columns are those of schemas/postgresql; only the table's own storage differs.
ALTER TABLE campaigns ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;       -- messages that were planned
UPDATE campaigns SET asked = (SELECT COUNT(1) FROM campaign_contacts k WHERE k.campaign_id = campaigns.id AND k.message_id <> '');

CREATE TABLE campaign_left_out (
    campaign_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    contacts BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, reason)
) WITHOUT ROWID;
INSERT INTO campaign_left_out (campaign_id, reason, contacts)
SELECT campaign_id, left_out, COUNT(1) FROM campaign_contacts WHERE left_out <> '' GROUP BY campaign_id, left_out;
CREATE INDEX campaign_contacts_left_out ON campaign_contacts (campaign_id, left_out, contact_id) WHERE left_out <> '';

-- What became of its messages: the sums of what each writer saw move. Whoever changes a message counts it, by the triggers
-- below, in the same transaction; what only passes from one way of waiting to another moves nothing.
CREATE TABLE campaign_counts (
    campaign_id TEXT NOT NULL,
    writer BIGINT NOT NULL,              -- a session of PostgreSQL, so that none waits for another's row; 0 in SQLite
    settled BIGINT NOT NULL DEFAULT 0,   -- waits no more
    deferred BIGINT NOT NULL DEFAULT 0,  -- waits, and was tried
    sent BIGINT NOT NULL DEFAULT 0,
    bounced BIGINT NOT NULL DEFAULT 0,
    undelivered BIGINT NOT NULL DEFAULT 0,
    unknown BIGINT NOT NULL DEFAULT 0,   -- of these: lost after the final dot
    withheld BIGINT NOT NULL DEFAULT 0,
    cancelled BIGINT NOT NULL DEFAULT 0,
    answered BIGINT NOT NULL DEFAULT 0,
    reminded BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, writer)
) WITHOUT ROWID;
INSERT INTO campaign_counts (campaign_id, writer, settled, deferred, sent, bounced, undelivered, unknown, withheld, cancelled, answered, reminded)
SELECT campaign_id, 0, SUM(reminder = 0 AND state NOT IN ('queued', 'claimed', 'transmitting', 'unknown')),
       SUM(reminder = 0 AND state = 'queued' AND attempts > 0), SUM(reminder = 0 AND handed_over_at > 0),
       SUM(reminder = 0 AND state IN ('rejected', 'bounced')), SUM(reminder = 0 AND state = 'given_up'),
       SUM(reminder = 0 AND state = 'given_up' AND unknowns > 0), SUM(reminder = 0 AND state = 'suppressed'),
       SUM(reminder = 0 AND state = 'cancelled'), SUM(reminder = 0 AND answered_at > 0), SUM(reminder > 0 AND handed_over_at > 0)
FROM messages WHERE campaign_id <> '' GROUP BY campaign_id;
-- The two steps that each mail takes before it leaves move nothing, and are told apart first. (A longer list in IN would be
-- built anew each time.)
CREATE TRIGGER messages_counted AFTER UPDATE OF state, attempts, unknowns, handed_over_at, answered_at ON messages
WHEN NEW.campaign_id <> '' AND NEW.reminder = 0
 AND NOT (((NEW.state = 'claimed' AND OLD.state = 'queued' AND OLD.attempts = 0) OR (NEW.state = 'transmitting' AND OLD.state IN ('claimed', 'transmitting')))
          AND NEW.handed_over_at = OLD.handed_over_at AND NEW.answered_at = OLD.answered_at)
BEGIN
    INSERT INTO campaign_counts (campaign_id, writer, settled, deferred, sent, bounced, undelivered, unknown, withheld, cancelled, answered)
    VALUES (NEW.campaign_id, 0,
            (OLD.state = 'queued' OR OLD.state = 'claimed' OR OLD.state = 'transmitting' OR OLD.state = 'unknown')
              - (NEW.state = 'queued' OR NEW.state = 'claimed' OR NEW.state = 'transmitting' OR NEW.state = 'unknown'),
            (NEW.state = 'queued' AND NEW.attempts > 0) - (OLD.state = 'queued' AND OLD.attempts > 0),
            (NEW.handed_over_at > 0) - (OLD.handed_over_at > 0),
            (NEW.state IN ('rejected', 'bounced')) - (OLD.state IN ('rejected', 'bounced')),
            (NEW.state = 'given_up') - (OLD.state = 'given_up'),
            (NEW.state = 'given_up' AND NEW.unknowns > 0) - (OLD.state = 'given_up' AND OLD.unknowns > 0),
            (NEW.state = 'suppressed') - (OLD.state = 'suppressed'), (NEW.state = 'cancelled') - (OLD.state = 'cancelled'),
            (NEW.answered_at > 0) - (OLD.answered_at > 0))
    ON CONFLICT (campaign_id, writer) DO UPDATE SET
        settled = settled + excluded.settled, deferred = deferred + excluded.deferred, sent = sent + excluded.sent,
        bounced = bounced + excluded.bounced, undelivered = undelivered + excluded.undelivered, unknown = unknown + excluded.unknown,
        withheld = withheld + excluded.withheld, cancelled = cancelled + excluded.cancelled, answered = answered + excluded.answered;
END;
CREATE TRIGGER reminders_counted AFTER UPDATE OF handed_over_at ON messages
WHEN NEW.campaign_id <> '' AND NEW.reminder > 0 AND (NEW.handed_over_at > 0) <> (OLD.handed_over_at > 0)
BEGIN
    INSERT INTO campaign_counts (campaign_id, writer, reminded) VALUES (NEW.campaign_id, 0, (NEW.handed_over_at > 0) - (OLD.handed_over_at > 0))
    ON CONFLICT (campaign_id, writer) DO UPDATE SET reminded = reminded + excluded.reminded;
END;

-- How fast it goes: what left within each span of ten seconds, in sixty-four places that are used in turn.
CREATE TABLE campaign_pace (
    campaign_id TEXT NOT NULL,
    writer BIGINT NOT NULL,
    place BIGINT NOT NULL,
    span BIGINT NOT NULL,                -- tens of seconds since 1970
    sent BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, writer, place)
) WITHOUT ROWID;
CREATE TRIGGER messages_paced AFTER UPDATE OF handed_over_at ON messages
WHEN NEW.campaign_id <> '' AND NEW.reminder = 0 AND NEW.handed_over_at > 0 AND OLD.handed_over_at = 0
BEGIN
    INSERT INTO campaign_pace (campaign_id, writer, place, span, sent)
    VALUES (NEW.campaign_id, 0, NEW.handed_over_at / 10000000 % 64, NEW.handed_over_at / 10000000, 1)
    ON CONFLICT (campaign_id, writer, place) DO UPDATE SET
        sent = CASE WHEN span = excluded.span THEN sent + 1 ELSE 1 END, span = excluded.span;
END;

-- Messages whose link was fetched, by somebody or something, while nothing came of it.
CREATE TABLE campaign_fetched (
    campaign_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    PRIMARY KEY (campaign_id, message_id)
) WITHOUT ROWID;
INSERT INTO campaign_fetched (campaign_id, message_id)
SELECT DISTINCT m.campaign_id, m.id FROM link_fetches f JOIN messages m ON m.id = f.message_id
WHERE m.campaign_id <> '' AND m.reminder = 0 AND m.answered_at = 0;
CREATE TRIGGER link_fetches_noted AFTER INSERT ON link_fetches
BEGIN
    INSERT INTO campaign_fetched (campaign_id, message_id)
    SELECT m.campaign_id, m.id FROM messages m WHERE m.id = NEW.message_id AND m.campaign_id <> '' AND m.reminder = 0 AND m.answered_at = 0
    ON CONFLICT (campaign_id, message_id) DO NOTHING;
END;
CREATE TRIGGER link_fetches_forgotten AFTER DELETE ON link_fetches
BEGIN
    DELETE FROM campaign_fetched WHERE campaign_id = (SELECT m.campaign_id FROM messages m WHERE m.id = OLD.message_id)
      AND message_id = OLD.message_id AND NOT EXISTS (SELECT 1 FROM link_fetches f WHERE f.message_id = OLD.message_id);
END;
CREATE TRIGGER messages_answered AFTER UPDATE OF answered_at ON messages
WHEN NEW.campaign_id <> '' AND NEW.answered_at > 0 AND OLD.answered_at = 0
BEGIN
    DELETE FROM campaign_fetched WHERE campaign_id = NEW.campaign_id AND message_id = NEW.id;
END;
