-- Asking many people at once.

-- name: one_at_a_time
-- Two hosts that plan at once would both find somebody rested.
/*+sqlite SELECT '' */
/*+postgresql SELECT CAST(pg_advisory_xact_lock(4713) AS text) */

-- name: find_by_key
SELECT id FROM campaigns WHERE request_key = :key;

-- name: accounts_named
SELECT id FROM accounts WHERE id = :name OR ref = :name;

-- name: accounts_of_contact_named
SELECT account_id FROM contacts WHERE id = :name
UNION
SELECT account_id FROM contacts WHERE email = :name AND email <> '';

-- name: count_contacts
SELECT COUNT(1) FROM contacts;

-- name: count_contacts_at
SELECT COUNT(1) FROM contacts WHERE account_id = :account_id;

-- name: page_of_accounts
-- Whole accounts only: who is asked at an account is decided by looking at all of them.
SELECT COALESCE(MIN(account_id), ''), COALESCE(MAX(account_id), '')
FROM (SELECT account_id FROM contacts WHERE account_id > :after ORDER BY account_id, id LIMIT :limit) AS page;

-- name: people
-- A page of whole accounts, as they stand; what else is known of them is read for all of them at once (audience.sql).
SELECT c.id, c.account_id, c.level, c.email, c.active, c.name, c.roles, c.tags, c.zone
FROM contacts c WHERE c.account_id >= :from_account AND c.account_id <= :to_account ORDER BY c.account_id, c.id;

-- name: accounts_between
SELECT a.id, a.ref, a.segment, a.name, a.calendar_id
FROM accounts a WHERE a.id >= :from_account AND a.id <= :to_account ORDER BY a.id;

-- name: add_campaign
INSERT INTO campaigns (id, request_key, plugin, about, audience, created_by, created_at, due_at, not_after, over_us, rest_us,
                       by_cadence, reminders, words, schedule_id, scope, to_look_at)
VALUES (:id, :request_key, :plugin, :about, :audience, :created_by, :created_at, :due_at, :not_after, :over_us, :rest_us,
        :by_cadence, :reminders, :words, :schedule_id, :scope, :to_look_at);

-- name: planning_state
SELECT plugin, about, audience, due_at, over_us, rest_us, by_cadence, reminders, scope, last_account, looked_at, planned_at, cancelled_at
FROM campaigns WHERE id = :id;

-- name: standing
SELECT about, words, not_after, paused_at, cancelled_at FROM campaigns WHERE id = :id;

-- name: note_planned
UPDATE campaigns SET last_account = :last_account, looked_at = looked_at + :looked_at, planned_at = :planned_at WHERE id = :id;

-- name: add_contacts
INSERT INTO campaign_contacts (campaign_id, contact_id, message_id, left_out, waits, remind_at)
/*+sqlite VALUES (:campaign_id, :contact_id, :message_id, :left_out, :waits, :remind_at) */
/*+postgresql SELECT a, b, c, d, e, f FROM unnest(CAST(:campaign_id AS text[]), CAST(:contact_id AS text[]), CAST(:message_id AS text[]), CAST(:left_out AS text[]), CAST(:waits AS text[]), CAST(:remind_at AS bigint[])) AS t (a, b, c, d, e, f) */

-- name: add_invitations
-- The instant at which they are due is when they count as made: their date, their tries and their links start there.
INSERT INTO messages (id, kind, purpose, channel, plugin, about, account_id, contact_id, state, not_before, created_at, expires_at, campaign_id)
/*+sqlite VALUES (:id, 'invitation', 'survey', 'mail', :plugin, :about, :account_id, :contact_id, 'queued', :due_at, :due_at, :expires_at, :campaign_id) */
/*+postgresql SELECT a, 'invitation', 'survey', 'mail', b, c, d, e, 'queued', f, f, g, h FROM unnest(CAST(:id AS text[]), CAST(:plugin AS text[]), CAST(:about AS text[]), CAST(:account_id AS text[]), CAST(:contact_id AS text[]), CAST(:due_at AS bigint[]), CAST(:expires_at AS bigint[]), CAST(:campaign_id AS text[])) AS t (a, b, c, d, e, f, g, h) */

-- name: campaigns
SELECT c.id, c.plugin, c.about, c.audience, COALESCE(t.name, p.name, c.created_by), c.created_at, c.due_at, c.cancelled_at,
       c.not_after, c.over_us, c.reminders, c.words, c.schedule_id, c.paused_at, c.planned_at, c.looked_at, c.to_look_at
FROM campaigns c
LEFT JOIN teammates t ON t.id = c.created_by
LEFT JOIN api_tokens p ON p.id = c.created_by
WHERE (:id = '' OR c.id = :id) AND (:before = '' OR c.id < :before) ORDER BY c.id DESC LIMIT :limit;

-- name: note_asked
UPDATE campaigns SET asked = asked + :asked WHERE id = :id;

-- name: note_left_out
INSERT INTO campaign_left_out AS l (campaign_id, reason, contacts)
/*+sqlite VALUES (:campaign_id, :reason, :contacts) */
/*+postgresql SELECT a, b, c FROM unnest(CAST(:campaign_id AS text[]), CAST(:reason AS text[]), CAST(:contacts AS bigint[])) AS t (a, b, c) */
ON CONFLICT (campaign_id, reason) DO UPDATE SET contacts = l.contacts + excluded.contacts

-- name: progress
-- Counted by the database itself as messages move (messages_counted). What waits is what was asked and is not settled.
SELECT COALESCE((SELECT c.asked FROM campaigns c WHERE c.id = :campaign_id), 0),
       COALESCE(SUM(n.settled), 0), COALESCE(SUM(n.deferred), 0), COALESCE(SUM(n.sent), 0), COALESCE(SUM(n.bounced), 0),
       COALESCE(SUM(n.undelivered), 0), COALESCE(SUM(n.unknown), 0), COALESCE(SUM(n.withheld), 0), COALESCE(SUM(n.cancelled), 0),
       COALESCE(SUM(n.answered), 0), COALESCE(SUM(n.reminded), 0)
FROM campaign_counts n WHERE n.campaign_id = :campaign_id;

-- name: course
-- What left of late, by spans of ten seconds. Provisional: fetched by somebody or something, and nothing was sent. What is
-- held back by a pause is due at no time.
SELECT COALESCE((SELECT SUM(p.sent) FROM campaign_pace p WHERE p.campaign_id = :campaign_id AND p.span * 10000000 > :lately), 0),
       (SELECT COUNT(1) FROM campaign_fetched f WHERE f.campaign_id = :campaign_id),
       COALESCE((SELECT MAX(m.not_before) FROM messages m
                 WHERE m.campaign_id = :campaign_id AND m.campaign_id <> '' AND m.state = 'queued' AND m.not_before < 10000000000000000), 0);

-- name: left_out_counts
SELECT reason, contacts FROM campaign_left_out WHERE campaign_id = :campaign_id;

-- name: left_out
-- Some of them, by reason; those in the order of their accounts.
SELECT k.contact_id, COALESCE(c.name, ''), COALESCE(a.name, ''), k.left_out
FROM (SELECT contact_id, left_out FROM campaign_contacts
      WHERE campaign_id = :campaign_id AND left_out <> '' ORDER BY left_out, contact_id LIMIT :limit) AS k
LEFT JOIN contacts c ON c.id = k.contact_id
LEFT JOIN accounts a ON a.id = c.account_id
ORDER BY k.left_out, a.name, c.name, k.contact_id;

-- name: cancel_campaign
UPDATE campaigns SET cancelled_at = :now WHERE id = :id AND cancelled_at = 0;

-- name: pause_campaign
UPDATE campaigns SET paused_at = :now WHERE id = :id AND paused_at = 0;

-- name: resume_campaign
UPDATE campaigns SET paused_at = 0 WHERE id = :id;

-- name: change_campaign
UPDATE campaigns SET about = :about, words = :words, not_after = :not_after WHERE id = :id;

-- name: change_about
-- The words are asked for when a message is due: what is composed already keeps what it asked.
UPDATE messages SET about = :about WHERE campaign_id = :campaign_id AND campaign_id <> '' AND state = 'queued';

-- name: hold_waiting
-- A paused campaign's messages are put off by centuries: the way is free for everybody else's, and they keep their time.
UPDATE messages SET not_before = not_before + 10000000000000000
WHERE id IN (SELECT id FROM messages WHERE campaign_id = :campaign_id AND campaign_id <> '' AND state = 'queued'
               AND not_before < 10000000000000000 LIMIT :limit) AND state = 'queued';

-- name: release_held
-- Days of a pause are not days of trying.
UPDATE messages SET not_before = not_before - 10000000000000000,
       created_at = CASE WHEN created_at < CAST(:now AS BIGINT) THEN CAST(:now AS BIGINT) ELSE created_at END
WHERE id IN (SELECT id FROM messages WHERE campaign_id = :campaign_id AND campaign_id <> '' AND state = 'queued'
               AND not_before >= 10000000000000000 LIMIT :limit) AND state = 'queued';

-- name: cancel_waiting
-- What crossed the final dot can't be taken back.
UPDATE messages SET state = 'cancelled'
WHERE id IN (SELECT id FROM messages WHERE campaign_id = :campaign_id AND campaign_id <> '' AND state = 'queued' LIMIT :limit)
  AND state = 'queued';

-- name: campaigns_in_planning
SELECT id FROM campaigns WHERE planned_at = 0 ORDER BY id;

-- name: campaigns_to_settle
-- Stopped, and something is on its way all the same; or going on, and something is held back.
SELECT c.id FROM campaigns c
WHERE (c.paused_at > 0 OR c.cancelled_at > 0)
  AND EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = c.id AND m.campaign_id <> '' AND m.state = 'queued'
                AND (m.not_before < 10000000000000000 OR c.cancelled_at > 0))
UNION ALL
SELECT c.id FROM campaigns c
WHERE c.paused_at = 0 AND c.cancelled_at = 0
  AND EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = c.id AND m.campaign_id <> '' AND m.state = 'queued'
                AND m.not_before >= 10000000000000000);

-- name: due_reminders
-- What somebody replied stands in the mails; a mail of theirs on another matter belongs to no message of this campaign.
SELECT k.campaign_id, k.contact_id, k.message_id, k.reminders, k.remind_at, c.reminders, c.plugin,
       c.not_after, CASE WHEN c.cancelled_at > 0 THEN 1 ELSE 0 END, CASE WHEN c.paused_at > 0 THEN 1 ELSE 0 END,
       m.state, m.about, m.account_id, a.calendar_id, p.zone,
       m.handed_over_at,
       COALESCE((SELECT MAX(r.handed_over_at) FROM messages r WHERE r.reminds_of = m.id AND r.reminds_of <> ''), 0),
       CASE WHEN EXISTS (SELECT 1 FROM messages r WHERE r.reminds_of = m.id AND r.reminds_of <> ''
                         AND r.state IN ('queued', 'claimed', 'transmitting', 'unknown')) THEN 1 ELSE 0 END,
       CASE WHEN m.answered_at > 0
              OR EXISTS (SELECT 1 FROM mails i WHERE i.message_id = m.id AND i.message_id <> '' AND i.kind IN ('human', 'reply'))
              OR EXISTS (SELECT 1 FROM messages r JOIN mails i ON i.message_id = r.id AND i.message_id <> '' AND i.kind IN ('human', 'reply')
                         WHERE r.reminds_of = m.id AND r.reminds_of <> '')
              OR EXISTS (SELECT 1 FROM messages r WHERE r.reminds_of = m.id AND r.reminds_of <> ''
                         AND r.state IN ('rejected', 'bounced', 'given_up', 'suppressed', 'cancelled')) THEN 1 ELSE 0 END,
       CASE WHEN p.active = 0 OR s.address IS NOT NULL
              OR EXISTS (SELECT 1 FROM opt_outs o WHERE o.contact_id = p.id)
              OR EXISTS (SELECT 1 FROM opt_outs o WHERE o.address = p.email AND p.email <> '') THEN 1 ELSE 0 END
FROM campaign_contacts k
JOIN campaigns c ON c.id = k.campaign_id
JOIN messages m ON m.id = k.message_id
JOIN contacts p ON p.id = k.contact_id
JOIN accounts a ON a.id = m.account_id
LEFT JOIN suppressions s ON s.address = p.email AND p.email <> ''
WHERE k.remind_at > 0 AND k.remind_at <= :now ORDER BY k.remind_at LIMIT :limit;

-- name: add_reminder
INSERT INTO messages (id, kind, purpose, channel, plugin, about, account_id, contact_id, state, not_before, created_at, expires_at,
                      campaign_id, reminder, reminds_of)
VALUES (:id, 'invitation', 'survey', 'mail', :plugin, :about, :account_id, :contact_id, 'queued', :due_at, :due_at, :expires_at,
        :campaign_id, :reminder, :reminds_of);

-- name: note_reminder
-- Two hosts that look at the same contact: one of them writes.
UPDATE campaign_contacts SET reminders = :reminders, remind_at = :remind_at
WHERE campaign_id = :campaign_id AND contact_id = :contact_id AND reminders = :before AND remind_at = :looked_at;

-- name: readers_named
SELECT c.id, c.name, a.name, c.language, c.zone, c.email FROM contacts c JOIN accounts a ON a.id = c.account_id WHERE c.id = :name
UNION
SELECT c.id, c.name, a.name, c.language, c.zone, c.email FROM contacts c JOIN accounts a ON a.id = c.account_id
WHERE c.email = :name AND c.email <> ''
ORDER BY 1 LIMIT 1;

-- name: teammate_called
SELECT id FROM teammates WHERE email = :email;

-- name: add_trial
-- To one of us, and of no campaign: nothing counts it.
INSERT INTO messages (id, kind, purpose, channel, plugin, account_id, contact_id, teammate_id, document, state, not_before, created_at, expires_at)
VALUES (:id, 'plugin', '', 'mail', :plugin, '', '', :teammate_id, :document, 'queued', :now, :now, :expires_at);

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
