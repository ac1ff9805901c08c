-- Who may be asked what: what people wish, what their addresses have gone through, and why somebody waits.
-- Columns are those of schemas/postgresql; only key generation differs.

ALTER TABLE contacts ADD COLUMN tags TEXT NOT NULL DEFAULT '';               -- words of the organisation, by comma
ALTER TABLE campaign_contacts ADD COLUMN waits TEXT NOT NULL DEFAULT '';     -- why it is not sent at once

-- What somebody wishes short of being asked nothing: to be asked half as often (light), or no more of one question
-- (mute). Like a way out, it holds for whoever reads the address.
CREATE TABLE asking_wishes (
    contact_id TEXT NOT NULL,
    wish TEXT NOT NULL,                  -- light, mute
    plugin TEXT NOT NULL DEFAULT '',     -- whose question is muted
    about TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL,
    message_id TEXT NOT NULL,            -- the mail through which they said it
    at BIGINT NOT NULL,
    PRIMARY KEY (contact_id, wish, plugin, about)
);
CREATE INDEX asking_wishes_by_address ON asking_wishes (address);

-- Why nobody writes to an address any more.
ALTER TABLE suppressions ADD COLUMN cause TEXT NOT NULL DEFAULT 'hard';      -- hard, soft, complaint
ALTER TABLE suppressions ADD COLUMN status TEXT NOT NULL DEFAULT '';         -- enhanced status code, or ''
ALTER TABLE suppressions ADD COLUMN mail_id BIGINT NOT NULL DEFAULT 0;       -- the mail that said so; 0: the server did
UPDATE suppressions SET cause = 'complaint' WHERE reason = 'complaint';
CREATE INDEX suppressions_by_age ON suppressions (at, address);
-- What came back, the harmless kind as well: several of those within a week are one reason more.
CREATE TABLE address_bounces (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- hard, soft, neither
    status TEXT NOT NULL,
    detail TEXT NOT NULL,
    message_id TEXT NOT NULL,
    mail_id BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX address_bounces_by_address ON address_bounces (address, at);
-- Who took a suppression back, and when: bounces from before that count no more.
CREATE TABLE suppression_lifts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    cause TEXT NOT NULL,
    reason TEXT NOT NULL,
    suppressed_at BIGINT NOT NULL,
    lifted_by TEXT NOT NULL,
    note TEXT NOT NULL,
    lifted_at BIGINT NOT NULL
);
CREATE INDEX suppression_lifts_by_address ON suppression_lifts (address, lifted_at);

-- A notice can be about a person instead of an item.
ALTER TABLE team_notices ADD COLUMN contact_id TEXT NOT NULL DEFAULT '';
