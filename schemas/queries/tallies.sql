-- What metrics count per item: from the ledger to movements, from movements to counters.

-- name: newest
SELECT COALESCE(MAX(seq), 0) FROM ledger;

-- name: horizon
-- As metrics.horizon: whoever numbers rows of the ledger holds 4712 shared until its commit.
/*+sqlite SELECT COALESCE(MAX(seq), 0) FROM ledger */
/*+postgresql WITH alone AS MATERIALIZED (SELECT CAST(pg_advisory_xact_lock(4712) AS text))
SELECT COALESCE((SELECT MAX(seq) FROM ledger), 0) FROM alone */

-- name: touched
-- An item is counted with all of its rows at once: those that come later in the ledger are passed over.
SELECT l.seq, l.item_id FROM ledger l LEFT JOIN metric_item_units u ON u.tallies = :tallies AND u.item_id = l.item_id
WHERE l.seq > :from_seq AND l.seq <= :to_seq AND (u.version IS NULL OR u.version < l.n) ORDER BY l.seq LIMIT :limit;

-- name: ledgers_after
SELECT item_id, MAX(seq) FROM ledger WHERE item_id > :after GROUP BY item_id ORDER BY item_id LIMIT :limit;

-- name: items_of
SELECT id, account_id, contact_id, owner_id, segment, version, round, due_hear, due_decide, due_change, due_tell FROM items
WHERE id /*+sqlite IN (SELECT value FROM json_each(:items)) */ /*+postgresql = ANY(CAST(:items AS text[])) */;

-- name: lone_of
SELECT id, account_id, contact_id, owner_id, version, made_at, due_at FROM lone_commitments
WHERE id /*+sqlite IN (SELECT value FROM json_each(:items)) */ /*+postgresql = ANY(CAST(:items AS text[])) */;

-- name: raised_of
-- Of the first round.
SELECT item_id, at FROM ledger
WHERE n = 1 AND item_id /*+sqlite IN (SELECT value FROM json_each(:items)) */ /*+postgresql = ANY(CAST(:items AS text[])) */;

-- name: happened
-- Words come along only where a figure needs something that stands beside them.
SELECT l.item_id, l.seq, l.n, l.round, l.event, l.at, COALESCE(c.content, '')
FROM ledger l LEFT JOIN ledger_contents c
  ON c.item_id = l.item_id AND c.n = l.n AND l.event IN ('raised', 'reopened', 'visibly_closed', 'dismissed')
WHERE l.item_id /*+sqlite IN (SELECT value FROM json_each(:items)) */ /*+postgresql = ANY(CAST(:items AS text[])) */
  AND l.event IN ('raised', 'heard', 'decided_will_change', 'decided_will_not_change', 'changed', 'told', 'bounced',
                  'visibly_closed', 'reopened', 'dismissed', 'abandoned', 'promise_made', 'promise_kept', 'promise_broken')
ORDER BY l.item_id, l.n;

-- name: promises_of
SELECT item_id, round, due_at FROM commitments
WHERE item_id /*+sqlite IN (SELECT value FROM json_each(:items)) */ /*+postgresql = ANY(CAST(:items AS text[])) */;

-- name: levels_of
-- In order of arrival: before its first row a contact was as that row says.
SELECT contact_id, value, at FROM relationship_history
WHERE contact_id /*+sqlite IN (SELECT value FROM json_each(:contacts)) */ /*+postgresql = ANY(CAST(:contacts AS text[])) */
  AND what = 'level'
ORDER BY contact_id, seq;

-- name: segments_of
SELECT account_id, value, at FROM relationship_history
WHERE contact_id = '' AND what = 'segment'
  AND account_id /*+sqlite IN (SELECT value FROM json_each(:accounts)) */ /*+postgresql = ANY(CAST(:accounts AS text[])) */
ORDER BY seq;

-- name: units_of
SELECT item_id, account_id, owner, segment, level, movements FROM metric_item_units
WHERE tallies = :tallies AND item_id IN (SELECT /*+sqlite value FROM json_each(:items) */ /*+postgresql unnest(CAST(:items AS text[])) */);

-- name: put_units
INSERT INTO metric_item_units (tallies, item_id, account_id, owner, segment, level, version, movements)
/*+sqlite VALUES (:tallies, :item_id, :account_id, :owner, :segment, :level, :version, :movements) */
/*+postgresql SELECT a, b, c, d, e, f, g, h FROM unnest(CAST(:tallies AS text[]), CAST(:item_id AS text[]), CAST(:account_id AS text[]), CAST(:owner AS text[]), CAST(:segment AS text[]), CAST(:level AS text[]), CAST(:version AS bigint[]), CAST(:movements AS text[])) AS t (a, b, c, d, e, f, g, h) */
ON CONFLICT (tallies, item_id) DO UPDATE SET account_id = excluded.account_id, owner = excluded.owner, segment = excluded.segment,
       level = excluded.level, version = excluded.version, movements = excluded.movements

-- name: drop_units
DELETE FROM metric_item_units WHERE tallies = :metric;

-- name: counts_on
SELECT day, counts FROM metric_tallies
WHERE tallies = :tallies AND segment = :segment AND level = :level AND grain = :grain
  AND day /*+sqlite IN (SELECT value FROM json_each(:days)) */ /*+postgresql = ANY(CAST(:days AS bigint[])) */;

-- name: put_counts
INSERT INTO metric_tallies (tallies, segment, level, grain, day, counts)
/*+sqlite VALUES (:tallies, :segment, :level, :grain, :day, :counts) */
/*+postgresql SELECT a, b, c, d, e, f FROM unnest(CAST(:tallies AS text[]), CAST(:segment AS text[]), CAST(:level AS text[]), CAST(:grain AS text[]), CAST(:day AS bigint[]), CAST(:counts AS text[])) AS t (a, b, c, d, e, f) */
ON CONFLICT (tallies, segment, level, grain, day) DO UPDATE SET counts = excluded.counts

-- name: drop_tallies
DELETE FROM metric_tallies WHERE tallies = :metric;

-- name: counts_between
SELECT counts FROM metric_tallies
WHERE tallies = :tallies AND segment = :segment AND level = :level AND grain = :grain AND day >= :from_day AND day <= :to_day;

-- name: all_counts
SELECT segment, level, grain, day, counts FROM metric_tallies WHERE tallies = :tallies;

-- name: units_of_account
-- Without statistics SQLite takes the primary key, which all units share the front of.
SELECT account_id, owner, segment, level, movements
FROM metric_item_units /*+sqlite INDEXED BY metric_item_units_by_account */ WHERE tallies = :tallies AND account_id = :account;

-- name: units_of_owner
SELECT account_id, owner, segment, level, movements
FROM metric_item_units /*+sqlite INDEXED BY metric_item_units_by_owner */ WHERE tallies = :tallies AND owner = :owner;

-- name: units_of_all
SELECT account_id, owner, segment, level, movements FROM metric_item_units WHERE tallies = :tallies;

-- name: owners
-- Nobody is the empty one.
SELECT o.owner, COALESCE(t.name, '') FROM (SELECT DISTINCT owner FROM metric_item_units WHERE tallies = :tallies) o
LEFT JOIN teammates t ON t.id = o.owner ORDER BY 2, 1;
