-- What is counted per item: which counter each item changes on which day, and the counters of all of them.
-- Columns are those of schemas/postgresql.

-- One row per item (or promise that stands alone) and list of counters, which several metrics of a plugin may share. The
-- movements are the item's whole list: day, bucket and change of each, days to come included.
CREATE TABLE metric_item_units (
    tallies TEXT NOT NULL,
    item_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    owner TEXT NOT NULL,
    segment TEXT NOT NULL,
    level TEXT NOT NULL,                 -- '': of nobody in particular
    version BIGINT NOT NULL,             -- rows of its ledger that are counted
    movements TEXT NOT NULL,
    PRIMARY KEY (tallies, item_id)
) WITHOUT ROWID;
CREATE INDEX metric_item_units_by_account ON metric_item_units (tallies, account_id);
CREATE INDEX metric_item_units_by_owner ON metric_item_units (tallies, owner);
-- The sums of these movements, of a day and once more of its whole month: a figure as of a day reads the months before
-- and at most 31 days. One row holds all counters that moved, so that it reads tens of rows and not tens of thousands.
CREATE TABLE metric_tallies (
    tallies TEXT NOT NULL,
    segment TEXT NOT NULL,               -- '*' with level '*': everybody
    level TEXT NOT NULL,
    grain TEXT NOT NULL,                 -- month, day
    day BIGINT NOT NULL,                 -- of a month its first
    counts TEXT NOT NULL,
    PRIMARY KEY (tallies, segment, level, grain, day)
) WITHOUT ROWID;
