-- A metric that has much to catch up goes over all contacts once; where it is must outlive a restart.
ALTER TABLE metric_cursors ADD COLUMN sweep_seq BIGINT NOT NULL DEFAULT 0;        -- everything up to here counts
ALTER TABLE metric_cursors ADD COLUMN sweep_history BIGINT NOT NULL DEFAULT 0;
ALTER TABLE metric_cursors ADD COLUMN sweep_after TEXT NOT NULL DEFAULT '';       -- the last contact that is done

-- Promises are paged in this order.
DROP INDEX commitments_by_due;
CREATE INDEX commitments_by_due ON commitments (due_at, item_id, round);
DROP INDEX lone_commitments_by_due;
CREATE INDEX lone_commitments_by_due ON lone_commitments (due_at, id);

-- What somebody has to do: theirs, in one state.
CREATE INDEX items_by_owner_and_state ON items (owner_id, state, number);
