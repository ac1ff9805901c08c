-- What became of everybody whom a campaign's audience names.

-- name: campaign
SELECT paused_at FROM campaigns WHERE id = :id;

-- name: window_end
-- The last of so many contacts that are looked at for somebody of whom there may be few.
SELECT contact_id FROM campaign_contacts WHERE campaign_id = :id AND contact_id > :after ORDER BY contact_id LIMIT 1 OFFSET :window;

-- name: contacts
-- What was held back by a pause is due at its own time once that is over. One page behind a contact, by the key of the table;
-- receipts by their message, never by their order (+ 0), which would go through everybody's. A mail that was answered was sent, whatever came back later.
SELECT x.contact_id, x.name, x.account, x.address, x.status, x.reason, x.not_before, x.handed_over_at, x.answered_at, x.attempts, x.detail
FROM (SELECT k.contact_id AS contact_id, COALESCE(c.name, '') AS name, COALESCE(a.name, '') AS account, COALESCE(c.email, '') AS address,
             CASE WHEN k.message_id = '' THEN 'skipped'
                  WHEN m.answered_at > 0 THEN 'answered'
                  WHEN m.state IN ('rejected', 'bounced') THEN 'bounced'
                  WHEN m.state = 'given_up' AND m.unknowns > 0 THEN 'unknown'
                  WHEN m.state = 'given_up' THEN 'undelivered'
                  WHEN m.state = 'suppressed' THEN 'withheld'
                  WHEN m.state = 'cancelled' THEN 'cancelled'
                  WHEN m.state IN ('handed_over', 'link') THEN 'sent'
                  ELSE 'waiting' END AS status,
             CASE WHEN k.message_id = '' THEN k.left_out
                  WHEN m.state IN ('queued', 'claimed', 'transmitting', 'unknown') AND m.attempts = 0 THEN k.waits
                  WHEN m.state = 'queued' THEN 'deferred' ELSE '' END AS reason,
             COALESCE(CASE WHEN m.not_before >= 10000000000000000 THEN m.not_before - 10000000000000000 ELSE m.not_before END, 0) AS not_before, COALESCE(m.handed_over_at, 0) AS handed_over_at,
             COALESCE(m.answered_at, 0) AS answered_at, COALESCE(m.attempts, 0) AS attempts,
             COALESCE((SELECT r.detail FROM receipts r WHERE r.message_id = m.id ORDER BY r.seq + 0 DESC LIMIT 1), '') AS detail
      FROM campaign_contacts k
      LEFT JOIN messages m ON m.id = k.message_id AND k.message_id <> ''
      LEFT JOIN contacts c ON c.id = k.contact_id
      LEFT JOIN accounts a ON a.id = c.account_id
      WHERE k.campaign_id = :id AND k.contact_id > :after AND (:until = '' OR k.contact_id <= :until)) AS x
WHERE (:status = '' OR x.status = :status) AND (:reason = '' OR x.reason = :reason)
ORDER BY x.contact_id LIMIT :limit;
