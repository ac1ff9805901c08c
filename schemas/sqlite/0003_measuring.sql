-- Measuring: what was true of whom on which day, and what metrics make of it. A day is a civil date of the organisation,
-- counted from 1970-01-01; it is stored with the fact, so that a later change of the zone leaves the past as it was.
-- Columns are those of schemas/postgresql; only key generation and triggers differ.

-- 0: from before this column; the day is then taken in UTC.
ALTER TABLE observations ADD COLUMN day BIGINT NOT NULL DEFAULT 0;

-- One row per change, written in the transaction that makes it. Before its first row a thing was as that row says.
CREATE TABLE relationship_history (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id TEXT NOT NULL,
    contact_id TEXT NOT NULL DEFAULT '', -- '': about the account itself
    what TEXT NOT NULL,                  -- known_since, level, active, opted_out; segment, owner, revenue
    value TEXT NOT NULL,
    day BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX relationship_history_by_contact ON relationship_history (contact_id, seq);
CREATE TRIGGER relationship_history_no_update BEFORE UPDATE ON relationship_history
BEGIN SELECT RAISE(ABORT, 'what was true then stays true then: add a row'); END;
INSERT INTO relationship_history (account_id, what, value, day, at)
SELECT id, 'segment', segment, created_at / 86400000000, created_at FROM accounts;
INSERT INTO relationship_history (account_id, what, value, day, at)
SELECT id, 'owner', owner_id, created_at / 86400000000, created_at FROM accounts;
INSERT INTO relationship_history (account_id, what, value, day, at)
SELECT id, 'revenue', CAST(annual_revenue AS TEXT), created_at / 86400000000, created_at FROM accounts;
INSERT INTO relationship_history (account_id, contact_id, what, value, day, at)
SELECT account_id, id, 'known_since', '1', created_at / 86400000000, created_at FROM contacts;
INSERT INTO relationship_history (account_id, contact_id, what, value, day, at)
SELECT account_id, id, 'level', CASE level WHEN 'executive' THEN '2' WHEN 'managerial' THEN '1' ELSE '0' END,
       created_at / 86400000000, created_at FROM contacts;
INSERT INTO relationship_history (account_id, contact_id, what, value, day, at)
SELECT account_id, id, 'active', CAST(active AS TEXT), created_at / 86400000000, created_at FROM contacts;

-- Observations that metrics read, by contact. Written after the commit, behind a cursor: an index on the observations
-- themselves would make every answer wait for a random page.
CREATE TABLE metric_facts (
    contact_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    view BIGINT NOT NULL,                -- 1 relationship.answers, 2 advocacy.declared, 3 advocacy.acts
    day BIGINT NOT NULL,
    at BIGINT NOT NULL,
    thread BIGINT NOT NULL,              -- the same: the later row takes the place of the earlier one
    withdrawn BIGINT NOT NULL,
    v0 BIGINT NOT NULL, v1 BIGINT NOT NULL, v2 BIGINT NOT NULL, v3 BIGINT NOT NULL,
    PRIMARY KEY (contact_id, seq)
) WITHOUT ROWID;

-- How far each metric has read, and who reads for it: one host at a time, told apart by the epoch. The row '_facts' is
-- the cursor of the table above.
CREATE TABLE metric_cursors (
    metric TEXT PRIMARY KEY,
    state_version BIGINT NOT NULL,
    definition_version TEXT NOT NULL,
    through_seq BIGINT NOT NULL,         -- of observations
    through_history BIGINT NOT NULL,     -- of relationship_history
    snapshots_through BIGINT NOT NULL,   -- the last month that has snapshots, by its first day
    lease_owner TEXT NOT NULL DEFAULT '',
    lease_until BIGINT NOT NULL DEFAULT 0,
    epoch BIGINT NOT NULL DEFAULT 0
);
-- Answers dated in the future: looked at again when they are due.
CREATE TABLE metric_held (
    metric TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    contact_id TEXT NOT NULL,
    PRIMARY KEY (metric, due_at, contact_id)
) WITHOUT ROWID;
-- A unit's state over all days, the coming ones included, as a step function: so nothing has to wake up on the day on
-- which an answer expires.
CREATE TABLE metric_units (
    metric TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    timeline TEXT NOT NULL,
    PRIMARY KEY (metric, contact_id)
) WITHOUT ROWID;
-- Signed differences of all timelines: their sum up to a day is the figure's sum on that day.
CREATE TABLE metric_deltas (
    metric TEXT NOT NULL,
    account_id TEXT NOT NULL,
    level BIGINT NOT NULL,
    day BIGINT NOT NULL,
    shard BIGINT NOT NULL,               -- of the cursor that wrote it
    s0 BIGINT NOT NULL DEFAULT 0, s1 BIGINT NOT NULL DEFAULT 0, s2 BIGINT NOT NULL DEFAULT 0, s3 BIGINT NOT NULL DEFAULT 0,
    s4 BIGINT NOT NULL DEFAULT 0, s5 BIGINT NOT NULL DEFAULT 0, s6 BIGINT NOT NULL DEFAULT 0, s7 BIGINT NOT NULL DEFAULT 0,
    s8 BIGINT NOT NULL DEFAULT 0, s9 BIGINT NOT NULL DEFAULT 0, s10 BIGINT NOT NULL DEFAULT 0, s11 BIGINT NOT NULL DEFAULT 0,
    s12 BIGINT NOT NULL DEFAULT 0, s13 BIGINT NOT NULL DEFAULT 0, s14 BIGINT NOT NULL DEFAULT 0, s15 BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (metric, account_id, level, day, shard)
) WITHOUT ROWID;
CREATE INDEX metric_deltas_by_day ON metric_deltas (metric, day);
-- The sums of everything before a month's first day. The month leads the key: a portfolio reads one stretch of it.
CREATE TABLE metric_snapshots (
    metric TEXT NOT NULL,
    month_start BIGINT NOT NULL,
    account_id TEXT NOT NULL,
    level BIGINT NOT NULL,
    s0 BIGINT NOT NULL DEFAULT 0, s1 BIGINT NOT NULL DEFAULT 0, s2 BIGINT NOT NULL DEFAULT 0, s3 BIGINT NOT NULL DEFAULT 0,
    s4 BIGINT NOT NULL DEFAULT 0, s5 BIGINT NOT NULL DEFAULT 0, s6 BIGINT NOT NULL DEFAULT 0, s7 BIGINT NOT NULL DEFAULT 0,
    s8 BIGINT NOT NULL DEFAULT 0, s9 BIGINT NOT NULL DEFAULT 0, s10 BIGINT NOT NULL DEFAULT 0, s11 BIGINT NOT NULL DEFAULT 0,
    s12 BIGINT NOT NULL DEFAULT 0, s13 BIGINT NOT NULL DEFAULT 0, s14 BIGINT NOT NULL DEFAULT 0, s15 BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (metric, month_start, account_id, level)
) WITHOUT ROWID;
