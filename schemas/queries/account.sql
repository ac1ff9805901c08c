-- One customer: its facts, and who of us knows whom of them.

-- name: show
SELECT a.id, a.ref, a.name, a.segment, a.owner_id, a.renewal_on, a.annual_revenue, COALESCE(o.name, ''),
       a.sponsor_id, COALESCE(s.name, ''), a.calendar_id,
       (SELECT COUNT(1) FROM items i WHERE i.account_id = a.id AND i.state IN ('raised', 'heard', 'decided', 'changed', 'told')),
       COALESCE((SELECT MAX(t.at) FROM touchpoints t WHERE t.account_id = a.id), 0)
FROM accounts a
LEFT JOIN teammates o ON o.id = a.owner_id
LEFT JOIN teammates s ON s.id = a.sponsor_id
WHERE a.id = :key OR a.ref = :key
ORDER BY CASE WHEN a.id = :key THEN 0 ELSE 1 END LIMIT 1;

-- name: people
-- Also those who were merged: a touchpoint may still name them.
SELECT id, name, level, active, merged_into FROM contacts WHERE account_id = :account AND erased_at = 0;

-- name: team
SELECT id, name FROM teammates;

-- name: touchpoints
SELECT id, ref, kind, at, minutes, contacts, teammates, topics FROM touchpoints
WHERE account_id = :account AND at >= :since AND (at, id) < (:at, CAST(:id AS BIGINT))
  AND (:contact = '' OR ',' || contacts || ',' LIKE '%,' || :contact || ',%')
ORDER BY at DESC, id DESC LIMIT :limit;
