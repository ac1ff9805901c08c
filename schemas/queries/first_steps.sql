-- Whether a house is still empty.

-- name: contents
-- Each part looks for one row; of the people who may sign in it counts two, since one set the house up.
SELECT CASE WHEN EXISTS (SELECT 1 FROM contacts) THEN 1 ELSE 0 END,
       (SELECT COUNT(1) FROM (SELECT t.id FROM teammates t
                              WHERE t.deactivated_at = 0 AND t.disabled_at = 0
                                AND (EXISTS (SELECT 1 FROM passwords p WHERE p.teammate_id = t.id)
                                     OR EXISTS (SELECT 1 FROM identities i WHERE i.teammate_id = t.id)
                                     OR EXISTS (SELECT 1 FROM entrances e WHERE e.teammate_id = t.id AND e.used_at = 0)) LIMIT 2) AS people),
       CASE WHEN EXISTS (SELECT 1 FROM plugin_kv WHERE plugin = 'surveys' AND key = 'surveys') THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM campaigns) THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM items WHERE state = 'visibly_closed') THEN 1 ELSE 0 END,
       COALESCE((SELECT dismissed_at FROM first_steps WHERE id = 1), 0);

-- name: dismiss
INSERT INTO first_steps (id, dismissed_at) VALUES (1, :at) ON CONFLICT (id) DO UPDATE SET dismissed_at = excluded.dismissed_at;
