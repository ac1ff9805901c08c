-- The loop, complete: when people work, who hears of what is overdue, themes, promises that stand alone.
-- Columns are those of schemas/postgresql; only key generation differs.

-- When somebody works. `organisation` holds for everybody who has no other; without it days are counted as they pass.
CREATE TABLE calendars (
    id TEXT PRIMARY KEY,
    zone TEXT NOT NULL,
    weekly TEXT NOT NULL,                -- intervals (JSON)
    holidays TEXT NOT NULL,              -- dates (JSON)
    updated_at BIGINT NOT NULL
);
ALTER TABLE teammates ADD COLUMN manager_id TEXT NOT NULL DEFAULT '';
ALTER TABLE teammates ADD COLUMN calendar_id TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN sponsor_id TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN calendar_id TEXT NOT NULL DEFAULT '';

-- Folded from the ledger like the columns beside them.
ALTER TABLE items ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN theme_id TEXT NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN our_failure BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN reminders BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN channel_asked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN quiet BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN reminded_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN silent_since BIGINT NOT NULL DEFAULT 0;
-- Why time alone will have something to say about it, and since when that holds: overdue, escalation, silence or nothing.
ALTER TABLE items ADD COLUMN watch TEXT NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN watch_since BIGINT NOT NULL DEFAULT 0;
UPDATE items SET topic = COALESCE((SELECT json_extract(c.content, '$.about') FROM ledger_contents c WHERE c.item_id = items.id AND c.n = 1), '');
UPDATE items SET silent_since = COALESCE((SELECT MAX(l.at) FROM ledger l
                                          WHERE l.item_id = items.id AND l.round = items.round AND l.event = 'told'), 0)
WHERE told_at > 0;
UPDATE items SET watch = 'overdue',
       watch_since = CASE WHEN state = 'raised' THEN due_hear
                          WHEN state = 'heard' THEN due_decide
                          WHEN state = 'decided' AND will_change = 1 AND promised_by > 0 THEN promised_by
                          WHEN state = 'decided' AND will_change = 1 THEN due_change
                          ELSE due_tell END
WHERE telling = '' AND state IN ('raised', 'heard', 'decided', 'changed');
UPDATE items SET watch = 'silence', watch_since = silent_since
WHERE telling = '' AND state = 'told' AND pending_reply = 0 AND evidence IN ('none', 'handed_over', 'delivered');
UPDATE items SET watch = '' WHERE watch_since = 0;
CREATE INDEX items_watched ON items (watch, watch_since) WHERE watch <> '';
CREATE INDEX items_by_theme ON items (theme_id, number) WHERE theme_id <> '';

-- One decision for many. Folded from the theme's own ledger.
CREATE TABLE themes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,                       -- the short alias: TH-3
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    last_event_at BIGINT NOT NULL
);
-- Promises that no decision about an item made. Folded from their own ledgers.
CREATE TABLE lone_commitments (
    number INTEGER PRIMARY KEY AUTOINCREMENT,                       -- the short alias: PR-3
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    promise TEXT NOT NULL,
    source TEXT NOT NULL,                -- sales, review, mail, meeting, other
    standing TEXT NOT NULL,              -- open, kept, late, broken
    made_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    settled_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX lone_commitments_by_due ON lone_commitments (due_at, number);
CREATE INDEX lone_commitments_by_owner ON lone_commitments (owner_id) WHERE standing = 'open';
CREATE INDEX commitments_by_due ON commitments (due_at);

-- What one host does for all of them, and who it is. A new holder gets a new epoch, so that one that slept too long
-- is told apart.
CREATE TABLE duties (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until BIGINT NOT NULL,
    epoch BIGINT NOT NULL
) WITHOUT ROWID;
-- Mail to one of us: the recipient is a teammate and not a contact.
ALTER TABLE messages ADD COLUMN teammate_id TEXT NOT NULL DEFAULT '';
