-- Answers of a time are found without reading those of other times, and somebody who sees some accounts only reads no more
-- of each account than its share of the page.

-- Between which instants a thousand answers, in the order in which they came, were given. Behind the cursor of
-- metric_facts, as answer_places.
CREATE TABLE answer_spans (
    span BIGINT PRIMARY KEY,             -- seq / 1000
    earliest BIGINT NOT NULL,
    latest BIGINT NOT NULL
);
INSERT INTO answer_spans (span, earliest, latest)
SELECT o.seq / 1000, MIN(o.occurred_at), MAX(o.occurred_at) FROM observations o
WHERE o.seq <= (SELECT COALESCE(MAX(through_seq), 0) FROM metric_cursors WHERE metric = '_facts') GROUP BY o.seq / 1000;

CREATE INDEX items_by_account_and_change ON items (account_id, last_event_at, number);
CREATE INDEX items_by_account_and_due ON items (account_id, next_due, number);
CREATE INDEX items_by_account_and_state ON items (account_id, state);
CREATE INDEX items_by_owner_and_change ON items (owner_id, last_event_at, number);
