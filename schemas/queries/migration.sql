-- The record of migrations; made before the first one runs.

-- name: make_record
CREATE TABLE IF NOT EXISTS schema_migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);

-- name: applied
SELECT number, name, checksum FROM schema_migrations ORDER BY number;

-- name: record
INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (:number, :name, :checksum, :now);

-- name: one_at_a_time
-- Two hosts that start together must not both migrate.
/*+sqlite SELECT 1 */
/*+postgresql SELECT CAST(pg_advisory_xact_lock(4711) AS text) */
