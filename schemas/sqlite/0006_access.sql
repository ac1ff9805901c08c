-- Who may do what, what was asked for twice, how items are found, and which rules make them.
-- Columns are those of schemas/postgresql; only the search index and triggers differ.

-- Tokens from before this migration keep every right they had.
ALTER TABLE api_tokens ADD COLUMN scopes TEXT NOT NULL DEFAULT 'read,write,send,admin';
ALTER TABLE api_tokens ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0;      -- 0: never
ALTER TABLE api_tokens ADD COLUMN last_used_at BIGINT NOT NULL DEFAULT 0;    -- to the minute

-- The first answer to a request that carried an Idempotency-Key.
CREATE TABLE repeats (
    token_id TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,                -- of the request: the same key with another one is refused
    status BIGINT NOT NULL DEFAULT 0,    -- 0: still being worked on
    content_type TEXT NOT NULL DEFAULT '',
    headers TEXT NOT NULL DEFAULT '',    -- ETag and Location, a line each
    body TEXT NOT NULL DEFAULT '',
    at BIGINT NOT NULL,
    PRIMARY KEY (token_id, key)
) WITHOUT ROWID;
CREATE INDEX repeats_by_age ON repeats (at);

-- By when the next step is owed: 0 when nothing is, or while a closing message is on its way.
ALTER TABLE items ADD COLUMN next_due BIGINT NOT NULL GENERATED ALWAYS AS (
    CASE WHEN telling <> '' THEN 0
         WHEN state = 'raised' THEN due_hear
         WHEN state = 'heard' THEN due_decide
         WHEN state = 'decided' AND will_change = 1 AND promised_by > 0 THEN promised_by
         WHEN state = 'decided' AND will_change = 1 THEN due_change
         WHEN state IN ('decided', 'changed') THEN due_tell
         ELSE 0 END) VIRTUAL;
CREATE INDEX items_by_owner ON items (owner_id, number);
CREATE INDEX items_by_contact ON items (contact_id, number);
CREATE INDEX items_by_due ON items (next_due, number);
CREATE INDEX items_by_owner_and_due ON items (owner_id, next_due, number);
CREATE INDEX items_by_change ON items (last_event_at, number);
CREATE INDEX items_quiet ON items (number) WHERE quiet = 1;

-- Words of the customer and of our statements, without case and accents (core/feedback/words). rowid is items.number.
CREATE VIRTUAL TABLE item_words USING fts5 (words, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0');
-- Erased words leave the search whoever erases them; `candour rebuild` finds what is left again.
CREATE TRIGGER ledger_contents_forget AFTER DELETE ON ledger_contents
BEGIN DELETE FROM item_words WHERE rowid = (SELECT number FROM items WHERE id = OLD.item_id); END;

-- Versioned: what was in force when an item was raised can be looked up. Without a row the built-in rules are in force.
CREATE TABLE rule_sets (
    version INTEGER PRIMARY KEY,
    document TEXT NOT NULL,              -- schemas/json/rules.schema.json
    note TEXT NOT NULL DEFAULT '',
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL
);
CREATE TRIGGER rule_sets_no_update BEFORE UPDATE ON rule_sets
BEGIN SELECT RAISE(ABORT, 'rules are versioned: set a new version'); END;

-- People ----------------------------------------------------------------------------------------------------------
ALTER TABLE teammates ADD COLUMN deactivated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN roles TEXT NOT NULL DEFAULT '';              -- champion,sponsor,… by comma
ALTER TABLE contacts ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';        -- '' unless another row stands for this person
ALTER TABLE contacts ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX contacts_by_name ON contacts (name, id);
CREATE INDEX accounts_by_name ON accounts (name, id);
CREATE INDEX contacts_merged ON contacts (merged_into) WHERE merged_into <> '';
-- What was merged can be taken apart again.
CREATE TABLE contact_merges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_id TEXT NOT NULL,
    into_id TEXT NOT NULL,
    before TEXT NOT NULL,                -- both rows as they were (JSON)
    by_whom TEXT NOT NULL,
    at BIGINT NOT NULL,
    undone_at BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE touchpoints (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL UNIQUE,            -- the calendar's or the mailbox's own key; what imports match by
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- meeting, call, mail
    at BIGINT NOT NULL,
    minutes BIGINT NOT NULL DEFAULT 0,
    contacts TEXT NOT NULL DEFAULT '',   -- ids, by comma
    teammates TEXT NOT NULL DEFAULT '',
    topics TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX touchpoints_by_account ON touchpoints (account_id, at);
