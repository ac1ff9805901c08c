-- Who of us is writing about which item just now.

-- name: hold
INSERT INTO open_drafts (item_id, holder, step, name, since, until) VALUES (:item_id, :holder, :step, :name, :now, :until)
ON CONFLICT (item_id, holder, step) DO UPDATE SET name = excluded.name, until = excluded.until,
       since = CASE WHEN open_drafts.until < :now THEN excluded.since ELSE open_drafts.since END;

-- name: let_go
DELETE FROM open_drafts WHERE item_id = :item_id AND holder = :holder AND step = :step;

-- name: forget
DELETE FROM open_drafts WHERE until < :now;

-- name: open
-- Of one item, or all of them.
SELECT item_id, holder, step, name, since, until FROM open_drafts
WHERE until >= :now AND (:item_id = '' OR item_id = :item_id) ORDER BY item_id, since, holder LIMIT :limit;
