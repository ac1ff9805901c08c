-- Metrics: from facts to timelines, from timelines to sums.

-- name: begin_look
-- Several statements that must see one commit.
/*+sqlite BEGIN */
/*+postgresql BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY */

-- name: end_look
COMMIT;

-- name: newest
SELECT COALESCE((SELECT MAX(seq) FROM observations), 0), COALESCE((SELECT MAX(seq) FROM relationship_history), 0)

-- name: horizon
-- Numbers are taken before the commit, so a smaller one may appear after a larger one. Whoever takes a number holds 4712
-- shared until the end of its transaction; having it alone for a moment means that every number seen here, and every
-- smaller one, is committed or never will be.
/*+sqlite SELECT COALESCE((SELECT MAX(seq) FROM observations), 0), COALESCE((SELECT MAX(seq) FROM relationship_history), 0) */
/*+postgresql WITH alone AS MATERIALIZED (SELECT CAST(pg_advisory_xact_lock(4712) AS text))
SELECT COALESCE((SELECT MAX(seq) FROM observations), 0), COALESCE((SELECT MAX(seq) FROM relationship_history), 0) FROM alone */

-- name: enter_history
-- Before a transaction numbers rows of the history; see horizon.
/*+sqlite SELECT 1 */
/*+postgresql SELECT CAST(pg_advisory_xact_lock_shared(4712) AS text) */

-- name: add_history
INSERT INTO relationship_history (account_id, contact_id, what, value, day, at)
/*+sqlite VALUES (:account_id, :contact_id, :what, :value, :day, :at) */
/*+postgresql SELECT * FROM unnest(CAST(:account_id AS text[]), CAST(:contact_id AS text[]), CAST(:what AS text[]), CAST(:value AS text[]), CAST(:day AS bigint[]), CAST(:at AS bigint[])) */
;

-- name: last_history
SELECT value FROM relationship_history WHERE contact_id = :contact_id AND account_id = :account_id AND what = :what
ORDER BY seq DESC LIMIT 1;

-- name: first_known
SELECT COALESCE(MIN(day), 0) FROM relationship_history WHERE contact_id = :contact_id AND what = 'known_since';

-- name: find_cursor
SELECT state_version, definition_version, through_seq, through_history, snapshots_through, lease_owner, lease_until, epoch,
       sweep_seq, sweep_history, sweep_after
FROM metric_cursors WHERE metric = :metric /*+postgresql FOR UPDATE */

-- name: cursor_position
SELECT state_version, through_seq, through_history, snapshots_through, sweep_seq, sweep_history, sweep_after FROM metric_cursors WHERE metric = :metric;

-- name: add_cursor
INSERT INTO metric_cursors (metric, state_version, definition_version, through_seq, through_history, snapshots_through)
VALUES (:metric, :state_version, :definition_version, 0, 0, 0)
ON CONFLICT DO NOTHING;

-- name: lease_cursor
UPDATE metric_cursors SET lease_owner = :owner, lease_until = :until, epoch = epoch + :step WHERE metric = :metric;

-- name: move_cursor
-- Touches no row when another host has taken over, or this step was made already.
UPDATE metric_cursors SET through_seq = :to_seq, through_history = :to_history, snapshots_through = :snapshots_through,
       sweep_seq = :sweep_seq, sweep_history = :sweep_history, sweep_after = :sweep_after
WHERE metric = :metric AND epoch = :epoch AND through_seq = :from_seq AND through_history = :from_history
  AND sweep_after = :from_sweep;

-- name: restart_cursor
UPDATE metric_cursors SET state_version = :state_version, definition_version = :definition_version, through_seq = 0,
       through_history = 0, snapshots_through = 0, sweep_seq = 0, sweep_history = 0, sweep_after = '', lease_owner = '', lease_until = 0, epoch = epoch + 1 WHERE metric = :metric;

-- name: drop_units
DELETE FROM metric_units WHERE metric = :metric;

-- name: drop_deltas
DELETE FROM metric_deltas WHERE metric = :metric;

-- name: drop_snapshots
DELETE FROM metric_snapshots WHERE metric = :metric;

-- name: drop_held
DELETE FROM metric_held WHERE metric = :metric;

-- name: drop_facts
DELETE FROM metric_facts;

-- name: observed
-- The kinds that become facts. The window is closed on both sides, so that rare kinds among many others cost one pass.
SELECT seq, source, kind, item_key,
       COALESCE((SELECT NULLIF(c.merged_into, '') FROM contacts c WHERE c.id = observations.contact_id), contact_id),
       score, class, content, occurred_at, day FROM observations
WHERE seq > :from_seq AND seq <= :to_seq AND kind IN ('relationship.answer', 'advocacy.declared', 'advocacy.act')
  AND contact_id <> ''
ORDER BY seq LIMIT :limit;

-- name: add_facts
INSERT INTO metric_facts (contact_id, seq, view, day, at, thread, withdrawn, v0, v1, v2, v3)
/*+sqlite VALUES (:contact_id, :seq, :view, :day, :at, :thread, :withdrawn, :v0, :v1, :v2, :v3) */
/*+postgresql SELECT a, b, c, d, e, f, g, h, i, j, k FROM unnest(CAST(:contact_id AS text[]), CAST(:seq AS bigint[]), CAST(:view AS bigint[]), CAST(:day AS bigint[]), CAST(:at AS bigint[]), CAST(:thread AS bigint[]), CAST(:withdrawn AS bigint[]), CAST(:v0 AS bigint[]), CAST(:v1 AS bigint[]), CAST(:v2 AS bigint[]), CAST(:v3 AS bigint[])) AS t (a, b, c, d, e, f, g, h, i, j, k) */
ON CONFLICT DO NOTHING

-- name: touched_by_observations
SELECT seq, COALESCE((SELECT NULLIF(c.merged_into, '') FROM contacts c WHERE c.id = observations.contact_id), contact_id) FROM observations
WHERE seq > :from_seq AND seq <= :to_seq AND kind IN ('relationship.answer', 'advocacy.declared', 'advocacy.act')
  AND contact_id <> ''
ORDER BY seq LIMIT :limit;

-- name: touched_by_history
SELECT seq, contact_id FROM relationship_history WHERE seq > :from_seq AND seq <= :to_seq AND contact_id <> ''
ORDER BY seq LIMIT :limit;

-- name: held_until
SELECT due_at, contact_id FROM metric_held WHERE metric = :metric AND due_at <= :now ORDER BY due_at LIMIT :limit;

-- name: hold
INSERT INTO metric_held (metric, due_at, contact_id) VALUES (:metric, :due_at, :contact_id) ON CONFLICT DO NOTHING;

-- name: release_held
DELETE FROM metric_held WHERE metric = :metric AND due_at = :due_at AND contact_id = :contact_id;

-- name: facts_of
SELECT contact_id, seq, view, day, at, thread, withdrawn, v0, v1, v2, v3 FROM metric_facts
WHERE contact_id /*+sqlite IN (SELECT value FROM json_each(:contacts)) */ /*+postgresql = ANY(CAST(:contacts AS text[])) */
  AND seq <= :through_seq
ORDER BY contact_id, seq;

-- name: history_of
SELECT contact_id, account_id, seq, what, value, day, at FROM relationship_history
WHERE contact_id /*+sqlite IN (SELECT value FROM json_each(:contacts)) */ /*+postgresql = ANY(CAST(:contacts AS text[])) */
  AND seq <= :through_seq
ORDER BY contact_id, seq;

-- name: timelines_of
-- Not = ANY: where nothing is known of the table yet, PostgreSQL would read all units of the metric and compare each with
-- every name of the list.
SELECT contact_id, account_id, timeline FROM metric_units
WHERE metric = :metric AND contact_id IN (SELECT /*+sqlite value FROM json_each(:contacts) */ /*+postgresql unnest(CAST(:contacts AS text[])) */);

-- name: put_units
INSERT INTO metric_units (metric, contact_id, account_id, timeline)
/*+sqlite VALUES (:metric, :contact_id, :account_id, :timeline) */
/*+postgresql SELECT a, b, c, d FROM unnest(CAST(:metric AS text[]), CAST(:contact_id AS text[]), CAST(:account_id AS text[]), CAST(:timeline AS text[])) AS t (a, b, c, d) */
ON CONFLICT (metric, contact_id) DO UPDATE SET account_id = excluded.account_id, timeline = excluded.timeline

-- name: add_deltas
INSERT INTO metric_deltas (metric, account_id, level, day, shard, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
/*+sqlite VALUES (:metric, :account_id, :level, :day, :shard, :s0, :s1, :s2, :s3, :s4, :s5, :s6, :s7, :s8, :s9, :s10, :s11, :s12, :s13, :s14, :s15) */
/*+postgresql SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20 FROM unnest(CAST(:metric AS text[]), CAST(:account_id AS text[]), CAST(:level AS bigint[]), CAST(:day AS bigint[]), CAST(:shard AS bigint[]), CAST(:s0 AS bigint[]), CAST(:s1 AS bigint[]), CAST(:s2 AS bigint[]), CAST(:s3 AS bigint[]), CAST(:s4 AS bigint[]), CAST(:s5 AS bigint[]), CAST(:s6 AS bigint[]), CAST(:s7 AS bigint[]), CAST(:s8 AS bigint[]), CAST(:s9 AS bigint[]), CAST(:s10 AS bigint[]), CAST(:s11 AS bigint[]), CAST(:s12 AS bigint[]), CAST(:s13 AS bigint[]), CAST(:s14 AS bigint[]), CAST(:s15 AS bigint[])) AS t (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20) */
ON CONFLICT (metric, account_id, level, day, shard) DO UPDATE SET
       s0 = metric_deltas.s0 + excluded.s0, s1 = metric_deltas.s1 + excluded.s1, s2 = metric_deltas.s2 + excluded.s2, s3 = metric_deltas.s3 + excluded.s3,
       s4 = metric_deltas.s4 + excluded.s4, s5 = metric_deltas.s5 + excluded.s5, s6 = metric_deltas.s6 + excluded.s6, s7 = metric_deltas.s7 + excluded.s7,
       s8 = metric_deltas.s8 + excluded.s8, s9 = metric_deltas.s9 + excluded.s9, s10 = metric_deltas.s10 + excluded.s10, s11 = metric_deltas.s11 + excluded.s11,
       s12 = metric_deltas.s12 + excluded.s12, s13 = metric_deltas.s13 + excluded.s13, s14 = metric_deltas.s14 + excluded.s14, s15 = metric_deltas.s15 + excluded.s15

-- name: add_to_snapshots
INSERT INTO metric_snapshots (metric, month_start, account_id, level, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
/*+sqlite VALUES (:metric, :month_start, :account_id, :level, :s0, :s1, :s2, :s3, :s4, :s5, :s6, :s7, :s8, :s9, :s10, :s11, :s12, :s13, :s14, :s15) */
/*+postgresql SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19 FROM unnest(CAST(:metric AS text[]), CAST(:month_start AS bigint[]), CAST(:account_id AS text[]), CAST(:level AS bigint[]), CAST(:s0 AS bigint[]), CAST(:s1 AS bigint[]), CAST(:s2 AS bigint[]), CAST(:s3 AS bigint[]), CAST(:s4 AS bigint[]), CAST(:s5 AS bigint[]), CAST(:s6 AS bigint[]), CAST(:s7 AS bigint[]), CAST(:s8 AS bigint[]), CAST(:s9 AS bigint[]), CAST(:s10 AS bigint[]), CAST(:s11 AS bigint[]), CAST(:s12 AS bigint[]), CAST(:s13 AS bigint[]), CAST(:s14 AS bigint[]), CAST(:s15 AS bigint[])) AS t (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19) */
ON CONFLICT (metric, month_start, account_id, level) DO UPDATE SET
       s0 = metric_snapshots.s0 + excluded.s0, s1 = metric_snapshots.s1 + excluded.s1, s2 = metric_snapshots.s2 + excluded.s2, s3 = metric_snapshots.s3 + excluded.s3,
       s4 = metric_snapshots.s4 + excluded.s4, s5 = metric_snapshots.s5 + excluded.s5, s6 = metric_snapshots.s6 + excluded.s6, s7 = metric_snapshots.s7 + excluded.s7,
       s8 = metric_snapshots.s8 + excluded.s8, s9 = metric_snapshots.s9 + excluded.s9, s10 = metric_snapshots.s10 + excluded.s10, s11 = metric_snapshots.s11 + excluded.s11,
       s12 = metric_snapshots.s12 + excluded.s12, s13 = metric_snapshots.s13 + excluded.s13, s14 = metric_snapshots.s14 + excluded.s14, s15 = metric_snapshots.s15 + excluded.s15

-- name: roll_snapshots
-- The sums before :month_start are those before the month in front of it and the differences of that month.
INSERT INTO metric_snapshots (metric, month_start, account_id, level, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
SELECT CAST(:metric AS text), CAST(:month_start AS BIGINT), account_id, level,
       CAST(SUM(s0) AS BIGINT), CAST(SUM(s1) AS BIGINT), CAST(SUM(s2) AS BIGINT), CAST(SUM(s3) AS BIGINT),
       CAST(SUM(s4) AS BIGINT), CAST(SUM(s5) AS BIGINT), CAST(SUM(s6) AS BIGINT), CAST(SUM(s7) AS BIGINT),
       CAST(SUM(s8) AS BIGINT), CAST(SUM(s9) AS BIGINT), CAST(SUM(s10) AS BIGINT), CAST(SUM(s11) AS BIGINT),
       CAST(SUM(s12) AS BIGINT), CAST(SUM(s13) AS BIGINT), CAST(SUM(s14) AS BIGINT), CAST(SUM(s15) AS BIGINT)
FROM (SELECT account_id, level, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15
      FROM metric_snapshots WHERE metric = :metric AND month_start = :month_before
      UNION ALL
      SELECT account_id, level, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15
      FROM metric_deltas WHERE metric = :metric AND day >= :month_before AND day < :month_start) AS both_parts
GROUP BY account_id, level;

-- name: first_delta
SELECT COALESCE(MIN(day), 0) FROM metric_deltas WHERE metric = :metric;

-- name: snapshots_of_account
SELECT month_start, level, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15 FROM metric_snapshots
WHERE metric = :metric AND month_start /*+sqlite IN (SELECT value FROM json_each(:months)) */ /*+postgresql = ANY(CAST(:months AS bigint[])) */
  AND account_id = :account_id;

-- name: snapshots_of_all
SELECT account_id, level, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15 FROM metric_snapshots
WHERE metric = :metric AND month_start = :month_start;

-- name: deltas_of_account
SELECT level, CAST(SUM(s0) AS BIGINT), CAST(SUM(s1) AS BIGINT), CAST(SUM(s2) AS BIGINT), CAST(SUM(s3) AS BIGINT),
       CAST(SUM(s4) AS BIGINT), CAST(SUM(s5) AS BIGINT), CAST(SUM(s6) AS BIGINT), CAST(SUM(s7) AS BIGINT),
       CAST(SUM(s8) AS BIGINT), CAST(SUM(s9) AS BIGINT), CAST(SUM(s10) AS BIGINT), CAST(SUM(s11) AS BIGINT),
       CAST(SUM(s12) AS BIGINT), CAST(SUM(s13) AS BIGINT), CAST(SUM(s14) AS BIGINT), CAST(SUM(s15) AS BIGINT)
FROM metric_deltas WHERE metric = :metric AND account_id = :account_id AND level IN (0, 1, 2) AND day >= :from_day AND day <= :to_day
GROUP BY level;

-- name: deltas_of_all
SELECT account_id, level, CAST(SUM(s0) AS BIGINT), CAST(SUM(s1) AS BIGINT), CAST(SUM(s2) AS BIGINT), CAST(SUM(s3) AS BIGINT),
       CAST(SUM(s4) AS BIGINT), CAST(SUM(s5) AS BIGINT), CAST(SUM(s6) AS BIGINT), CAST(SUM(s7) AS BIGINT),
       CAST(SUM(s8) AS BIGINT), CAST(SUM(s9) AS BIGINT), CAST(SUM(s10) AS BIGINT), CAST(SUM(s11) AS BIGINT),
       CAST(SUM(s12) AS BIGINT), CAST(SUM(s13) AS BIGINT), CAST(SUM(s14) AS BIGINT), CAST(SUM(s15) AS BIGINT)
FROM metric_deltas WHERE metric = :metric AND day >= :from_day AND day <= :to_day
GROUP BY account_id, level;

-- name: accounts_named
SELECT id, ref, name FROM accounts ORDER BY id;

-- name: history_of_accounts
SELECT seq, account_id, what, value, day FROM relationship_history WHERE contact_id = '' AND seq > :after ORDER BY seq;

-- name: contacts_after
SELECT id FROM contacts WHERE id > :after ORDER BY id LIMIT :limit;

-- name: count_contacts
SELECT COUNT(1) FROM contacts;

-- name: deltas_of_one
SELECT account_id, level, day, CAST(SUM(s0) AS BIGINT), CAST(SUM(s1) AS BIGINT), CAST(SUM(s2) AS BIGINT), CAST(SUM(s3) AS BIGINT),
       CAST(SUM(s4) AS BIGINT), CAST(SUM(s5) AS BIGINT), CAST(SUM(s6) AS BIGINT), CAST(SUM(s7) AS BIGINT),
       CAST(SUM(s8) AS BIGINT), CAST(SUM(s9) AS BIGINT), CAST(SUM(s10) AS BIGINT), CAST(SUM(s11) AS BIGINT),
       CAST(SUM(s12) AS BIGINT), CAST(SUM(s13) AS BIGINT), CAST(SUM(s14) AS BIGINT), CAST(SUM(s15) AS BIGINT)
FROM metric_deltas WHERE metric = :metric AND account_id = :account_id GROUP BY account_id, level, day;
