-- Asking at its time: planning in pages, pauses, texts of one's own, reminders, and campaigns that come round again.
ALTER TABLE campaigns ADD COLUMN not_after BIGINT NOT NULL DEFAULT 0;     -- what has not left by then stays here; 0: no such time
ALTER TABLE campaigns ADD COLUMN over_us BIGINT NOT NULL DEFAULT 0;       -- spread over so long from due_at on
ALTER TABLE campaigns ADD COLUMN rest_us BIGINT NOT NULL DEFAULT 0;       -- whoever was asked within it is left in peace
ALTER TABLE campaigns ADD COLUMN by_cadence BIGINT NOT NULL DEFAULT 0;    -- and as long as the segment's cadence says
ALTER TABLE campaigns ADD COLUMN reminders TEXT NOT NULL DEFAULT '';      -- days after the mail before: "7,14"
ALTER TABLE campaigns ADD COLUMN words TEXT NOT NULL DEFAULT '{}';        -- what the organisation says itself (JSON)
ALTER TABLE campaigns ADD COLUMN paused_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN schedule_id TEXT NOT NULL DEFAULT '';    -- whose wave it is
-- Planning goes from account to account and can stop between any two.
ALTER TABLE campaigns ADD COLUMN scope TEXT NOT NULL DEFAULT '';          -- accounts that can hold somebody (ids, one per line); empty: all
ALTER TABLE campaigns ADD COLUMN last_account TEXT NOT NULL DEFAULT '';   -- it goes on behind this one
ALTER TABLE campaigns ADD COLUMN looked_at BIGINT NOT NULL DEFAULT 0;     -- contacts seen so far
ALTER TABLE campaigns ADD COLUMN to_look_at BIGINT NOT NULL DEFAULT 0;    -- of so many
ALTER TABLE campaigns ADD COLUMN planned_at BIGINT NOT NULL DEFAULT 0;    -- when the last of them was seen; 0: not yet
UPDATE campaigns SET planned_at = created_at;
CREATE INDEX campaigns_in_planning ON campaigns (id) WHERE planned_at = 0;
CREATE INDEX campaigns_stopped ON campaigns (id) WHERE paused_at > 0 OR cancelled_at > 0;

ALTER TABLE campaign_contacts ADD COLUMN reminders BIGINT NOT NULL DEFAULT 0;  -- how many were written
ALTER TABLE campaign_contacts ADD COLUMN remind_at BIGINT NOT NULL DEFAULT 0;  -- when to see whether one is needed; 0: no more
CREATE INDEX campaign_contacts_to_remind ON campaign_contacts (remind_at) WHERE remind_at > 0;

ALTER TABLE messages ADD COLUMN campaign_id TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN reminder BIGINT NOT NULL DEFAULT 0;       -- 0: the invitation itself
ALTER TABLE messages ADD COLUMN reminds_of TEXT NOT NULL DEFAULT '';      -- the invitation whose link it carries
UPDATE messages SET campaign_id = COALESCE((SELECT k.campaign_id FROM campaign_contacts k WHERE k.message_id = messages.id), '')
WHERE kind = 'invitation';
-- One index for each question, in its own words: what may be sent now, and whose lease is over. Either would otherwise be
-- answered by looking at every message there ever was.
DROP INDEX messages_due;
CREATE INDEX messages_to_send ON messages (not_before) WHERE state IN ('queued', 'claimed', 'unknown');
CREATE INDEX messages_leased ON messages (lease_until) WHERE state = 'transmitting';
-- What waits in one campaign; a message leaves it when it is claimed.
CREATE INDEX messages_waiting ON messages (campaign_id, not_before) WHERE state = 'queued' AND campaign_id <> '';
CREATE INDEX messages_reminding ON messages (reminds_of) WHERE reminds_of <> '';
-- Whoever replied is reminded no more.
CREATE INDEX mails_by_message ON mails (message_id) WHERE message_id <> '';

-- What comes round again, and each time that it did. A time has one row: whoever writes it first has planned it.
CREATE TABLE schedules (
    id TEXT PRIMARY KEY,
    plugin TEXT NOT NULL,
    about TEXT NOT NULL,
    audience TEXT NOT NULL,              -- JSON
    rule TEXT NOT NULL,                  -- RFC 5545, dates only
    starts_on BIGINT NOT NULL,           -- civil day from which the rule counts
    at_seconds BIGINT NOT NULL,          -- since midnight, as the wall shows it
    zone TEXT NOT NULL,
    late_us BIGINT NOT NULL,             -- a wave begins so much late at most, and what has not left by then stays
    over_us BIGINT NOT NULL,
    reminders TEXT NOT NULL,
    words TEXT NOT NULL,
    by_cadence BIGINT NOT NULL DEFAULT 0,  -- as often as the segment's cadence says
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    paused_at BIGINT NOT NULL DEFAULT 0,
    ended_at BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL DEFAULT 0    -- 0: never again
);
CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at > 0 AND ended_at = 0;
CREATE TABLE schedule_waves (
    schedule_id TEXT NOT NULL REFERENCES schedules (id),
    due_at BIGINT NOT NULL,
    campaign_id TEXT NOT NULL,           -- empty: it was missed
    at BIGINT NOT NULL,
    PRIMARY KEY (schedule_id, due_at)
);

-- How often messages were taken to be sent. Each host keeps the number it saw last beside its configuration: a database
-- that knows a smaller one was restored, and does not know what was sent since.
CREATE TABLE sending (
    id BIGINT PRIMARY KEY,
    mark BIGINT NOT NULL,
    stopped_at BIGINT NOT NULL DEFAULT 0  -- nothing leaves until somebody has reconciled it
);
INSERT INTO sending (id, mark) VALUES (1, 0);
