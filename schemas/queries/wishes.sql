-- What people wish to be asked, and when they were.

-- part: matters
(c.level = 'executive' OR (',' || c.tags || ',') LIKE '%,key,%')

-- name: alert_of_address
-- One notice for each of them to the owner of their account; an account without an owner has nobody to tell.
INSERT INTO team_notices (teammate_id, item_id, occasion, kind, about, at, contact_id)
SELECT a.owner_id, '', CAST(:occasion AS TEXT) || ' ' || c.id, 'key_contact', CAST(:about AS TEXT), CAST(:at AS BIGINT), c.id
FROM contacts c JOIN accounts a ON a.id = c.account_id
WHERE c.email = :address AND c.email <> '' AND c.active = 1 AND c.merged_into = '' AND a.owner_id <> '' AND {matters}
ON CONFLICT DO NOTHING;

-- name: alert_of_contact
INSERT INTO team_notices (teammate_id, item_id, occasion, kind, about, at, contact_id)
SELECT a.owner_id, '', CAST(:occasion AS TEXT) || ' ' || c.id, 'key_contact', CAST(:about AS TEXT), CAST(:at AS BIGINT), c.id
FROM contacts c JOIN accounts a ON a.id = c.account_id
WHERE c.id = :contact_id AND c.merged_into = '' AND c.erased_at = 0 AND a.owner_id <> '' AND {matters}
ON CONFLICT DO NOTHING;

-- name: alert_of_silence
-- Two questions that left and were not answered, with nothing answered in between. The occasion names the later one, so
-- that the next look says nothing, and the next silence does; nothing is said about one that is long past.
INSERT INTO team_notices (teammate_id, item_id, occasion, kind, about, at, contact_id)
SELECT s.owner_id, '', 'contact_silent ' || s.latest, 'key_contact', CAST(:about AS TEXT), CAST(:at AS BIGINT), s.contact_id
FROM (SELECT c.id AS contact_id, a.owner_id AS owner_id, MAX(m.id) AS latest
      FROM contacts c JOIN accounts a ON a.id = c.account_id
      JOIN messages m ON m.contact_id = c.id
      WHERE {matters} AND c.active = 1 AND c.merged_into = '' AND a.owner_id <> ''
        AND m.kind = 'invitation' AND m.reminder = 0 AND m.handed_over_at > 0 AND m.handed_over_at < :before AND m.state <> 'bounced'
        AND m.created_at > COALESCE((SELECT MAX(n.created_at) FROM messages n WHERE n.contact_id = c.id AND n.answered_at > 0), 0)
      GROUP BY c.id, a.owner_id HAVING COUNT(1) >= 2 AND MAX(m.handed_over_at) > :since) AS s
WHERE 1 = 1
ON CONFLICT DO NOTHING;

-- name: forget_wishes
DELETE FROM asking_wishes WHERE contact_id = :contact_id;

-- name: forget_tags
UPDATE contacts SET tags = '' WHERE id = :contact_id;

-- name: set_tags
UPDATE contacts
/*+sqlite SET tags = :tags WHERE id = :id */
/*+postgresql SET tags = t.tags FROM unnest(CAST(:id AS text[]), CAST(:tags AS text[])) AS t (id, tags) WHERE contacts.id = t.id */;

-- name: whose_message
SELECT m.contact_id, c.email, c.language, COALESCE(t.name, ''), COALESCE(t.email, ''),
       CASE WHEN EXISTS (SELECT 1 FROM opt_outs o WHERE o.contact_id = c.id OR (c.email <> '' AND o.address = c.email)) THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM asking_wishes w WHERE w.wish = 'light' AND (w.contact_id = c.id OR (c.email <> '' AND w.address = c.email))) THEN 1 ELSE 0 END
FROM messages m JOIN contacts c ON c.id = m.contact_id
LEFT JOIN accounts a ON a.id = c.account_id
LEFT JOIN teammates t ON t.id = a.owner_id AND t.deactivated_at = 0
WHERE m.id = :message_id;

-- name: asked_questions
-- What was sent to them, by its last subject: its reader knows no other name for it.
SELECT q.plugin, q.about, q.latest,
       COALESCE((SELECT k.subject FROM messages n JOIN message_copies k ON k.message_id = n.id
                 WHERE n.contact_id = :contact_id AND n.kind = 'invitation' AND n.plugin = q.plugin AND n.about = q.about
                 ORDER BY n.created_at DESC LIMIT 1), q.about),
       CASE WHEN EXISTS (SELECT 1 FROM asking_wishes w WHERE w.wish = 'mute' AND w.plugin = q.plugin AND w.about = q.about
                           AND (w.contact_id = :contact_id OR (:address <> '' AND w.address = :address))) THEN 1 ELSE 0 END
FROM (SELECT plugin, about, MAX(created_at) AS latest FROM messages
      WHERE contact_id = :contact_id AND kind = 'invitation' AND plugin <> '' AND handed_over_at > 0
      GROUP BY plugin, about) AS q
ORDER BY q.latest DESC, q.plugin, q.about LIMIT :limit;

-- name: add_wish
INSERT INTO asking_wishes (contact_id, wish, plugin, about, address, message_id, at)
VALUES (:contact_id, :wish, :plugin, :about, :address, :message_id, :at)
ON CONFLICT (contact_id, wish, plugin, about) DO NOTHING;

-- name: drop_wish
DELETE FROM asking_wishes
WHERE wish = :wish AND plugin = :plugin AND about = :about AND (contact_id = :contact_id OR (:address <> '' AND address = :address));

-- name: opt_in
DELETE FROM opt_outs WHERE contact_id = :contact_id OR (:address <> '' AND address = :address);

-- name: set_language
-- Wherever the address stands.
UPDATE contacts SET language = :language, updated_at = :at
WHERE (id = :contact_id OR (:address <> '' AND email = :address)) AND language <> :language;
