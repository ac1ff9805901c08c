-- Items, their ledger, and what is folded from it.

-- name: find_item
-- Locked on PostgreSQL for the rest of the transaction, so that two hosts decide one after the other.
SELECT id, number, account_id, contact_id, source, source_key, owner_id, segment, state, round, version, told_from, telling,
       will_change, evidence, evidence_source, due_hear, due_decide, due_change, due_tell, raised_at, heard_at, decided_at,
       changed_at, told_at, closed_at, promised_by, last_event_at, pending_reply,
       topic, theme_id, merged_into, our_failure, reminders, channel_asked, quiet, reminded_at, silent_since
FROM items WHERE id = :id OR number = :number
/*+postgresql FOR UPDATE */

-- name: find_item_by_source
SELECT id, contact_id FROM items WHERE source = :source AND source_key = :source_key;

-- name: add_item
INSERT INTO items (id, account_id, contact_id, source, source_key, owner_id, segment, state, round, version, told_from, telling,
                   will_change, evidence, evidence_source, due_hear, due_decide, due_change, due_tell, raised_at, heard_at,
                   decided_at, changed_at, told_at, closed_at, promised_by, last_event_at, pending_reply,
                   topic, theme_id, merged_into, our_failure, reminders, channel_asked, quiet, reminded_at, silent_since, watch, watch_since)
VALUES (:id, :account_id, :contact_id, :source, :source_key, :owner_id, :segment, :state, :round, :version, :told_from, :telling,
        :will_change, :evidence, :evidence_source, :due_hear, :due_decide, :due_change, :due_tell, :raised_at, :heard_at,
        :decided_at, :changed_at, :told_at, :closed_at, :promised_by, :last_event_at, :pending_reply,
        :topic, :theme_id, :merged_into, :our_failure, :reminders, :channel_asked, :quiet, :reminded_at, :silent_since, :watch, :watch_since);

-- name: update_item
UPDATE items SET account_id = :account_id, contact_id = :contact_id, source = :source, source_key = :source_key,
       owner_id = :owner_id, segment = :segment, state = :state, round = :round, version = :version, told_from = :told_from,
       telling = :telling, will_change = :will_change, evidence = :evidence, evidence_source = :evidence_source,
       due_hear = :due_hear, due_decide = :due_decide, due_change = :due_change, due_tell = :due_tell, raised_at = :raised_at,
       heard_at = :heard_at, decided_at = :decided_at, changed_at = :changed_at, told_at = :told_at, closed_at = :closed_at,
       promised_by = :promised_by, last_event_at = :last_event_at, pending_reply = :pending_reply,
       topic = :topic, theme_id = :theme_id, merged_into = :merged_into, our_failure = :our_failure, reminders = :reminders, channel_asked = :channel_asked,
       quiet = :quiet, reminded_at = :reminded_at, silent_since = :silent_since, watch = :watch, watch_since = :watch_since
WHERE id = :id;

-- name: list_items
-- The items of a page; which ones stand on it says listing.sql.
SELECT i.id, i.number, i.account_id, i.contact_id, i.source, i.source_key, i.owner_id, i.segment, i.state, i.round, i.version,
       i.told_from, i.telling, i.will_change, i.evidence, i.evidence_source, i.due_hear, i.due_decide, i.due_change, i.due_tell,
       i.raised_at, i.heard_at, i.decided_at, i.changed_at, i.told_at, i.closed_at, i.promised_by, i.last_event_at, i.pending_reply,
       i.topic, i.theme_id, i.merged_into, i.our_failure, i.reminders, i.channel_asked, i.quiet, i.reminded_at, i.silent_since,
       COALESCE(a.name, ''), COALESCE(c.name, ''), COALESCE(c.language, ''), COALESCE(c.zone, ''), COALESCE(t.name, ''),
       COALESCE(w.content, ''), COALESCE(m.not_before, 0)
FROM items i
LEFT JOIN accounts a ON a.id = i.account_id
LEFT JOIN contacts c ON c.id = i.contact_id
LEFT JOIN teammates t ON t.id = i.owner_id
LEFT JOIN ledger_contents w ON w.item_id = i.id AND w.n = 1
LEFT JOIN messages m ON m.id = i.telling AND m.state = 'queued'
WHERE i.number /*+sqlite IN (SELECT value FROM json_each(:numbers)) */ /*+postgresql = ANY(CAST(:numbers AS bigint[])) */;

-- name: count_items
SELECT state, COUNT(1) FROM items GROUP BY state;

-- name: last_hash
SELECT hash FROM ledger WHERE item_id = :item_id AND n = :n;

-- name: append_event
-- The unique (item_id, n) refuses the second of two hosts that move one item at once.
INSERT INTO ledger (item_id, n, round, event, actor_id, at, prev, content_digest, hash)
VALUES (:item_id, :n, :round, :event, :actor_id, :at, :prev, :content_digest, :hash);

-- name: append_content
INSERT INTO ledger_contents (item_id, n, key, content) VALUES (:item_id, :n, :key, :content);

-- name: history
SELECT l.n, l.round, l.event, l.actor_id, l.at, l.hash, COALESCE(c.content, ''), CASE WHEN c.n IS NULL THEN 1 ELSE 0 END,
       COALESCE(t.name, k.name, p.name, '')
FROM ledger l
LEFT JOIN ledger_contents c ON c.item_id = l.item_id AND c.n = l.n
LEFT JOIN teammates t ON t.id = l.actor_id
LEFT JOIN contacts k ON k.id = l.actor_id
LEFT JOIN api_tokens p ON p.id = l.actor_id
WHERE l.item_id = :item_id ORDER BY l.n;

-- name: open_commitment
INSERT INTO commitments (item_id, round, promise, contact_id, owner_id, promised_at, due_at, standing, settled_at)
VALUES (:item_id, :round, :promise, :contact_id, :owner_id, :promised_at, :due_at, 'open', 0);

-- name: settle_commitment
UPDATE commitments SET standing = :standing, settled_at = :settled_at
WHERE item_id = :item_id AND round = :round AND standing = 'open';
