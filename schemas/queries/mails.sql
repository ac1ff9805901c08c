-- Mail that comes in.

-- name: keep_contents
-- The driver hands over text: SQLite takes its bytes as they are, PostgreSQL gets them in base64.
INSERT INTO mail_contents (digest, bytes)
/*+sqlite VALUES (:digest, CAST(:bytes AS BLOB)) */
/*+postgresql SELECT d, decode(b, 'base64') FROM unnest(CAST(:digest AS text[]), CAST(:bytes AS text[])) AS t (d, b) */
ON CONFLICT DO NOTHING;

-- name: receive
-- The same bytes for the same recipient once more are the same mail.
INSERT INTO mails (digest, sender, recipient, received_at, state, not_before)
/*+sqlite VALUES (:digest, :sender, :recipient, :received_at, 'received', :received_at) */
/*+postgresql SELECT d, s, r, a, 'received', a FROM unnest(CAST(:digest AS text[]), CAST(:sender AS text[]), CAST(:recipient AS text[]), CAST(:received_at AS bigint[])) AS t (d, s, r, a) */
ON CONFLICT DO NOTHING;

-- name: take
-- Leased and counted before anybody reads them. Several hosts take side by side.
UPDATE mails SET attempts = attempts + 1, not_before = :until
WHERE id IN (SELECT id FROM mails WHERE state IN ('received', 'read') AND not_before <= :now
             ORDER BY not_before, id LIMIT :limit /*+postgresql FOR UPDATE SKIP LOCKED */)
RETURNING id;

-- name: content
SELECT /*+sqlite c.bytes */ /*+postgresql translate(encode(c.bytes, 'base64'), chr(10), '') */
FROM mails m JOIN mail_contents c ON c.digest = m.digest WHERE m.id = :id;

-- name: find
SELECT id, digest, sender, recipient, received_at, state, attempts, kind, from_address, subject, outcome, detail, message_id, item_id,
       contact_id, settled_at, settled_by, disposition
FROM mails WHERE id = :id;

-- name: lock
-- Locked on PostgreSQL for the rest of the transaction: of two hosts that had it, one applies it.
SELECT state FROM mails WHERE id = :id
/*+postgresql FOR UPDATE */

-- name: list
-- Newest first; the cursor is the last id seen.
SELECT m.id, m.digest, m.sender, m.recipient, m.received_at, m.state, m.attempts, m.kind, m.from_address, m.subject, m.outcome, m.detail,
       m.message_id, m.item_id, m.contact_id, m.settled_at, m.settled_by, '', COALESCE(i.number, 0), COALESCE(c.name, '')
FROM mails m LEFT JOIN items i ON i.id = m.item_id LEFT JOIN contacts c ON c.id = m.contact_id
WHERE (CAST(:id AS BIGINT) = 0 OR m.id = :id) AND (:state = '' OR m.state = :state)
  AND (CAST(:before AS BIGINT) = 0 OR m.id < :before)
ORDER BY m.id DESC LIMIT :limit;

-- name: keep_reading
UPDATE mails SET state = 'read', disposition = :disposition, kind = :kind, from_address = :from_address, subject = :subject
WHERE id = :id AND state IN ('received', 'read');

-- name: settle
UPDATE mails SET state = :state, outcome = :outcome, detail = :detail, message_id = :message_id, item_id = :item_id,
       contact_id = :contact_id, settled_at = :now, settled_by = :settled_by
WHERE id = :id;

-- name: postpone
UPDATE mails SET not_before = :not_before, detail = :detail WHERE id = :id AND state IN ('received', 'read');

-- name: try_again
-- As if it had just arrived; what was read before is read anew.
UPDATE mails SET state = 'received', attempts = 0, not_before = :now, detail = '' WHERE id = :id AND state = 'dead_lettered';

-- name: claim_meaning
INSERT INTO mail_meanings (meaning, mail_id) VALUES (:meaning, :mail_id) ON CONFLICT DO NOTHING;

-- name: first_with_meaning
SELECT m.id, m.item_id, m.contact_id FROM mail_meanings k JOIN mails m ON m.id = k.mail_id WHERE k.meaning = :meaning;

-- name: thread
-- The message with the address it was sent to: the copy knows it, whatever the contact's address is today. One of us
-- answers from their own address of today, and only while they are one of us.
SELECT m.kind, m.round, m.item_id, m.contact_id, m.account_id, m.about, LOWER(COALESCE(t.email, k.recipient, c.email, '')), m.teammate_id,
       CASE WHEN m.teammate_id <> '' AND (m.expires_at <= :now OR m.revoked_at <> 0 OR COALESCE(t.deactivated_at, 1) <> 0) THEN 1 ELSE 0 END
FROM messages m LEFT JOIN message_copies k ON k.message_id = m.id LEFT JOIN contacts c ON c.id = m.contact_id
LEFT JOIN teammates t ON t.id = m.teammate_id
WHERE m.id = :id;

-- name: acknowledged_since
SELECT COUNT(1) FROM messages
WHERE contact_id IN (SELECT id FROM contacts WHERE email = (SELECT email FROM contacts WHERE id = :contact_id))
  AND created_at > :since AND kind = 'acknowledgement' AND state <> 'link';

-- name: count_waiting
-- Those that came to their end are many, and nobody has to do anything about them.
SELECT state, COUNT(1) FROM mails WHERE state IN ('received', 'read', 'held', 'dead_lettered') GROUP BY state;
