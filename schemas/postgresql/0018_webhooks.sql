-- Programs of others that hear of what happens to items. Columns are those of schemas/sqlite.

CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,                -- of the ledger, by comma; '' all of them
    format TEXT NOT NULL,                -- cloudevents, slack
    secret TEXT NOT NULL,                -- whsec_…: both sides sign with it, so it cannot be a digest
    after_seq BIGINT NOT NULL,           -- of the ledger: everything up to here is a delivery, or was not wanted
    failing_since BIGINT NOT NULL DEFAULT 0,
    disabled_at BIGINT NOT NULL DEFAULT 0,
    disabled_why TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);

-- What is to be sent, and what came of it. The same bytes go out in every attempt; they hold ids, and nobody's words.
CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,                 -- webhook-id: whoever gets it twice knows it by this
    webhook_id TEXT NOT NULL,
    seq BIGINT NOT NULL,                 -- of the ledger; 0: a test
    event TEXT NOT NULL,
    item TEXT NOT NULL,                  -- its alias
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',   -- waiting, delivered, given_up
    attempts BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL,             -- while one is being made: when another host may try
    status BIGINT NOT NULL DEFAULT 0,    -- of the last answer; 0: none
    trouble TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (webhook_id, seq) WHERE seq > 0;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);
