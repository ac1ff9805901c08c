-- Asking many people at once.

-- name: one_at_a_time
-- Two hosts that plan at once would both find somebody rested.
/*+sqlite SELECT '' */
/*+postgresql SELECT CAST(pg_advisory_xact_lock(4713) AS text) */

-- name: find_by_key
SELECT id FROM campaigns WHERE request_key = :key;

-- name: candidates
-- Everybody, because what an audience names and nobody has must be said. An address that was asked, or will be, within
-- the rest rests, at whichever account it stands. A link that was made by hand counts once it was answered: until then
-- nobody knows whether it was ever passed on.
SELECT c.id, c.account_id, a.ref, a.segment, c.level, c.email, c.active,
       CASE WHEN s.address IS NULL THEN 0 ELSE 1 END,
       CASE WHEN EXISTS (SELECT 1 FROM opt_outs o WHERE o.contact_id = c.id OR (c.email <> '' AND o.address = c.email)) THEN 1 ELSE 0 END,
       COALESCE(r.asked_at, 0)
FROM contacts c
JOIN accounts a ON a.id = c.account_id
LEFT JOIN suppressions s ON s.address = c.email AND c.email <> ''
LEFT JOIN (SELECT k.email, MAX(m.created_at) AS asked_at
           FROM messages m JOIN contacts k ON k.id = m.contact_id
           WHERE m.kind = 'invitation' AND m.state NOT IN ('cancelled', 'rejected', 'suppressed')
             AND (m.state <> 'link' OR m.answered_at > 0)
             AND m.created_at > :rested_since AND m.created_at < :rested_until AND k.email <> ''
           GROUP BY k.email) r ON r.email = c.email
ORDER BY a.name, c.name, c.id;

-- name: add_campaign
INSERT INTO campaigns (id, request_key, plugin, about, audience, created_by, created_at, due_at)
VALUES (:id, :request_key, :plugin, :about, :audience, :created_by, :created_at, :due_at);

-- name: add_contacts
INSERT INTO campaign_contacts (campaign_id, contact_id, message_id, left_out)
/*+sqlite VALUES (:campaign_id, :contact_id, :message_id, :left_out) */
/*+postgresql SELECT a, b, c, d FROM unnest(CAST(:campaign_id AS text[]), CAST(:contact_id AS text[]), CAST(:message_id AS text[]), CAST(:left_out AS text[])) AS t (a, b, c, d) */

-- name: add_invitations
-- The instant at which they are due is when they count as made: their date, their tries and their links start there.
INSERT INTO messages (id, kind, purpose, channel, plugin, about, account_id, contact_id, state, not_before, created_at, expires_at)
/*+sqlite VALUES (:id, 'invitation', 'survey', 'mail', :plugin, :about, :account_id, :contact_id, 'queued', :due_at, :due_at, :expires_at) */
/*+postgresql SELECT a, 'invitation', 'survey', 'mail', b, c, d, e, 'queued', f, f, g FROM unnest(CAST(:id AS text[]), CAST(:plugin AS text[]), CAST(:about AS text[]), CAST(:account_id AS text[]), CAST(:contact_id AS text[]), CAST(:due_at AS bigint[]), CAST(:expires_at AS bigint[])) AS t (a, b, c, d, e, f, g) */

-- name: campaigns
SELECT c.id, c.plugin, c.about, c.audience, COALESCE(t.name, p.name, c.created_by), c.created_at, c.due_at, c.cancelled_at
FROM campaigns c
LEFT JOIN teammates t ON t.id = c.created_by
LEFT JOIN api_tokens p ON p.id = c.created_by
WHERE (:id = '' OR c.id = :id) AND (:before = '' OR c.id < :before) ORDER BY c.id DESC LIMIT :limit;

-- name: progress
-- Provisional: fetched by somebody or something, and nothing was sent.
SELECT m.state, COUNT(1), SUM(CASE WHEN m.handed_over_at > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN m.answered_at > 0 THEN 1 ELSE 0 END),
       SUM(CASE WHEN m.answered_at = 0 AND EXISTS (SELECT 1 FROM link_fetches f WHERE f.message_id = m.id) THEN 1 ELSE 0 END)
FROM campaign_contacts k JOIN messages m ON m.id = k.message_id
WHERE k.campaign_id = :campaign_id GROUP BY m.state;

-- name: left_out_counts
SELECT left_out, COUNT(1) FROM campaign_contacts WHERE campaign_id = :campaign_id AND left_out <> '' GROUP BY left_out;

-- name: left_out
SELECT k.contact_id, COALESCE(c.name, ''), COALESCE(a.name, ''), k.left_out
FROM campaign_contacts k
LEFT JOIN contacts c ON c.id = k.contact_id
LEFT JOIN accounts a ON a.id = c.account_id
WHERE k.campaign_id = :campaign_id AND k.left_out <> '' ORDER BY k.left_out, a.name, c.name, k.contact_id;

-- name: cancel_campaign
UPDATE campaigns SET cancelled_at = :now WHERE id = :id AND cancelled_at = 0;

-- name: cancel_invitations
-- Only what nobody has started on can be taken back.
UPDATE messages SET state = 'cancelled'
WHERE state = 'queued' AND id IN (SELECT message_id FROM campaign_contacts WHERE campaign_id = :campaign_id AND message_id <> '');

-- name: opt_out
-- The message that made them say so; empty when none is known.
INSERT INTO opt_outs (contact_id, address, message_id, way, at)
SELECT c.id, c.email, CAST(:message_id AS TEXT), CAST(:way AS TEXT), CAST(:at AS BIGINT)
FROM contacts c WHERE c.id = :contact_id
ON CONFLICT (contact_id) DO NOTHING;

-- name: contact_of_message
SELECT contact_id FROM messages WHERE id = :message_id;

-- name: readers_of
SELECT c.id, c.account_id, c.email, c.name, c.level, c.language, c.zone, c.active
FROM contacts k JOIN contacts c ON c.id = k.id OR (k.email <> '' AND c.email = k.email)
WHERE k.id = :contact_id ORDER BY c.id;
