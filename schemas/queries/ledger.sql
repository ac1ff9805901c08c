-- The ledger as a whole: proving it, exporting it, folding state from it again.

-- name: walk
-- In the order of writing, by pages.
SELECT l.seq, l.item_id, l.n, l.round, l.event, l.actor_id, l.at, l.prev, l.content_digest, l.hash,
       COALESCE(c.key, ''), COALESCE(c.content, ''), CASE WHEN c.n IS NULL THEN 1 ELSE 0 END
FROM ledger l LEFT JOIN ledger_contents c ON c.item_id = l.item_id AND c.n = l.n
WHERE l.seq > :after ORDER BY l.seq LIMIT :limit;

-- name: item_rows
SELECT l.seq, l.item_id, l.n, l.round, l.event, l.actor_id, l.at, l.prev, l.content_digest, l.hash,
       COALESCE(c.key, ''), COALESCE(c.content, ''), CASE WHEN c.n IS NULL THEN 1 ELSE 0 END
FROM ledger l LEFT JOIN ledger_contents c ON c.item_id = l.item_id AND c.n = l.n
WHERE l.item_id = :item_id ORDER BY l.n;

-- name: item_at
SELECT item_id FROM ledger WHERE seq >= :seq ORDER BY seq LIMIT 1;

-- name: stray_contents
-- Content whose ledger row is gone: the row was taken out by force.
SELECT c.item_id, c.n FROM ledger_contents c LEFT JOIN ledger l ON l.item_id = c.item_id AND l.n = c.n WHERE l.seq IS NULL;

-- name: checkpoints
SELECT n, through_seq, rows_covered, at, prev, hash FROM ledger_checkpoints ORDER BY n;

-- name: last_checkpoint
SELECT n, through_seq, at, hash FROM ledger_checkpoints ORDER BY n DESC LIMIT 1;

-- name: hold_writers
-- A checkpoint covers what is committed: on PostgreSQL writers pause while it reads, SQLite has only one.
/*+sqlite SELECT 1 */
/*+postgresql LOCK TABLE ledger IN SHARE MODE */

-- name: hashes_after
SELECT seq, hash FROM ledger WHERE seq > :after ORDER BY seq;

-- name: append_checkpoint
INSERT INTO ledger_checkpoints (n, through_seq, rows_covered, at, prev, hash) VALUES (:n, :through_seq, :rows_covered, :at, :prev, :hash);

-- name: item_ids
SELECT id FROM items WHERE id > :after ORDER BY id LIMIT :limit;

-- name: ledger_item_ids
SELECT DISTINCT item_id FROM ledger WHERE item_id > :after ORDER BY item_id LIMIT :limit;

-- name: item_commitments
SELECT round, promise, contact_id, owner_id, promised_at, due_at, standing, settled_at
FROM commitments WHERE item_id = :item_id ORDER BY round;

-- name: theme_ids
SELECT id FROM themes WHERE id > :after ORDER BY id LIMIT :limit;

-- name: lone_commitment_ids
SELECT id FROM lone_commitments WHERE id > :after ORDER BY id LIMIT :limit;

-- name: drop_commitments
DELETE FROM commitments WHERE item_id = :item_id;

-- name: drop_item
DELETE FROM items WHERE id = :id;
