-- Whose customers somebody of us sees.
ALTER TABLE teammates ADD COLUMN sees TEXT NOT NULL DEFAULT 'all';      -- all, own

-- Accounts that an administrator named for somebody, beside those that they own or stand behind.
CREATE TABLE teammate_accounts (
    teammate_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    PRIMARY KEY (teammate_id, account_id)
);
CREATE INDEX accounts_by_owner ON accounts (owner_id) WHERE owner_id <> '';
CREATE INDEX accounts_by_sponsor ON accounts (sponsor_id) WHERE sponsor_id <> '';

-- The one place that says which accounts are somebody's. Whoever sees everything does not ask. An account may stand
-- in it twice: it is asked with IN. (With UNION in place of UNION ALL SQLite would read every account each time.)
CREATE VIEW sights AS
SELECT owner_id AS teammate_id, id AS account_id FROM accounts WHERE owner_id <> ''
UNION ALL SELECT sponsor_id, id FROM accounts WHERE sponsor_id <> ''
UNION ALL SELECT teammate_id, account_id FROM teammate_accounts;
