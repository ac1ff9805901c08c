-- What our own people hear of.

-- name: add_notices
-- The unique occasion keeps a step that is written twice from being told twice.
INSERT INTO team_notices (teammate_id, item_id, occasion, kind, about, at)
/*+sqlite VALUES (:teammate_id, :item_id, :occasion, :kind, :about, :at) */
/*+postgresql SELECT t.* FROM unnest(CAST(:teammate_id AS text[]), CAST(:item_id AS text[]), CAST(:occasion AS text[]), CAST(:kind AS text[]), CAST(:about AS text[]), CAST(:at AS bigint[])) AS t */
ON CONFLICT DO NOTHING;

-- name: first_content
SELECT content FROM ledger_contents WHERE item_id = :item_id AND n = 1;

-- name: due_soon
-- What is owed until the horizon and nobody was warned of. By the index of due instants, behind the last one seen.
SELECT i.id, i.number, i.next_due, i.owner_id, i.account_id, i.state, i.will_change, i.raised_at, i.heard_at, i.decided_at, i.changed_at
FROM items i
WHERE i.next_due > :now AND i.next_due <= :horizon AND (i.next_due, i.number) > (:next_due, :number) AND i.owner_id <> ''
  AND NOT EXISTS (SELECT 1 FROM team_notices t WHERE t.item_id = i.id AND t.occasion = 'due ' || CAST(i.next_due AS TEXT))
ORDER BY i.next_due, i.number LIMIT :limit;

-- name: waiting
-- Whoever has left hears of nothing.
SELECT n.teammate_id, n.kind, MIN(n.at), COALESCE(MAX(CASE WHEN t.deactivated_at = 0 THEN 1 ELSE 0 END), 0), COALESCE(MAX(t.digest_hour), -1)
FROM team_notices n LEFT JOIN teammates t ON t.id = n.teammate_id
WHERE n.state = 'waiting' GROUP BY n.teammate_id, n.kind ORDER BY n.teammate_id, n.kind;

-- name: put_aside
-- For the digest, or for nobody.
UPDATE team_notices SET state = :state WHERE teammate_id = :teammate_id AND kind = :kind AND state = 'waiting';

-- name: gather
-- Each goes into one mail: whoever comes second finds nothing left. The mail shows the item as it is now.
UPDATE team_notices SET state = 'sent', message_id = :message_id,
       seen_version = COALESCE((SELECT i.version FROM items i WHERE i.id = team_notices.item_id), 0)
WHERE teammate_id = :teammate_id AND state = :state;

-- name: only_item
-- Whom a mail is about, when it is about one item.
SELECT COUNT(DISTINCT item_id), COALESCE(MIN(item_id), '') FROM team_notices WHERE message_id = :message_id;

-- name: teammates
SELECT id, email, name, digest_hour, digest_zone, digest_day FROM teammates WHERE deactivated_at = 0 ORDER BY id;

-- name: teammate
SELECT t.id, t.email, t.name, t.digest_hour, t.digest_zone, t.deactivated_at,
       CASE WHEN s.address IS NULL THEN '' WHEN s.reason = '' THEN 'mail to it came back' ELSE s.reason END
FROM teammates t LEFT JOIN suppressions s ON s.address = t.email WHERE t.id = :key OR t.email = :key;

-- name: choices
SELECT kind, choice FROM team_choices WHERE teammate_id = :teammate_id;

-- name: choose
INSERT INTO team_choices (teammate_id, kind, choice) VALUES (:teammate_id, :kind, :choice)
ON CONFLICT (teammate_id, kind) DO UPDATE SET choice = excluded.choice;

-- name: choose_digest
UPDATE teammates SET digest_hour = :digest_hour, digest_zone = :digest_zone WHERE id = :id;

-- name: write_again
DELETE FROM suppressions WHERE address = :address;

-- name: take_digest_day
-- Of several hosts one writes the digest of a day.
UPDATE teammates SET digest_day = :day WHERE id = :id AND digest_day < :day;

-- name: open_items
SELECT COUNT(1) FROM items WHERE owner_id = :owner AND state IN ('raised', 'heard', 'decided', 'changed', 'told');

-- name: letter
SELECT m.about, m.document, m.teammate_id, t.name, t.email, m.created_at FROM messages m JOIN teammates t ON t.id = m.teammate_id WHERE m.id = :id;

-- name: notices_of_letter
SELECT n.item_id, n.occasion, n.kind, n.about, n.contact_id, COALESCE(c.name, ''), COALESCE(a.name, ''), COALESCE(s.reason, '')
FROM team_notices n
LEFT JOIN contacts c ON c.id = n.contact_id AND n.contact_id <> ''
LEFT JOIN accounts a ON a.id = c.account_id
LEFT JOIN suppressions s ON s.address = c.email AND c.email <> '' AND n.about = 'contact_unreachable'
WHERE n.message_id = :message_id ORDER BY n.seq;

-- name: add_letter
-- To one of us: no contact, and no link for customers.
INSERT INTO messages (id, kind, purpose, channel, about, account_id, contact_id, teammate_id, item_id, document, state, not_before, created_at, expires_at)
VALUES (:id, 'team', '', 'mail', :about, '', '', :teammate_id, :item_id, :document, 'queued', :now, :now, :expires_at);

-- name: answered_since
-- How often somebody was told that their mail changed nothing: two programs could do that for ever.
SELECT COUNT(1) FROM messages WHERE kind = 'team' AND about = 'refused' AND teammate_id = :teammate_id AND created_at > :since;

-- name: items_of_letter
SELECT n.item_id, i.number, MAX(n.seen_version) FROM team_notices n JOIN items i ON i.id = n.item_id
WHERE n.message_id = :message_id GROUP BY n.item_id, i.number ORDER BY i.number;

-- name: happened_since
-- What the reader of a mail does not know. Our own notes and reminders change nothing about it.
SELECT COUNT(1) FROM ledger WHERE item_id = :item_id AND n > :n
  AND event NOT IN ('noted', 'owner_reminded', 'manager_reminded', 'sponsor_reminded', 'channel_asked', 'quiet', 'message_bounced', 'joined_theme', 'left_theme');

-- name: forget_notices
DELETE FROM team_notices WHERE state IN ('sent', 'dropped') AND at < :before;

-- name: unreachable
SELECT t.email FROM teammates t JOIN suppressions s ON s.address = t.email WHERE t.deactivated_at = 0 ORDER BY t.email;
