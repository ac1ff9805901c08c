-- The spine: who we serve, what they told us, what we promised, and the proof.
-- No NULLs: '' and 0 mean "none", so that every row reads the same through every driver. Instants are microseconds
-- since 1970 UTC. Whole numbers are BIGINT:
-- SOCI reads a column declared INTEGER as 32 bits when it reads by column type.

-- Who -----------------------------------------------------------------------------------------------------------
CREATE TABLE teammates (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,          -- lower case
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,            -- the organisation's own number for it; what imports match by
    name TEXT NOT NULL,
    segment TEXT NOT NULL,
    owner_id TEXT NOT NULL DEFAULT '',
    renewal_on TEXT NOT NULL DEFAULT '', -- YYYY-MM-DD
    annual_revenue BIGINT NOT NULL DEFAULT -1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL DEFAULT '',      -- lower case; the same address may stand at several accounts
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    zone TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contacts_by_address ON contacts (account_id, email) WHERE email <> '';

-- What came in ---------------------------------------------------------------------------------------------------
-- Every POST to a collector, as it came, before any plugin sees it.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plugin TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,               -- the request as a document; a body that is not text is base64 inside it
    received_at BIGINT NOT NULL
);
-- Keys have a table of their own, so that the journal is only ever appended to. Our keys are time-ordered.
CREATE TABLE journal_keys (
    plugin TEXT NOT NULL,
    key TEXT NOT NULL,
    journal_id BIGINT NOT NULL,
    PRIMARY KEY (plugin, key)
) WITHOUT ROWID;
-- A job without a row here is still owed: it runs again.
CREATE TABLE journal_outcomes (
    journal_id INTEGER PRIMARY KEY,
    outcome TEXT NOT NULL,               -- accepted, refused, dead_lettered
    status BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    at BIGINT NOT NULL
);
-- Only for jobs that did not end at the first try; durable, so that a job that kills its host is not tried for ever.
CREATE TABLE journal_retries (
    journal_id BIGINT PRIMARY KEY,
    attempts BIGINT NOT NULL,
    not_before BIGINT NOT NULL
);
-- Everything up to here has an outcome: where the search for owed jobs begins.
CREATE TABLE journal_floor (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    through_id BIGINT NOT NULL
);
INSERT INTO journal_floor (only_row, through_id) VALUES (1, 0);

-- Immutable facts. A newer answer supersedes an older one by item_key; nothing is overwritten.
CREATE TABLE observations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '',
    item_key TEXT NOT NULL,
    message_id TEXT NOT NULL DEFAULT '',
    account_id TEXT NOT NULL DEFAULT '',
    contact_id TEXT NOT NULL DEFAULT '',
    score BIGINT NOT NULL DEFAULT -1,    -- -1: no score
    class TEXT NOT NULL,
    content TEXT NOT NULL DEFAULT '',    -- words and further fields (JSON)
    occurred_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE TABLE observation_keys (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    observation_seq BIGINT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;
-- Counted in the transaction that accepts. One row per writer, so that writers do not wait for each other.
CREATE TABLE observation_counts (
    day BIGINT NOT NULL,                 -- days since 1970, UTC
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    class TEXT NOT NULL,
    shard BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    PRIMARY KEY (day, source, kind, class, shard)
) WITHOUT ROWID;

-- The loop -------------------------------------------------------------------------------------------------------
-- The only truth about items. Append-only: the database itself refuses anything else.
CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    item_id TEXT NOT NULL,
    n BIGINT NOT NULL,
    round BIGINT NOT NULL,
    event TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    prev TEXT NOT NULL,                  -- hexadecimal
    content_digest TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (item_id, n)                  -- the referee when two people move an item at once
);
-- Personal content beside the chain: deleting a row erases it, the chain still holds.
CREATE TABLE ledger_contents (
    item_id TEXT NOT NULL,
    n BIGINT NOT NULL,
    key TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (item_id, n)
) WITHOUT ROWID;
-- Each covers all rows since the one before, so that a missing tail or a missing item shows.
CREATE TABLE ledger_checkpoints (
    n INTEGER PRIMARY KEY,
    through_seq BIGINT NOT NULL,
    rows_covered BIGINT NOT NULL,
    at BIGINT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
);

-- Folded from the ledger; `candour rebuild` makes it again.
CREATE TABLE items (
    number INTEGER PRIMARY KEY AUTOINCREMENT,                     -- the short alias people say: LP-187
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    segment TEXT NOT NULL,
    state TEXT NOT NULL,
    round BIGINT NOT NULL,
    version BIGINT NOT NULL,
    told_from TEXT NOT NULL,
    telling TEXT NOT NULL,
    will_change BIGINT NOT NULL,
    evidence TEXT NOT NULL,
    evidence_source TEXT NOT NULL,
    due_hear BIGINT NOT NULL,
    due_decide BIGINT NOT NULL,
    due_change BIGINT NOT NULL,
    due_tell BIGINT NOT NULL,
    raised_at BIGINT NOT NULL,
    heard_at BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    promised_by BIGINT NOT NULL,
    last_event_at BIGINT NOT NULL,
    UNIQUE (source, source_key)
);
CREATE INDEX items_by_state ON items (state, number);
CREATE INDEX items_by_account ON items (account_id, number);

-- Promises, folded from the ledger as well.
CREATE TABLE commitments (
    item_id TEXT NOT NULL,
    round BIGINT NOT NULL,
    promise TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    promised_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    standing TEXT NOT NULL,              -- open, kept, late, broken
    settled_at BIGINT NOT NULL,
    PRIMARY KEY (item_id, round)
) WITHOUT ROWID;

-- What goes out ----------------------------------------------------------------------------------------------------
-- The outbox: a message is written in the transaction of the step that promises it.
CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    purpose TEXT NOT NULL,               -- what its link is for: survey, loop or nothing
    channel TEXT NOT NULL,
    plugin TEXT NOT NULL DEFAULT '',
    plugin_key TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '',      -- e.g. the survey's id
    account_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    item_id TEXT NOT NULL DEFAULT '',
    round BIGINT NOT NULL DEFAULT 0,
    document TEXT NOT NULL DEFAULT '',   -- words of a plugin's mail (JSON)
    state TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    unknowns BIGINT NOT NULL DEFAULT 0,  -- how often it was lost after the final dot
    lease_owner TEXT NOT NULL DEFAULT '',
    lease_until BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    handed_over_at BIGINT NOT NULL DEFAULT 0,
    answered_at BIGINT NOT NULL DEFAULT 0,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX messages_due ON messages (not_before) WHERE state IN ('queued', 'claimed', 'transmitting', 'unknown');
CREATE INDEX messages_by_item ON messages (item_id) WHERE item_id <> '';
CREATE UNIQUE INDEX messages_by_plugin_key ON messages (plugin, plugin_key) WHERE plugin_key <> '';
-- What exactly was sent: the proof of what the customer was told.
CREATE TABLE message_copies (
    message_id TEXT PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    at BIGINT NOT NULL
);
-- One row per attempt and per bounce.
CREATE TABLE receipts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    fate TEXT NOT NULL,                  -- handed_over, deferred, rejected, unknown, bounced
    code BIGINT NOT NULL,
    status TEXT NOT NULL,
    detail TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX receipts_by_message ON receipts (message_id);
-- Addresses that bounced for good: nobody writes to them again until a person lifts it.
CREATE TABLE suppressions (
    address TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    message_id TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- Plugins and access -----------------------------------------------------------------------------------------------
CREATE TABLE plugin_kv (
    plugin TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,                 -- base64
    version BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,          -- 0: never
    PRIMARY KEY (plugin, key)
);
CREATE TABLE plugin_timers (
    plugin TEXT NOT NULL,
    id TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    period_us BIGINT NOT NULL,
    payload TEXT NOT NULL,
    lease_until BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (plugin, id)
);
CREATE TABLE api_tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    teammate_id TEXT NOT NULL DEFAULT '',
    hash TEXT NOT NULL UNIQUE,           -- SHA-256 of the secret; the secret itself is shown once and never kept
    created_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL DEFAULT 0
);

-- Append-only means append-only --------------------------------------------------------------------------------------
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- INSERT OR REPLACE would change a row without an UPDATE and without firing what refuses a DELETE.
CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq OR (item_id = NEW.item_id AND n = NEW.n))
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_checkpoints_no_replace BEFORE INSERT ON ledger_checkpoints
WHEN EXISTS (SELECT 1 FROM ledger_checkpoints WHERE n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER ledger_contents_no_update BEFORE UPDATE ON ledger_contents
BEGIN SELECT RAISE(ABORT, 'what was said is never rewritten; it can only be erased'); END;
CREATE TRIGGER ledger_checkpoints_no_update BEFORE UPDATE ON ledger_checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER ledger_checkpoints_no_delete BEFORE DELETE ON ledger_checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER observations_no_update BEFORE UPDATE ON observations
BEGIN SELECT RAISE(ABORT, 'observations are immutable'); END;
