-- How customers know us, secrets of webhooks that change, and whether the guide was put away.
-- Columns are those of schemas/postgresql.

CREATE TABLE brand (
    id BIGINT PRIMARY KEY,               -- 1: there is one
    name TEXT NOT NULL,                  -- '': what the configuration says
    colour TEXT NOT NULL,                -- #rrggbb; '': none
    text_colour TEXT NOT NULL,           -- computed with it, and never without
    logo_type TEXT NOT NULL,             -- image/svg+xml, image/png; '': none
    logo_digest TEXT NOT NULL,
    logo TEXT NOT NULL,                  -- Base64
    version BIGINT NOT NULL,             -- 1 at first
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Both sign until the old one ends, so that whoever verifies can change theirs in between.
ALTER TABLE webhooks ADD COLUMN old_secret TEXT NOT NULL DEFAULT '';
ALTER TABLE webhooks ADD COLUMN old_secret_until BIGINT NOT NULL DEFAULT 0;

CREATE TABLE first_steps (
    id BIGINT PRIMARY KEY,               -- 1: there is one
    dismissed_at BIGINT NOT NULL         -- 0: it is shown
);
