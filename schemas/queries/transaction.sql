-- Prepared like any other statement: parsed anew for every group they would cost more than a row.

-- name: begin
-- IMMEDIATE: a transaction that reads first and then finds the lock taken would fail at once, whatever the timeout.
/*+sqlite BEGIN IMMEDIATE */
/*+postgresql BEGIN */

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;

-- name: savepoint
SAVEPOINT one_job;

-- name: release
RELEASE SAVEPOINT one_job;

-- name: undo
ROLLBACK TO SAVEPOINT one_job;
