-- What plugins remember.

-- name: kv_get
SELECT value, version FROM plugin_kv WHERE plugin = :plugin AND key = :key AND (expires_at = 0 OR expires_at > :now);

-- name: kv_version
SELECT version FROM plugin_kv WHERE plugin = :plugin AND key = :key AND (expires_at = 0 OR expires_at > :now)
/*+postgresql FOR UPDATE */

-- name: kv_put
-- Touches no row when another host wrote this version first.
INSERT INTO plugin_kv (plugin, key, value, version, expires_at) VALUES (:plugin, :key, :value, :version, :expires_at)
ON CONFLICT (plugin, key) DO UPDATE SET value = excluded.value, version = excluded.version, expires_at = excluded.expires_at
WHERE plugin_kv.version < excluded.version OR (plugin_kv.expires_at <> 0 AND plugin_kv.expires_at <= :now);

-- name: kv_erase
DELETE FROM plugin_kv WHERE plugin = :plugin AND key = :key;

-- name: kv_scan
-- By bytes in both databases, whatever the collation of this one.
SELECT key, value, version FROM plugin_kv
WHERE plugin = :plugin AND key /*+postgresql COLLATE "C" */ >= :prefix AND key /*+postgresql COLLATE "C" */ > :after
AND (expires_at = 0 OR expires_at > :now) ORDER BY key /*+postgresql COLLATE "C" */ LIMIT :limit;

-- name: set_timer
INSERT INTO plugin_timers (plugin, id, due_at, period_us, payload, lease_until) VALUES (:plugin, :id, :due_at, :period_us, :payload, 0)
ON CONFLICT (plugin, id) DO UPDATE SET due_at = excluded.due_at, period_us = excluded.period_us, payload = excluded.payload, lease_until = 0;

-- name: clear_timer
DELETE FROM plugin_timers WHERE plugin = :plugin AND id = :id;

-- name: due_timers
SELECT plugin, id, due_at, period_us, payload FROM plugin_timers WHERE due_at <= :now AND lease_until <= :now
ORDER BY due_at LIMIT :limit /*+postgresql FOR UPDATE SKIP LOCKED */

-- name: lease_timer
UPDATE plugin_timers SET lease_until = :until WHERE plugin = :plugin AND id = :id;

-- name: finish_timer
-- Unless the plugin set it anew while it was handled.
DELETE FROM plugin_timers WHERE plugin = :plugin AND id = :id AND due_at = :due_at;

-- name: next_period
UPDATE plugin_timers SET due_at = :next_due, lease_until = 0 WHERE plugin = :plugin AND id = :id AND due_at = :due_at;

-- name: forget_wanted
DELETE FROM wanted_events WHERE plugin = :plugin;

-- name: want_event
INSERT INTO wanted_events (plugin, kind) VALUES (:plugin, :kind) ON CONFLICT DO NOTHING;

-- name: who_wants
SELECT plugin FROM wanted_events WHERE kind = :kind AND (:plugin = '' OR plugin = :plugin) ORDER BY plugin;
