-- Our own people sign in: what they may do, how they prove who they are, and what was done to the house.
-- Columns are those of schemas/postgresql; only key generation and triggers differ.

ALTER TABLE teammates ADD COLUMN role TEXT NOT NULL DEFAULT 'member';   -- viewer, member, manager, admin
ALTER TABLE teammates ADD COLUMN disabled_at BIGINT NOT NULL DEFAULT 0; -- may not sign in, and is one of us all the same

CREATE TABLE passwords (
    teammate_id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,                  -- Argon2id, with its salt and its parameters
    set_at BIGINT NOT NULL,
    failures BIGINT NOT NULL DEFAULT 0,  -- in a row
    locked_until BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Browsers that signed in. What their cookie holds is known to them alone.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,           -- SHA-256 of 32 random bytes
    teammate_id TEXT NOT NULL,
    way TEXT NOT NULL,                   -- password, link, oidc
    address TEXT NOT NULL,
    program TEXT NOT NULL,               -- what the browser calls itself
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,        -- to the minute
    expires_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX sessions_by_teammate ON sessions (teammate_id, created_at);

-- Links by which somebody comes in: invitations, forgotten passwords, doors that were shut. The link itself is signed, not kept.
CREATE TABLE entrances (
    id TEXT PRIMARY KEY,                 -- of the mail that it went out with, if it did
    purpose TEXT NOT NULL,               -- first, invite, reset, unlock
    teammate_id TEXT NOT NULL,           -- '' when it is the first administrator
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX entrances_by_teammate ON entrances (teammate_id);

-- Whom an identity provider knows by which name of its own.
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    teammate_id TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;

-- What was done to the house, by whom, and from where. No secret stands in it.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,                 -- tea_…, tok_…, shell
    actor_name TEXT NOT NULL,            -- as it was then
    address TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX audit_by_actor ON audit (actor, seq);
CREATE INDEX audit_by_act ON audit (act, seq);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
