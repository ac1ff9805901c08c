-- Addresses that nobody writes to any more.

-- name: suppress
-- The first reason stands.
INSERT INTO suppressions (address, reason, message_id, at, cause, status, mail_id)
VALUES (:address, :reason, :message_id, :at, :cause, :status, :mail_id)
ON CONFLICT (address) DO NOTHING;

-- name: note_bounce
INSERT INTO address_bounces (address, kind, status, detail, message_id, mail_id, at)
VALUES (:address, :kind, :status, :detail, :message_id, :mail_id, :at);

-- name: soft_bounces_since
-- What bounced before somebody lifted the address counts no more.
SELECT COUNT(1) FROM address_bounces
WHERE address = :address AND kind = 'soft' AND at > :since
  AND at > COALESCE((SELECT MAX(lifted_at) FROM suppression_lifts WHERE address = :address), 0);

-- name: list
SELECT s.address, s.cause, s.reason, s.status, s.message_id, s.mail_id, s.at,
       COALESCE((SELECT MIN(c.name) FROM contacts c WHERE c.email = s.address), (SELECT MIN(t.name) FROM teammates t WHERE t.email = s.address), ''),
       COALESCE((SELECT MIN(a.name) FROM contacts c JOIN accounts a ON a.id = c.account_id WHERE c.email = s.address), '')
FROM suppressions s
WHERE (:cause = '' OR s.cause = :cause) AND (:words = '' OR SUBSTR(s.address, 1, LENGTH(:words)) = :words)
  AND (CAST(:before AS BIGINT) = 0 OR s.at < :before OR (s.at = :before AND s.address < :address))
ORDER BY s.at DESC, s.address DESC LIMIT :limit;

-- name: find
SELECT s.address, s.cause, s.reason, s.status, s.message_id, s.mail_id, s.at,
       COALESCE((SELECT MIN(c.name) FROM contacts c WHERE c.email = s.address), (SELECT MIN(t.name) FROM teammates t WHERE t.email = s.address), ''),
       COALESCE((SELECT MIN(a.name) FROM contacts c JOIN accounts a ON a.id = c.account_id WHERE c.email = s.address), '')
FROM suppressions s WHERE s.address = :address;

-- name: bounces
SELECT kind, status, detail, message_id, mail_id, at FROM address_bounces WHERE address = :address ORDER BY seq DESC LIMIT :limit;

-- name: lifts
SELECT l.cause, l.reason, l.suppressed_at, COALESCE(t.name, p.name, l.lifted_by), l.note, l.lifted_at
FROM suppression_lifts l LEFT JOIN teammates t ON t.id = l.lifted_by LEFT JOIN api_tokens p ON p.id = l.lifted_by
WHERE l.address = :address ORDER BY l.seq DESC LIMIT :limit;

-- name: note_lift
INSERT INTO suppression_lifts (address, cause, reason, suppressed_at, lifted_by, note, lifted_at)
SELECT address, cause, reason, at, CAST(:lifted_by AS TEXT), CAST(:note AS TEXT), CAST(:now AS BIGINT) FROM suppressions WHERE address = :address;

-- name: lift
DELETE FROM suppressions WHERE address = :address;

-- name: forget_bounces
DELETE FROM address_bounces WHERE address = :address AND :address <> '';

-- name: forget_lifts
DELETE FROM suppression_lifts WHERE address = :address AND :address <> '';
