-- The outbox.

-- name: add_message
INSERT INTO messages (id, kind, purpose, channel, plugin, plugin_key, about, account_id, contact_id, item_id, round, document, state,
                      not_before, created_at, expires_at)
VALUES (:id, :kind, :purpose, :channel, :plugin, :plugin_key, :about, :account_id, :contact_id, :item_id, :round, :document, :state,
        :not_before, :created_at, :expires_at);

-- name: cancel_message
-- Only what nobody has started on can be taken back.
UPDATE messages SET state = 'cancelled' WHERE id = :id AND state = 'queued';

-- name: expire_leases
-- A host died past the point of no return: the recipient may have it.
UPDATE messages SET state = 'unknown', unknowns = unknowns + 1, lease_owner = ''
WHERE state = 'transmitting' AND lease_until <= :now;

-- name: claim_messages
-- Several hosts claim side by side: rows another one holds are skipped, not waited for. Nothing waiting is claimed of a
-- campaign that is paused or cancelled. The states stand as in the index messages_to_send: SQLite compares the words.
UPDATE messages SET state = 'claimed', lease_owner = :owner, lease_until = :until, attempts = attempts + 1
WHERE id IN (SELECT id FROM messages
             WHERE state IN ('queued', 'claimed', 'unknown') AND not_before <= :now AND lease_until <= :now
               AND NOT EXISTS (SELECT 1 FROM sending WHERE stopped_at > 0)
               AND (state <> 'queued' OR campaign_id NOT IN (SELECT c.id FROM campaigns c WHERE c.paused_at > 0 OR c.cancelled_at > 0))
             ORDER BY not_before LIMIT :limit /*+postgresql FOR UPDATE SKIP LOCKED */)
RETURNING id;

-- name: bump_mark
UPDATE sending SET mark = mark + 1 WHERE id = 1 RETURNING mark;

-- name: sending_state
SELECT mark, stopped_at, (SELECT COUNT(1) FROM messages WHERE kind = 'invitation' AND state IN ('queued', 'claimed', 'transmitting')
                            AND not_before <= :until)
FROM sending WHERE id = 1;

-- name: stop_sending
UPDATE sending SET stopped_at = :now WHERE id = 1 AND stopped_at = 0;

-- name: doubt_messages
-- What was due before the last mail left may have left with it. Nobody is asked twice because a database was restored.
UPDATE messages SET state = 'given_up', unknowns = unknowns + 1, lease_owner = '', lease_until = 0
WHERE kind = 'invitation' AND state IN ('queued', 'claimed', 'transmitting') AND not_before <= :until
RETURNING id;

-- name: go_on_sending
UPDATE sending SET stopped_at = 0, mark = CASE WHEN mark < CAST(:mark AS BIGINT) THEN CAST(:mark AS BIGINT) ELSE mark END WHERE id = 1;

-- name: due_messages
-- All that were claimed at once: a JSON array of their ids.
SELECT m.id, m.kind, m.channel, m.about, m.document, m.item_id, m.round, m.attempts, m.unknowns, m.contact_id, m.created_at,
       COALESCE(t.email, c.email, ''), COALESCE(t.name, c.name, ''), COALESCE(c.language, ''), COALESCE(c.zone, ''),
       CASE WHEN s.address IS NULL THEN 0 ELSE 1 END,
       m.plugin, COALESCE(a.name, ''), m.campaign_id,
       CASE WHEN m.kind = 'invitation' AND (c.active = 0 OR EXISTS (SELECT 1 FROM opt_outs o WHERE o.contact_id = c.id OR o.address = c.email)
              OR EXISTS (SELECT 1 FROM asking_wishes w WHERE w.wish = 'mute' AND w.plugin = m.plugin AND w.about = m.about
                           AND (w.contact_id = c.id OR (c.email <> '' AND w.address = c.email)))) THEN 1 ELSE 0 END,
       m.reminder, m.reminds_of, CASE WHEN m.reminder > 0 AND i.answered_at > 0 THEN 1 ELSE 0 END,
       COALESCE(g.not_after, 0), COALESCE(g.words, ''), COALESCE(a.calendar_id, '')
FROM /*+sqlite json_each(:ids) w CROSS JOIN messages m ON m.id = w.value */
/*+postgresql jsonb_array_elements_text(CAST(:ids AS jsonb)) WITH ORDINALITY AS w (value, key) JOIN messages m ON m.id = w.value */
LEFT JOIN contacts c ON c.id = m.contact_id
LEFT JOIN accounts a ON a.id = m.account_id
LEFT JOIN teammates t ON t.id = m.teammate_id
LEFT JOIN suppressions s ON s.address = COALESCE(t.email, c.email)
LEFT JOIN campaigns g ON g.id = m.campaign_id AND m.campaign_id <> ''
LEFT JOIN messages i ON i.id = m.reminds_of AND m.reminds_of <> ''
ORDER BY w.key;

-- name: put_off
-- Nobody has tried it: it only has to wait for the morning.
UPDATE messages SET state = 'queued', not_before = :not_before, attempts = attempts - 1, lease_owner = '', lease_until = 0
WHERE id = :id AND state = 'claimed';

-- name: note_why_it_waits
UPDATE campaign_contacts SET waits = :waits WHERE campaign_id = :campaign_id AND message_id = :id;

-- name: mark_transmitting
-- A campaign that was paused or cancelled while a mail was being handed over: it stays here. Says the places of those that
-- may go: which of many they were. Asked again by whom it belongs to, a message is leased for longer.
UPDATE messages SET state = 'transmitting',
/*+sqlite lease_until = CAST(:until AS BIGINT) WHERE id = :id AND lease_owner = :owner AND :place <> '' */
/*+postgresql lease_until = t.until FROM unnest(CAST(:until AS bigint[]), CAST(:id AS text[]), CAST(:owner AS text[]), CAST(:place AS bigint[])) AS t (until, id, owner, place)
WHERE messages.id = t.id AND lease_owner = t.owner */
  AND state IN ('claimed', 'transmitting') AND campaign_id NOT IN (SELECT c.id FROM campaigns c WHERE c.paused_at > 0 OR c.cancelled_at > 0)
/*+postgresql RETURNING t.place */;

-- name: hand_over_messages
UPDATE messages SET state = 'handed_over', not_before = 0, lease_owner = '', lease_until = 0,
/*+sqlite handed_over_at = CAST(:at AS BIGINT) WHERE id = :id */
/*+postgresql handed_over_at = t.at FROM unnest(CAST(:id AS text[]), CAST(:at AS bigint[])) AS t (id, at) WHERE messages.id = t.id */;

-- name: settle_message
-- A host whose lease went to another one has nothing to say about the message, except that it was handed over.
UPDATE messages SET state = :state, not_before = :not_before, lease_owner = '', lease_until = 0,
       unknowns = unknowns + :unknown, handed_over_at = CASE WHEN CAST(:handed_over_at AS BIGINT) > 0 THEN CAST(:handed_over_at AS BIGINT) ELSE handed_over_at END
WHERE id = :id AND (:owner = '' OR lease_owner = :owner OR :state = 'handed_over');

-- name: append_receipt
INSERT INTO receipts (message_id, attempt, fate, code, status, detail, at)
VALUES (:message_id, :attempt, :fate, :code, :status, :detail, :at);

-- name: append_receipts
INSERT INTO receipts (message_id, attempt, fate, code, status, detail, at)
/*+sqlite VALUES (:message_id, :attempt, :fate, :code, :status, :detail, :at) */
/*+postgresql SELECT a, b, c, d, e, f, g FROM unnest(CAST(:message_id AS text[]), CAST(:attempt AS bigint[]), CAST(:fate AS text[]), CAST(:code AS bigint[]), CAST(:status AS text[]), CAST(:detail AS text[]), CAST(:at AS bigint[])) AS t (a, b, c, d, e, f, g) */;

-- name: keep_shared_letters
INSERT INTO shared_letters (id, text)
/*+sqlite VALUES (:id, :text) */
/*+postgresql SELECT a, b FROM unnest(CAST(:id AS text[]), CAST(:text AS text[])) AS t (a, b) */
ON CONFLICT (id) DO NOTHING;

-- name: keep_copies
-- What was handed over after it had counted as unknown takes the place of what may have been.
INSERT INTO message_copies (message_id, recipient, subject, content, shared_id, at)
/*+sqlite VALUES (:message_id, :recipient, :subject, :content, NULLIF(:shared_id, ''), :at) */
/*+postgresql SELECT a, b, c, d, NULLIF(e, ''), f FROM unnest(CAST(:message_id AS text[]), CAST(:recipient AS text[]), CAST(:subject AS text[]), CAST(:content AS text[]), CAST(:shared_id AS text[]), CAST(:at AS bigint[])) AS t (a, b, c, d, e, f) */
ON CONFLICT (message_id) DO UPDATE SET recipient = excluded.recipient, subject = excluded.subject, content = excluded.content,
    shared_id = excluded.shared_id, at = excluded.at;

-- name: keep_copy
-- A mail with a link that signs somebody in is not kept: whoever reads it could be them.
INSERT INTO message_copies (message_id, recipient, subject, content, at)
SELECT CAST(:message_id AS TEXT), CAST(:recipient AS TEXT), CAST(:subject AS TEXT), CAST(:content AS TEXT), CAST(:at AS BIGINT)
WHERE NOT EXISTS (SELECT 1 FROM entrances e WHERE e.id = :message_id)
ON CONFLICT (message_id) DO UPDATE SET recipient = excluded.recipient, subject = excluded.subject, content = excluded.content,
    shared_id = NULL, at = excluded.at;

-- name: message_of
SELECT kind, item_id, round, state, attempts, contact_id, plugin, plugin_key FROM messages WHERE id = :id;

-- name: recipient_of
-- Somebody who was merged and has no address of their own is written to where the one who stands for them reads.
SELECT COALESCE(NULLIF(c.email, ''), s.email, ''), COALESCE(c.account_id, '')
FROM contacts c LEFT JOIN contacts s ON s.id = c.merged_into AND c.merged_into <> '' WHERE c.id = :contact_id;

-- name: messages_of_item
SELECT m.id, m.kind, m.channel, m.state, m.round, m.attempts, m.created_at, m.handed_over_at,
       COALESCE(r.fate, ''), COALESCE(r.code, 0), COALESCE(r.detail, '')
FROM messages m
LEFT JOIN receipts r ON r.message_id = m.id AND r.seq = (SELECT MAX(seq) FROM receipts WHERE message_id = m.id)
WHERE m.item_id = :item_id ORDER BY m.created_at, m.id;

-- name: copies
SELECT c.message_id, c.recipient, c.subject, c.content, COALESCE(s.text, ''), c.at, m.state
FROM message_copies c JOIN messages m ON m.id = c.message_id LEFT JOIN shared_letters s ON s.id = c.shared_id
WHERE (:id = '' OR c.message_id = :id) ORDER BY c.at DESC, c.message_id DESC LIMIT :limit;

-- name: find_plugin_mail
SELECT id FROM messages WHERE plugin = :plugin AND plugin_key = :plugin_key;

-- name: count_messages
SELECT state, COUNT(1) FROM messages GROUP BY state;
