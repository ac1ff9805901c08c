-- Themes: what was decided for many, and how far each of them has come.

-- name: find_theme
SELECT id, number, title, version, opened_at, last_event_at FROM themes WHERE id = :id OR number = :number
/*+postgresql FOR UPDATE */

-- name: add_theme
INSERT INTO themes (id, title, version, opened_at, last_event_at) VALUES (:id, :title, :version, :opened_at, :last_event_at);

-- name: update_theme
UPDATE themes SET title = :title, version = :version, opened_at = :opened_at, last_event_at = :last_event_at WHERE id = :id;

-- name: drop_theme
DELETE FROM themes WHERE id = :id;

-- name: themes
-- Newest first, with how many items stand where. What is visibly closed was told as well.
SELECT t.id, t.number, t.title, t.version, t.opened_at, t.last_event_at, COUNT(i.id),
       COALESCE(SUM(CASE WHEN i.state IN ('told', 'visibly_closed') THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN i.state IN ('told', 'visibly_closed') AND i.evidence IN ('seen', 'confirmed') THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN i.state IN ('told', 'visibly_closed') AND i.evidence = 'confirmed' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN i.state = 'visibly_closed' THEN 1 ELSE 0 END), 0)
FROM themes t LEFT JOIN items i ON i.theme_id = t.id AND i.theme_id <> ''
  AND (:sees = '' OR i.owner_id = :sees OR i.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))
WHERE (:id = '' OR t.id = :id) AND (CAST(:number AS BIGINT) = 0 OR t.number = :number)
  AND (CAST(:before AS BIGINT) = 0 OR t.number < :before)
GROUP BY t.id, t.number, t.title, t.version, t.opened_at, t.last_event_at
HAVING :sees = '' OR COUNT(i.id) > 0
ORDER BY t.number DESC LIMIT :limit;

-- name: members
-- By pages in the order of their numbers.
SELECT i.id, i.number, i.account_id, i.contact_id, i.source, i.source_key, i.owner_id, i.segment, i.state, i.round, i.version,
       i.told_from, i.telling, i.will_change, i.evidence, i.evidence_source, i.due_hear, i.due_decide, i.due_change, i.due_tell,
       i.raised_at, i.heard_at, i.decided_at, i.changed_at, i.told_at, i.closed_at, i.promised_by, i.last_event_at, i.pending_reply,
       i.topic, i.theme_id, i.merged_into, i.our_failure, i.reminders, i.channel_asked, i.quiet, i.reminded_at, i.silent_since, i.same_since,
       COALESCE(a.name, ''), COALESCE(c.name, '')
FROM items i
LEFT JOIN accounts a ON a.id = i.account_id
LEFT JOIN contacts c ON c.id = i.contact_id
WHERE i.theme_id = :theme AND i.theme_id <> '' AND i.number > :after
  AND (:sees = '' OR i.owner_id = :sees OR i.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))
ORDER BY i.number LIMIT :limit;

-- name: proposals
-- Other items of the same person about the same thing on which nothing was decided yet, or which this one could go on in.
SELECT o.id, o.number, o.state, o.version, o.raised_at
FROM items i JOIN items o ON o.contact_id = i.contact_id AND o.topic = i.topic AND o.id <> i.id
WHERE i.id = :id AND i.contact_id <> '' AND i.topic <> '' AND i.state IN ('raised', 'heard', 'decided', 'changed', 'told')
  AND o.state IN ('raised', 'heard', 'decided', 'changed', 'told')
  AND (i.state IN ('raised', 'heard') OR o.state IN ('raised', 'heard'))
  AND (:sees = '' OR o.owner_id = :sees OR o.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))
ORDER BY o.number LIMIT 50;

-- name: owned_items
-- Everything that still has, or may get again, somebody of ours who answers for it.
SELECT id, number, version FROM items
WHERE owner_id = :owner AND number > :after AND state IN ('raised', 'heard', 'decided', 'changed', 'told', 'visibly_closed')
ORDER BY number LIMIT :limit;
