-- Links that customers hold.

-- name: find_link
-- Whoever was merged answers in the name of the one who stands for them.
SELECT m.kind, m.purpose, m.plugin, m.about, m.item_id, COALESCE(NULLIF(c.merged_into, ''), m.contact_id), m.account_id, m.answered_at, m.expires_at, m.revoked_at,
       COALESCE(c.name, ''), COALESCE(c.language, ''), COALESCE(a.name, '')
FROM messages m LEFT JOIN contacts c ON c.id = m.contact_id LEFT JOIN accounts a ON a.id = m.account_id
WHERE m.id = :id;

-- name: revoke_link
UPDATE messages SET revoked_at = :now WHERE id = :id AND revoked_at = 0;

-- name: page_of
SELECT id FROM messages WHERE item_id = :item_id AND purpose = 'loop' AND revoked_at = 0 AND expires_at > :now
ORDER BY created_at DESC LIMIT 1;

-- name: hear_due
SELECT due_hear FROM items WHERE id = :item_id AND state = 'raised';
