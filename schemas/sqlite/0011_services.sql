-- What the host does for plugins: what operators set for them, and what their signals found.

-- The configuration of a plugin as it was set: secrets by name, never by value.
CREATE TABLE plugin_configs (
    plugin TEXT PRIMARY KEY,
    document TEXT NOT NULL,              -- JSON
    version BIGINT NOT NULL,             -- 1 at first
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL
);
CREATE INDEX contacts_by_account ON contacts (account_id, id);

-- How far a signal has heard of what happened: numbers of observations and of the relationship's history, and the
-- instant of the last change of an item.
CREATE TABLE signal_cursors (
    signal TEXT PRIMARY KEY,
    through_seq BIGINT NOT NULL,
    through_history BIGINT NOT NULL,
    through_change BIGINT NOT NULL
);
-- One row per signal and account: when it was evaluated, and whether something happened since.
CREATE TABLE signal_rounds (
    signal TEXT NOT NULL,
    account_id TEXT NOT NULL,
    day BIGINT NOT NULL,                 -- as of which it was evaluated; 0: never
    touched BIGINT NOT NULL,             -- counts up when something happens, 0: nothing did
    PRIMARY KEY (signal, account_id)
);
CREATE INDEX signal_rounds_touched ON signal_rounds (signal, account_id) WHERE touched > 0;
CREATE INDEX signal_rounds_by_day ON signal_rounds (signal, day, account_id);

-- A finding that is reported again stays the same row; one that no longer is has ended.
CREATE TABLE findings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    signal TEXT NOT NULL,
    plugin TEXT NOT NULL,
    account_id TEXT NOT NULL,
    key TEXT NOT NULL,                   -- the plugin's own name for it, within signal and account
    contact_id TEXT NOT NULL DEFAULT '',
    severity TEXT NOT NULL,              -- notice, warning, urgent
    title TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL,              -- JSON: rows of views, each with a note
    as_of BIGINT NOT NULL,               -- the day
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL DEFAULT 0,
    UNIQUE (signal, account_id, key)
);
CREATE INDEX findings_by_account ON findings (account_id, number);
CREATE INDEX findings_standing ON findings (number) WHERE ended_at = 0;
