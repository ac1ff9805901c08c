-- Asking people: campaigns, who was asked in them and who was left out, who wants no more of it, and what was done with
-- the links that they got.
CREATE TABLE campaigns (
    id TEXT PRIMARY KEY,
    request_key TEXT NOT NULL,           -- the same key is the same campaign
    plugin TEXT NOT NULL,
    about TEXT NOT NULL,
    audience TEXT NOT NULL,              -- as it was asked for (JSON)
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    cancelled_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX campaigns_by_key ON campaigns (request_key) WHERE request_key <> '';
-- One row per contact whom the audience names: asked by this message, or left out for this reason.
CREATE TABLE campaign_contacts (
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    contact_id TEXT NOT NULL,
    message_id TEXT NOT NULL DEFAULT '',
    left_out TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (campaign_id, contact_id)
);
CREATE UNIQUE INDEX campaign_contacts_by_message ON campaign_contacts (message_id) WHERE message_id <> '';
-- A rest is looked up by what was asked lately.
CREATE INDEX messages_asking ON messages (created_at) WHERE kind = 'invitation';

-- Whoever reads an address says so for the person, wherever the address stands.
CREATE TABLE opt_outs (
    contact_id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    message_id TEXT NOT NULL,            -- the mail that was the last straw
    way TEXT NOT NULL,                   -- one_click, page
    at BIGINT NOT NULL
);
CREATE INDEX opt_outs_by_address ON opt_outs (address);

-- Raw signals, kept for a month.
CREATE TABLE link_fetches (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    method TEXT NOT NULL,
    score BIGINT NOT NULL DEFAULT -1,    -- -1: none was named
    trap BIGINT NOT NULL DEFAULT 0,
    agent TEXT NOT NULL DEFAULT '',      -- digest
    scanner TEXT NOT NULL DEFAULT '',
    has_language BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX link_fetches_by_message ON link_fetches (message_id, at);
CREATE INDEX link_fetches_by_age ON link_fetches (at);
