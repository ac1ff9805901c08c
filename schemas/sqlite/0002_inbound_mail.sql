-- Mail that comes in: the bytes as they came, what was read in them, and what became of it.

-- The same bytes for several recipients, or delivered again, are kept once.
CREATE TABLE mail_contents (
    digest TEXT PRIMARY KEY,             -- SHA-256, hexadecimal
    bytes BLOB NOT NULL
);
-- One row per recipient of a delivery. A mail of another state than applied, held, dismissed and dead_lettered is owed.
CREATE TABLE mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL REFERENCES mail_contents (digest),
    sender TEXT NOT NULL,                -- of the envelope; '' is the null sender
    recipient TEXT NOT NULL,             -- of the envelope
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL,                 -- received, read, applied, held, dismissed, dead_lettered
    attempts BIGINT NOT NULL DEFAULT 0,  -- counted before each, so that a mail that kills its host is not tried for ever
    not_before BIGINT NOT NULL,
    disposition TEXT NOT NULL DEFAULT '',-- what the plugin read (JSON)
    kind TEXT NOT NULL DEFAULT '',       -- its word for it: human, reply, bounce, …
    from_address TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '',    -- raised, answered, replied, bounced, delivered, suppressed, recorded, duplicate
    detail TEXT NOT NULL DEFAULT '',     -- why, in a line
    message_id TEXT NOT NULL DEFAULT '', -- the message of ours that it belongs to
    item_id TEXT NOT NULL DEFAULT '',
    contact_id TEXT NOT NULL DEFAULT '',
    settled_at BIGINT NOT NULL DEFAULT 0,
    settled_by TEXT NOT NULL DEFAULT '', -- '': the host
    UNIQUE (digest, recipient)
);
CREATE INDEX mails_owed ON mails (not_before, id) WHERE state IN ('received', 'read');
CREATE INDEX mails_by_state ON mails (state, id);
-- A mail that came twice by different ways has other bytes and says the same: it counts once.
CREATE TABLE mail_meanings (
    meaning TEXT PRIMARY KEY,
    mail_id BIGINT NOT NULL
) WITHOUT ROWID;

-- A reply that nobody has said yet what it means: 0 none, 1 words, 2 the answer to the closing message.
ALTER TABLE items ADD COLUMN pending_reply BIGINT NOT NULL DEFAULT 0;
-- Whose address is this, and how often did we write to them lately.
CREATE INDEX contacts_by_email ON contacts (email) WHERE email <> '';
CREATE INDEX messages_by_contact ON messages (contact_id, created_at);
