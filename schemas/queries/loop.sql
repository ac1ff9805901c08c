-- Items, their ledger, and what is folded from it.

-- name: find_item
-- Locked on PostgreSQL for the rest of the transaction, so that two hosts decide one after the other.
SELECT id, number, account_id, contact_id, source, source_key, owner_id, segment, state, round, version, told_from, telling,
       will_change, evidence, evidence_source, due_hear, due_decide, due_change, due_tell, raised_at, heard_at, decided_at,
       changed_at, told_at, closed_at, promised_by, last_event_at
FROM items WHERE id = :id OR number = :number
/*+postgresql FOR UPDATE */

-- name: find_item_by_source
SELECT id FROM items WHERE source = :source AND source_key = :source_key;

-- name: add_item
INSERT INTO items (id, account_id, contact_id, source, source_key, owner_id, segment, state, round, version, told_from, telling,
                   will_change, evidence, evidence_source, due_hear, due_decide, due_change, due_tell, raised_at, heard_at,
                   decided_at, changed_at, told_at, closed_at, promised_by, last_event_at)
VALUES (:id, :account_id, :contact_id, :source, :source_key, :owner_id, :segment, :state, :round, :version, :told_from, :telling,
        :will_change, :evidence, :evidence_source, :due_hear, :due_decide, :due_change, :due_tell, :raised_at, :heard_at,
        :decided_at, :changed_at, :told_at, :closed_at, :promised_by, :last_event_at);

-- name: update_item
UPDATE items SET account_id = :account_id, contact_id = :contact_id, source = :source, source_key = :source_key,
       owner_id = :owner_id, segment = :segment, state = :state, round = :round, version = :version, told_from = :told_from,
       telling = :telling, will_change = :will_change, evidence = :evidence, evidence_source = :evidence_source,
       due_hear = :due_hear, due_decide = :due_decide, due_change = :due_change, due_tell = :due_tell, raised_at = :raised_at,
       heard_at = :heard_at, decided_at = :decided_at, changed_at = :changed_at, told_at = :told_at, closed_at = :closed_at,
       promised_by = :promised_by, last_event_at = :last_event_at
WHERE id = :id;

-- name: list_items
-- Newest first; the cursor is the last number seen, so that new items do not shift the pages.
SELECT i.id, i.number, i.account_id, i.contact_id, i.source, i.source_key, i.owner_id, i.segment, i.state, i.round, i.version,
       i.told_from, i.telling, i.will_change, i.evidence, i.evidence_source, i.due_hear, i.due_decide, i.due_change, i.due_tell,
       i.raised_at, i.heard_at, i.decided_at, i.changed_at, i.told_at, i.closed_at, i.promised_by, i.last_event_at,
       COALESCE(a.name, ''), COALESCE(c.name, ''), COALESCE(c.language, ''), COALESCE(c.zone, ''), COALESCE(t.name, ''),
       COALESCE(w.content, '')
FROM items i
LEFT JOIN accounts a ON a.id = i.account_id
LEFT JOIN contacts c ON c.id = i.contact_id
LEFT JOIN teammates t ON t.id = i.owner_id
LEFT JOIN ledger_contents w ON w.item_id = i.id AND w.n = 1
WHERE (:id = '' OR i.id = :id) AND (CAST(:number AS BIGINT) = 0 OR i.number = :number)
  AND (:state = '' OR i.state = :state) AND (:owner = '' OR i.owner_id = :owner)
  AND (:account = '' OR i.account_id = :account) AND (CAST(:before AS BIGINT) = 0 OR i.number < :before)
ORDER BY i.number DESC LIMIT :limit;

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

-- name: commitments
SELECT k.item_id, i.number, k.round, k.promise, k.due_at, k.standing, k.settled_at, COALESCE(a.name, ''), COALESCE(c.name, ''), COALESCE(t.name, '')
FROM commitments k JOIN items i ON i.id = k.item_id
LEFT JOIN accounts a ON a.id = i.account_id
LEFT JOIN contacts c ON c.id = k.contact_id
LEFT JOIN teammates t ON t.id = k.owner_id
ORDER BY k.due_at;
