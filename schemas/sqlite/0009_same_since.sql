-- The last event of an item that was not said by time alone: what a command must have seen. A reminder that comes
-- between looking and acting makes nobody's command stale.

ALTER TABLE items ADD COLUMN same_since BIGINT NOT NULL DEFAULT 0;
UPDATE items SET same_since = COALESCE((SELECT MAX(l.n) FROM ledger l WHERE l.item_id = items.id AND l.event NOT IN
    ('owner_reminded', 'manager_reminded', 'sponsor_reminded', 'channel_asked', 'quiet')), 0);
