-- Jobs that no plugin could end. Their requests stand in the journal as they came.

-- name: list
-- The partial index holds dead letters alone, newest last.
SELECT o.journal_id, j.plugin, j.key, j.received_at, o.at, o.attempts, o.detail
FROM journal_outcomes o JOIN journal j ON j.id = o.journal_id
WHERE o.outcome = 'dead_lettered' AND (:plugin = '' OR j.plugin = :plugin)
  AND o.journal_id < :before
ORDER BY o.journal_id DESC LIMIT :limit;

-- name: find
SELECT j.plugin, j.key, j.request, j.received_at, o.at, o.attempts, o.detail
FROM journal_outcomes o JOIN journal j ON j.id = o.journal_id
WHERE o.outcome = 'dead_lettered' AND o.journal_id = :id;

-- name: end
-- Of two people who end the same one, the second changes nothing.
UPDATE journal_outcomes SET outcome = :outcome, status = :status, detail = :detail, at = :at
WHERE journal_id = :id AND outcome = 'dead_lettered'
RETURNING journal_id;
