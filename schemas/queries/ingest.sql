-- What comes in. The statements with arrays run once per group on PostgreSQL and once per row on SQLite.

-- name: reserve_journal_ids
-- Ids are taken before the rows are written, so that keys and rows need one statement each.
/*+sqlite SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0) + 1 WHERE :count > 0 */
/*+postgresql SELECT nextval(pg_get_serial_sequence('journal', 'id')) FROM generate_series(1, CAST(:count AS bigint)) */

-- name: claim_journal_keys
-- Tells which ids have a key that is new; the others were here before. SQLite is asked row by row whether it changed
-- anything: a RETURNING would open a table of its own for each.
INSERT INTO journal_keys (plugin, key, journal_id)
/*+sqlite VALUES (:plugin, :key, :journal_id) */
/*+postgresql SELECT p, k, j FROM unnest(CAST(:plugin AS text[]), CAST(:key AS text[]), CAST(:journal_id AS bigint[])) AS t (p, k, j) */
ON CONFLICT DO NOTHING
/*+postgresql RETURNING journal_id */

-- name: append_journal
INSERT INTO journal (id, plugin, key, request, received_at)
/*+sqlite VALUES (:id, :plugin, :key, :request, :received_at) */
/*+postgresql SELECT i, p, k, r, a FROM unnest(CAST(:id AS bigint[]), CAST(:plugin AS text[]), CAST(:key AS text[]), CAST(:request AS text[]), CAST(:received_at AS bigint[])) AS t (i, p, k, r, a) */

-- name: find_journal
SELECT j.id, j.request, CASE WHEN o.journal_id IS NULL THEN 0 ELSE 1 END
FROM journal_keys k JOIN journal j ON j.id = k.journal_id LEFT JOIN journal_outcomes o ON o.journal_id = j.id
WHERE k.plugin = :plugin AND k.key = :key;

-- name: append_outcomes
INSERT INTO journal_outcomes (journal_id, outcome, status, attempts, detail, at)
/*+sqlite VALUES (:journal_id, :outcome, :status, :attempts, :detail, :at) */
/*+postgresql SELECT j, o, s, n, d, a FROM unnest(CAST(:journal_id AS bigint[]), CAST(:outcome AS text[]), CAST(:status AS bigint[]), CAST(:attempts AS bigint[]), CAST(:detail AS text[]), CAST(:at AS bigint[])) AS t (j, o, s, n, d, a) */
ON CONFLICT DO NOTHING

-- name: pending_journal
-- A job that just arrived is being worked on by whoever took it in; only older ones are owed.
SELECT j.id, j.plugin, j.key, j.request, COALESCE(r.attempts, 0)
FROM journal j
LEFT JOIN journal_outcomes o ON o.journal_id = j.id
LEFT JOIN journal_retries r ON r.journal_id = j.id
WHERE j.id > (SELECT through_id FROM journal_floor) AND o.journal_id IS NULL
  AND j.received_at <= :arrived_before AND COALESCE(r.not_before, 0) <= :now
ORDER BY j.id LIMIT :limit
/*+postgresql FOR UPDATE OF j SKIP LOCKED */

-- name: count_retry
INSERT INTO journal_retries (journal_id, attempts, not_before) VALUES (:journal_id, :attempts, :not_before)
ON CONFLICT (journal_id) DO UPDATE SET attempts = excluded.attempts, not_before = excluded.not_before;

-- name: look_at_journal
-- How many jobs are owed, and up to where everything has its outcome: up to the oldest job without one, and never past
-- what is younger than `arrived_before`, because a number that seems unused may belong to a host that is about to commit
-- it. Asked of a reader: the look goes over everything that came in meanwhile, and the writer must not wait for it.
SELECT COALESCE((SELECT MAX(j.id) FROM journal j
                 WHERE j.received_at <= :arrived_before AND j.id > f.through_id AND j.id < f.oldest_owed), f.through_id),
       CASE WHEN EXISTS (SELECT 1 FROM journal j WHERE j.id = f.oldest_owed AND j.received_at <= :arrived_before) THEN 1 ELSE 0 END
FROM (SELECT through_id, COALESCE((SELECT MIN(k.id) FROM journal k LEFT JOIN journal_outcomes o ON o.journal_id = k.id
                                   WHERE k.id > journal_floor.through_id AND o.journal_id IS NULL), 9223372036854775807) AS oldest_owed
      FROM journal_floor) f;

-- name: raise_journal_floor
UPDATE journal_floor SET through_id = :through_id WHERE through_id < :through_id;

-- name: reserve_observation_seqs
-- 4712 is held from here to the commit, so that whoever reads in order of these numbers can tell a gap from a number that
-- is still to come (metrics.horizon).
/*+sqlite SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'observations'), 0) + 1 WHERE :count > 0 */
/*+postgresql WITH numbering AS MATERIALIZED (SELECT CAST(pg_advisory_xact_lock_shared(4712) AS text))
SELECT nextval(pg_get_serial_sequence('observations', 'seq')) FROM numbering, generate_series(1, CAST(:count AS bigint)) */

-- name: claim_observation_keys
INSERT INTO observation_keys (source, key, observation_seq)
/*+sqlite VALUES (:source, :key, :seq) */
/*+postgresql SELECT s, k, n FROM unnest(CAST(:source AS text[]), CAST(:key AS text[]), CAST(:seq AS bigint[])) AS t (s, k, n) */
ON CONFLICT DO NOTHING
/*+postgresql RETURNING observation_seq */

-- name: known_observation
SELECT observation_seq FROM observation_keys WHERE source = :source AND key = :key;

-- name: find_observation
-- The first result of a repeated key; answers that raise and join nothing lead to no item later either.
SELECT k.observation_seq, COALESCE(i.id, '')
FROM observation_keys k JOIN observations o ON o.seq = k.observation_seq
LEFT JOIN items i ON i.source = o.source AND i.contact_id = o.contact_id AND o.contact_id <> '' AND o.class <> 'likely_bot'
  AND (i.source_key = o.item_key OR i.source_key = o.item_key || '@' || o.contact_id)
WHERE k.source = :source AND k.key = :key;

-- name: append_observations
INSERT INTO observations (seq, source, kind, about, item_key, message_id, account_id, contact_id, score, class, content, occurred_at, received_at, day)
/*+sqlite VALUES (:seq, :source, :kind, :about, :item_key, :message_id, :account_id, :contact_id, :score, :class, :content, :occurred_at, :received_at, :day) */
/*+postgresql SELECT a, b, c, d, e, f, g, h, i, j, k, l, m, n FROM unnest(CAST(:seq AS bigint[]), CAST(:source AS text[]), CAST(:kind AS text[]), CAST(:about AS text[]), CAST(:item_key AS text[]), CAST(:message_id AS text[]), CAST(:account_id AS text[]), CAST(:contact_id AS text[]), CAST(:score AS bigint[]), CAST(:class AS text[]), CAST(:content AS text[]), CAST(:occurred_at AS bigint[]), CAST(:received_at AS bigint[]), CAST(:day AS bigint[])) AS t (a, b, c, d, e, f, g, h, i, j, k, l, m, n) */

-- name: count_observations
INSERT INTO observation_counts (day, source, kind, class, shard, accepted)
VALUES (:day, :source, :kind, :class, :shard, :accepted)
ON CONFLICT (day, source, kind, class, shard) DO UPDATE SET accepted = observation_counts.accepted + excluded.accepted;

-- name: mark_answered
UPDATE messages SET answered_at = /*+sqlite CAST(:at AS BIGINT) WHERE id = :id */
/*+postgresql t.a FROM unnest(CAST(:id AS text[]), CAST(:at AS bigint[])) AS t (i, a) WHERE messages.id = t.i */

-- name: counted
SELECT source, kind, class, SUM(accepted) FROM observation_counts GROUP BY source, kind, class;
