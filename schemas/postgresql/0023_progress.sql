-- How far campaigns are, counted as it happens: who looks on while hundreds of thousands of mails leave reads a few rows.
ALTER TABLE campaigns ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;       -- messages that were planned
UPDATE campaigns SET asked = (SELECT COUNT(1) FROM campaign_contacts k WHERE k.campaign_id = campaigns.id AND k.message_id <> '');

CREATE TABLE campaign_left_out (
    campaign_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    contacts BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, reason)
);
INSERT INTO campaign_left_out (campaign_id, reason, contacts)
SELECT campaign_id, left_out, COUNT(1) FROM campaign_contacts WHERE left_out <> '' GROUP BY campaign_id, left_out;
CREATE INDEX campaign_contacts_left_out ON campaign_contacts (campaign_id, left_out, contact_id) WHERE left_out <> '';

-- What became of its messages: the sums of what each writer saw move. Whoever changes a message counts it, by the trigger
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
);
-- How fast it goes: what left within each span of ten seconds, in sixty-four places that are used in turn.
CREATE TABLE campaign_pace (
    campaign_id TEXT NOT NULL,
    writer BIGINT NOT NULL,
    place BIGINT NOT NULL,
    span BIGINT NOT NULL,                -- tens of seconds since 1970
    sent BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, writer, place)
);
-- Messages whose link was fetched, by somebody or something, while nothing came of it.
CREATE TABLE campaign_fetched (
    campaign_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    PRIMARY KEY (campaign_id, message_id)
);
INSERT INTO campaign_counts (campaign_id, writer, settled, deferred, sent, bounced, undelivered, unknown, withheld, cancelled, answered, reminded)
SELECT campaign_id, 0, COUNT(1) FILTER (WHERE reminder = 0 AND state NOT IN ('queued', 'claimed', 'transmitting', 'unknown')),
       COUNT(1) FILTER (WHERE reminder = 0 AND state = 'queued' AND attempts > 0), COUNT(1) FILTER (WHERE reminder = 0 AND handed_over_at > 0),
       COUNT(1) FILTER (WHERE reminder = 0 AND state IN ('rejected', 'bounced')), COUNT(1) FILTER (WHERE reminder = 0 AND state = 'given_up'),
       COUNT(1) FILTER (WHERE reminder = 0 AND state = 'given_up' AND unknowns > 0), COUNT(1) FILTER (WHERE reminder = 0 AND state = 'suppressed'),
       COUNT(1) FILTER (WHERE reminder = 0 AND state = 'cancelled'), COUNT(1) FILTER (WHERE reminder = 0 AND answered_at > 0),
       COUNT(1) FILTER (WHERE reminder > 0 AND handed_over_at > 0)
FROM messages WHERE campaign_id <> '' GROUP BY campaign_id;
INSERT INTO campaign_fetched (campaign_id, message_id)
SELECT DISTINCT m.campaign_id, m.id FROM link_fetches f JOIN messages m ON m.id = f.message_id
WHERE m.campaign_id <> '' AND m.reminder = 0 AND m.answered_at = 0;

-- Once for each statement, whatever it changed: what the messages are now less what they were.
CREATE FUNCTION count_messages() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE
    message RECORD;
BEGIN
    -- Messages of no campaign, and those that are taken to be sent for the first time: most of what happens.
    IF NOT EXISTS (SELECT 1 FROM messages_now m WHERE m.campaign_id <> ''
                     AND (m.state NOT IN ('claimed', 'transmitting', 'queued') OR (m.state = 'queued' AND m.attempts > 0)
                          OR m.answered_at > 0 OR m.handed_over_at > 0))
       AND NOT EXISTS (SELECT 1 FROM messages_before m WHERE m.campaign_id <> ''
                         AND (m.state NOT IN ('claimed', 'transmitting', 'queued') OR (m.state = 'queued' AND m.attempts > 0)
                              OR m.answered_at > 0 OR m.handed_over_at > 0)) THEN
        RETURN NULL;
    END IF;
    WITH moved AS MATERIALIZED (
        SELECT m.campaign_id, m.handed_over_at / 10000000 % 64 AS place, MAX(m.handed_over_at / 10000000) AS span,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.state NOT IN ('queued', 'claimed', 'transmitting', 'unknown')), 0) AS settled,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.state = 'queued' AND m.attempts > 0), 0) AS deferred,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.handed_over_at > 0), 0) AS sent,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.state IN ('rejected', 'bounced')), 0) AS bounced,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.state = 'given_up'), 0) AS undelivered,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.state = 'given_up' AND m.unknowns > 0), 0) AS unknown,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.state = 'suppressed'), 0) AS withheld,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.state = 'cancelled'), 0) AS cancelled,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder = 0 AND m.answered_at > 0), 0) AS answered,
               COALESCE(SUM(m.sign) FILTER (WHERE m.reminder > 0 AND m.handed_over_at > 0), 0) AS reminded
        FROM (SELECT 1 AS sign, campaign_id, reminder, state, attempts, unknowns, handed_over_at, answered_at FROM messages_now
              UNION ALL
              SELECT -1, campaign_id, reminder, state, attempts, unknowns, handed_over_at, answered_at FROM messages_before) AS m
        WHERE m.campaign_id <> '' GROUP BY m.campaign_id, place
    ), paced AS (
        INSERT INTO campaign_pace AS p (campaign_id, writer, place, span, sent)
        SELECT campaign_id, pg_backend_pid(), place, span, sent FROM moved WHERE sent > 0
        ON CONFLICT (campaign_id, writer, place) DO UPDATE SET
            sent = CASE WHEN p.span = excluded.span THEN p.sent + excluded.sent ELSE excluded.sent END, span = excluded.span
    )
    INSERT INTO campaign_counts AS c (campaign_id, writer, settled, deferred, sent, bounced, undelivered, unknown, withheld, cancelled, answered, reminded)
    SELECT campaign_id, pg_backend_pid(), SUM(settled), SUM(deferred), SUM(sent), SUM(bounced), SUM(undelivered), SUM(unknown),
           SUM(withheld), SUM(cancelled), SUM(answered), SUM(reminded)
    FROM moved GROUP BY campaign_id
    ON CONFLICT (campaign_id, writer) DO UPDATE SET
        settled = c.settled + excluded.settled, deferred = c.deferred + excluded.deferred, sent = c.sent + excluded.sent,
        bounced = c.bounced + excluded.bounced, undelivered = c.undelivered + excluded.undelivered, unknown = c.unknown + excluded.unknown,
        withheld = c.withheld + excluded.withheld, cancelled = c.cancelled + excluded.cancelled, answered = c.answered + excluded.answered,
        reminded = c.reminded + excluded.reminded;
    FOR message IN SELECT id, campaign_id FROM messages_now WHERE campaign_id <> '' AND answered_at > 0 LOOP
        DELETE FROM campaign_fetched f WHERE f.campaign_id = message.campaign_id AND f.message_id = message.id;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER messages_counted AFTER UPDATE ON messages REFERENCING OLD TABLE AS messages_before NEW TABLE AS messages_now
FOR EACH STATEMENT EXECUTE FUNCTION count_messages();

CREATE FUNCTION note_fetch() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    INSERT INTO campaign_fetched (campaign_id, message_id)
    SELECT m.campaign_id, m.id FROM messages m WHERE m.id = NEW.message_id AND m.campaign_id <> '' AND m.reminder = 0 AND m.answered_at = 0
    ON CONFLICT (campaign_id, message_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER link_fetches_noted AFTER INSERT ON link_fetches FOR EACH ROW EXECUTE FUNCTION note_fetch();
CREATE FUNCTION forget_fetch() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    DELETE FROM campaign_fetched f WHERE f.campaign_id = (SELECT m.campaign_id FROM messages m WHERE m.id = OLD.message_id)
      AND f.message_id = OLD.message_id AND NOT EXISTS (SELECT 1 FROM link_fetches l WHERE l.message_id = OLD.message_id);
    RETURN NULL;
END $$;
CREATE TRIGGER link_fetches_forgotten AFTER DELETE ON link_fetches FOR EACH ROW EXECUTE FUNCTION forget_fetch();
