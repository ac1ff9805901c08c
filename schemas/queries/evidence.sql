-- Links that customers hold.

-- name: find_link
-- Whoever was merged answers in the name of the one who stands for them.
SELECT m.kind, m.purpose, m.plugin, m.about, m.item_id, COALESCE(NULLIF(c.merged_into, ''), m.contact_id), m.account_id, m.answered_at, m.expires_at, m.revoked_at,
       COALESCE(c.name, t.name, ''), COALESCE(c.language, ''), COALESCE(a.name, '')
FROM messages m LEFT JOIN contacts c ON c.id = m.contact_id LEFT JOIN accounts a ON a.id = m.account_id LEFT JOIN teammates t ON t.id = m.teammate_id
WHERE m.id = :id;

-- name: add_test_link
-- To one of us, of no contact and no campaign: nothing counts it, and nothing that comes of it is kept.
INSERT INTO messages (id, kind, purpose, channel, plugin, about, account_id, contact_id, teammate_id, document, state, not_before, created_at, expires_at)
VALUES (:id, 'plugin', :purpose, 'mail', :plugin, :about, '', '', :teammate_id, :document, 'queued', :now, :now, :expires_at);

-- name: revoke_link
UPDATE messages SET revoked_at = :now WHERE id = :id AND revoked_at = 0;

-- name: page_of
SELECT id FROM messages WHERE item_id = :item_id AND purpose = 'loop' AND revoked_at = 0 AND expires_at > :now
ORDER BY created_at DESC LIMIT 1;

-- name: hear_due
SELECT due_hear FROM items WHERE id = :item_id AND state = 'raised';
