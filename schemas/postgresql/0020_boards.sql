-- Columns of a board, answers by whom and what they are about, and who is writing what.
-- Columns are those of schemas/sqlite.

CREATE INDEX items_by_state_and_due ON items (state, next_due, number);
CREATE INDEX items_by_state_and_change ON items (state, last_event_at, number);

-- Where an answer is looked for: at its account, its person, its campaign, the survey that asked, among machines' presses.
-- Written behind the commit, with metric_facts: an index on the observations would make every answer wait.
CREATE TABLE answer_places (
    place TEXT NOT NULL,                 -- acc_…, con_…, cmp_…, 'about ' and what was asked, 'class ' and the class
    seq BIGINT NOT NULL,                 -- of the observation
    PRIMARY KEY (place, seq)
);
INSERT INTO answer_places (place, seq)
SELECT o.account_id, o.seq FROM observations o
WHERE o.account_id <> '' AND o.seq <= (SELECT COALESCE(MAX(through_seq), 0) FROM metric_cursors WHERE metric = '_facts')
UNION ALL
SELECT COALESCE((SELECT NULLIF(c.merged_into, '') FROM contacts c WHERE c.id = o.contact_id), o.contact_id), o.seq FROM observations o
WHERE o.contact_id <> '' AND o.seq <= (SELECT COALESCE(MAX(through_seq), 0) FROM metric_cursors WHERE metric = '_facts')
UNION ALL
SELECT 'about ' || o.about, o.seq FROM observations o
WHERE o.about <> '' AND o.seq <= (SELECT COALESCE(MAX(through_seq), 0) FROM metric_cursors WHERE metric = '_facts')
UNION ALL
SELECT 'class ' || o.class, o.seq FROM observations o
WHERE o.class = 'likely_bot' AND o.seq <= (SELECT COALESCE(MAX(through_seq), 0) FROM metric_cursors WHERE metric = '_facts')
UNION ALL
SELECT m.campaign_id, o.seq FROM observations o JOIN messages m ON m.id = o.message_id
WHERE o.message_id <> '' AND m.campaign_id <> '' AND o.seq <= (SELECT COALESCE(MAX(through_seq), 0) FROM metric_cursors WHERE metric = '_facts');

-- Who of us is writing about which item just now. What they write stays with them.
CREATE TABLE open_drafts (
    item_id TEXT NOT NULL,
    holder TEXT NOT NULL,                -- tea_… or tok_…
    step TEXT NOT NULL,                  -- hear, decide, …, note
    name TEXT NOT NULL,                  -- of the holder, as colleagues know them
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,               -- unless they say again that they are at it
    PRIMARY KEY (item_id, holder, step)
);
CREATE INDEX open_drafts_by_age ON open_drafts (until);
