-- Items, their ledger, and what is folded from it.

-- name: find_item
-- Locked on PostgreSQL for the rest of the transaction, so that two hosts decide one after the other.
SELECT id, number, account_id, contact_id, source, source_key, owner_id, segment, state, round, version, told_from, telling,
       will_change, evidence, evidence_source, due_hear, due_decide, due_change, due_tell, raised_at, heard_at, decided_at,
       changed_at, told_at, closed_at, promised_by, last_event_at, pending_reply,
       topic, theme_id, merged_into, our_failure, reminders, channel_asked, quiet, reminded_at, silent_since, same_since
FROM items WHERE id = :id OR number = :number
/*+postgresql FOR UPDATE */

-- name: find_items
-- Many at once, each with the hash of its last event; in one order for everybody, or two hosts could wait for each other.
SELECT i.id, i.number, i.account_id, i.contact_id, i.source, i.source_key, i.owner_id, i.segment, i.state, i.round,
       i.version, i.told_from, i.telling, i.will_change, i.evidence, i.evidence_source, i.due_hear, i.due_decide,
       i.due_change, i.due_tell, i.raised_at, i.heard_at, i.decided_at, i.changed_at, i.told_at, i.closed_at,
       i.promised_by, i.last_event_at, i.pending_reply, i.topic, i.theme_id, i.merged_into, i.our_failure,
       i.reminders, i.channel_asked, i.quiet, i.reminded_at, i.silent_since, i.same_since, COALESCE(l.hash, '')
FROM items i LEFT JOIN ledger l ON l.item_id = i.id AND l.n = i.version
WHERE /*+sqlite i.id IN (SELECT value FROM json_each(:ids)) OR i.number IN (SELECT value FROM json_each(:numbers)) */
/*+postgresql i.id = ANY(CAST(:ids AS text[])) OR i.number = ANY(CAST(:numbers AS bigint[])) */
ORDER BY i.number
/*+postgresql FOR UPDATE OF i */
;

-- name: find_item_by_source
SELECT id, contact_id FROM items WHERE source = :source AND source_key = :source_key;

-- name: add_item
INSERT INTO items (id, account_id, contact_id, source, source_key, owner_id, segment, state, round, version, told_from, telling,
                   will_change, evidence, evidence_source, due_hear, due_decide, due_change, due_tell, raised_at, heard_at,
                   decided_at, changed_at, told_at, closed_at, promised_by, last_event_at, pending_reply,
                   topic, theme_id, merged_into, our_failure, reminders, channel_asked, quiet, reminded_at, silent_since, same_since, watch, watch_since)
VALUES (:id, :account_id, :contact_id, :source, :source_key, :owner_id, :segment, :state, :round, :version, :told_from, :telling,
        :will_change, :evidence, :evidence_source, :due_hear, :due_decide, :due_change, :due_tell, :raised_at, :heard_at,
        :decided_at, :changed_at, :told_at, :closed_at, :promised_by, :last_event_at, :pending_reply,
        :topic, :theme_id, :merged_into, :our_failure, :reminders, :channel_asked, :quiet, :reminded_at, :silent_since, :same_since, :watch, :watch_since);

-- name: update_item
UPDATE items SET account_id = :account_id, contact_id = :contact_id, source = :source, source_key = :source_key,
       owner_id = :owner_id, segment = :segment, state = :state, round = :round, version = :version, told_from = :told_from,
       telling = :telling, will_change = :will_change, evidence = :evidence, evidence_source = :evidence_source,
       due_hear = :due_hear, due_decide = :due_decide, due_change = :due_change, due_tell = :due_tell, raised_at = :raised_at,
       heard_at = :heard_at, decided_at = :decided_at, changed_at = :changed_at, told_at = :told_at, closed_at = :closed_at,
       promised_by = :promised_by, last_event_at = :last_event_at, pending_reply = :pending_reply,
       topic = :topic, theme_id = :theme_id, merged_into = :merged_into, our_failure = :our_failure, reminders = :reminders, channel_asked = :channel_asked,
       quiet = :quiet, reminded_at = :reminded_at, silent_since = :silent_since, same_since = :same_since, watch = :watch, watch_since = :watch_since
WHERE id = :id;

-- name: update_items
-- Many at once, each different; only PostgreSQL is asked: there every statement is a round trip.
UPDATE items SET account_id = t.account_id, contact_id = t.contact_id, source = t.source, source_key = t.source_key,
       owner_id = t.owner_id, segment = t.segment, state = t.state, round = t.round, version = t.version,
       told_from = t.told_from, telling = t.telling, will_change = t.will_change, evidence = t.evidence,
       evidence_source = t.evidence_source, due_hear = t.due_hear, due_decide = t.due_decide,
       due_change = t.due_change, due_tell = t.due_tell, raised_at = t.raised_at, heard_at = t.heard_at,
       decided_at = t.decided_at, changed_at = t.changed_at, told_at = t.told_at, closed_at = t.closed_at,
       promised_by = t.promised_by, last_event_at = t.last_event_at, pending_reply = t.pending_reply,
       topic = t.topic, theme_id = t.theme_id, merged_into = t.merged_into, our_failure = t.our_failure,
       reminders = t.reminders, channel_asked = t.channel_asked, quiet = t.quiet, reminded_at = t.reminded_at,
       silent_since = t.silent_since, same_since = t.same_since, watch = t.watch, watch_since = t.watch_since
FROM /*+sqlite items AS t */ /*+postgresql jsonb_populate_recordset(CAST(NULL AS items), CAST(:rows AS jsonb)) AS t */
WHERE items.id = t.id /*+sqlite AND :rows IS NULL */;

-- name: list_items
-- The items of a page; which ones stand on it says listing.sql.
SELECT i.id, i.number, i.account_id, i.contact_id, i.source, i.source_key, i.owner_id, i.segment, i.state, i.round, i.version,
       i.told_from, i.telling, i.will_change, i.evidence, i.evidence_source, i.due_hear, i.due_decide, i.due_change, i.due_tell,
       i.raised_at, i.heard_at, i.decided_at, i.changed_at, i.told_at, i.closed_at, i.promised_by, i.last_event_at, i.pending_reply,
       i.topic, i.theme_id, i.merged_into, i.our_failure, i.reminders, i.channel_asked, i.quiet, i.reminded_at, i.silent_since, i.same_since,
       COALESCE(a.name, ''), COALESCE(c.name, ''), COALESCE(c.language, ''), COALESCE(c.zone, ''), COALESCE(c.email, ''), COALESCE(t.name, ''),
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

-- name: append_events
-- The unique (item_id, n) refuses the second of two hosts that move one item at once. 4712 is held from the numbering to the
-- commit, so that whoever reads in order of the numbers can tell a gap from one that is still to come (tallies.horizon).
/*+postgresql WITH numbering AS MATERIALIZED (SELECT CAST(pg_advisory_xact_lock_shared(4712) AS text)) */
INSERT INTO ledger (item_id, n, round, event, actor_id, at, prev, content_digest, hash)
/*+sqlite VALUES (:item_id, :n, :round, :event, :actor_id, :at, :prev, :content_digest, :hash) */
/*+postgresql SELECT t.* FROM numbering, unnest(CAST(:item_id AS text[]), CAST(:n AS bigint[]), CAST(:round AS bigint[]), CAST(:event AS text[]), CAST(:actor_id AS text[]), CAST(:at AS bigint[]), CAST(:prev AS text[]), CAST(:content_digest AS text[]), CAST(:hash AS text[])) AS t */
;

-- name: append_contents
INSERT INTO ledger_contents (item_id, n, key, content)
/*+sqlite VALUES (:item_id, :n, :key, :content) */
/*+postgresql SELECT * FROM unnest(CAST(:item_id AS text[]), CAST(:n AS bigint[]), CAST(:key AS text[]), CAST(:content AS text[])) */
;

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
