-- What our own people hear of, how they want to hear it, and what was sent to them.
-- Columns are those of schemas/postgresql; only key generation differs.

-- A row for everything that somebody of us should know of an item, written in the transaction in which it happened.
-- It holds no words of anybody: those are read from the ledger when the mail is written.
CREATE TABLE team_notices (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    teammate_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    occasion TEXT NOT NULL,              -- "n 3": the ledger's third event; "due 17…": that due instant
    kind TEXT NOT NULL,                  -- assignment, customer_answered, reopened, overdue, due_soon, watching
    about TEXT NOT NULL,                 -- the event, or the step that is owed
    at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',   -- waiting, for_digest, sent, dropped
    message_id TEXT NOT NULL DEFAULT '',     -- the mail it went out with
    seen_version BIGINT NOT NULL DEFAULT 0   -- of the item, in that mail: what an answer to it has seen
);
CREATE UNIQUE INDEX team_notices_once ON team_notices (item_id, occasion, teammate_id, kind);
CREATE INDEX team_notices_waiting ON team_notices (teammate_id, kind, at) WHERE state IN ('waiting', 'for_digest');
CREATE INDEX team_notices_by_message ON team_notices (message_id) WHERE message_id <> '';

-- Only what somebody chose; what is not here is as core/team/notices has it.
CREATE TABLE team_choices (
    teammate_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    choice TEXT NOT NULL,                -- now, digest, off
    PRIMARY KEY (teammate_id, kind)
) WITHOUT ROWID;
ALTER TABLE teammates ADD COLUMN digest_hour BIGINT NOT NULL DEFAULT 8;     -- on their own clock; -1: no digest
ALTER TABLE teammates ADD COLUMN digest_zone TEXT NOT NULL DEFAULT '';      -- '': of their calendar, else the organisation's
ALTER TABLE teammates ADD COLUMN digest_day BIGINT NOT NULL DEFAULT 0;      -- days since 1970: it is done up to here

-- Reminders that wait to be sent are notices from now on, each with the mail that it has already.
INSERT INTO team_notices (teammate_id, item_id, occasion, kind, about, at, state, message_id)
SELECT teammate_id, item_id, 'n 0 ' || id, 'overdue', about, created_at, 'sent', id FROM messages WHERE kind = 'reminder';
UPDATE messages SET kind = 'team', about = 'notices' WHERE kind = 'reminder';
