-- People and organisations as lists, and what may become of a person's row: merged, split again, erased.

-- part: name_begins
(:words = '' OR LOWER(SUBSTR(n.name, 1, LENGTH(:words))) = :words

-- name: accounts_page
SELECT n.id, n.ref, n.name, n.segment, n.owner_id, n.renewal_on, n.annual_revenue FROM accounts n
WHERE (n.name, n.id) > (:name, :id) AND {name_begins} OR LOWER(SUBSTR(n.ref, 1, LENGTH(:words))) = :words)
ORDER BY n.name, n.id LIMIT :limit;

-- name: accounts_in_sight
-- The same, of whoever sees some accounts only: from those, which are few.
SELECT n.id, n.ref, n.name, n.segment, n.owner_id, n.renewal_on, n.annual_revenue FROM accounts n
WHERE n.id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees) AND (n.name, n.id) > (:name, :id) AND {name_begins} OR LOWER(SUBSTR(n.ref, 1, LENGTH(:words))) = :words)
ORDER BY n.name, n.id LIMIT :limit;

-- name: contacts_page
-- Those who were merged stand behind the one who stands for them; those who were erased are nobody.
SELECT n.id, n.account_id, n.email, n.name, n.level, n.language, n.zone, n.active, n.roles, n.merged_into, n.erased_at, COALESCE(a.name, ''), n.tags
FROM contacts n LEFT JOIN accounts a ON a.id = n.account_id
WHERE (n.name, n.id) > (:name, :id) AND n.merged_into = '' AND n.erased_at = 0 AND (:account = '' OR n.account_id = :account)
  AND {name_begins} OR SUBSTR(n.email, 1, LENGTH(:words)) = :words)
ORDER BY n.name, n.id LIMIT :limit;

-- name: contacts_in_sight
SELECT n.id, n.account_id, n.email, n.name, n.level, n.language, n.zone, n.active, n.roles, n.merged_into, n.erased_at, COALESCE(a.name, ''), n.tags
FROM contacts n LEFT JOIN accounts a ON a.id = n.account_id
WHERE n.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees) AND (n.name, n.id) > (:name, :id) AND n.merged_into = '' AND n.erased_at = 0
  AND (:account = '' OR n.account_id = :account) AND {name_begins} OR SUBSTR(n.email, 1, LENGTH(:words)) = :words)
ORDER BY n.name, n.id LIMIT :limit;

-- name: find_person
-- By id, also one who was merged or erased; by address only who can be written to.
SELECT n.id, n.account_id, n.email, n.name, n.level, n.language, n.zone, n.active, n.roles, n.merged_into, n.erased_at, COALESCE(a.name, ''), n.tags
FROM contacts n LEFT JOIN accounts a ON a.id = n.account_id
WHERE n.id = :key OR (n.email = :key AND n.email <> '' AND n.merged_into = '' AND n.erased_at = 0) ORDER BY n.id;

-- name: write_person
UPDATE contacts SET email = :email, name = :name, level = :level, language = :language, zone = :zone, active = :active,
       roles = :roles, tags = :tags, merged_into = :merged_into, erased_at = :erased_at, updated_at = :now WHERE id = :id;

-- name: updated_at
SELECT updated_at FROM contacts WHERE id = :id;

-- name: add_merge
INSERT INTO contact_merges (from_id, into_id, before, by_whom, at) VALUES (:from_id, :into_id, :before, :by_whom, :at);

-- name: open_merge
SELECT id, into_id, before FROM contact_merges WHERE from_id = :from_id AND undone_at = 0 ORDER BY id DESC LIMIT 1;

-- name: undo_merge
UPDATE contact_merges SET undone_at = :at WHERE id = :id;

-- name: merged_into
SELECT COUNT(1) FROM contacts WHERE merged_into = :id;

-- name: move_facts
-- What one said counts for the other from now on; metrics.sql `observed` finds the same when it is rebuilt.
UPDATE metric_facts SET contact_id = :into_id WHERE contact_id = :from_id;

-- name: return_facts
UPDATE metric_facts SET contact_id = :from_id
WHERE contact_id = :into_id AND seq IN (SELECT seq FROM observations WHERE contact_id = :from_id);

-- name: erase_contents
-- Keys and words of everything that was said about their items; the chain stands without them.
DELETE FROM ledger_contents WHERE item_id IN (SELECT id FROM items WHERE contact_id = :id);

-- name: erase_observation_keys
DELETE FROM observation_keys WHERE observation_seq IN (SELECT seq FROM observations WHERE contact_id = :id);

-- name: erase_observations
DELETE FROM observations WHERE contact_id = :id;

-- name: erase_facts
DELETE FROM metric_facts WHERE contact_id = :id;

-- name: erase_copies
-- Also of mails to ourselves that quoted them; a digest names many, and proves nothing to anybody.
DELETE FROM message_copies
WHERE message_id IN (SELECT id FROM messages WHERE contact_id = :id OR (kind = 'team' AND about = 'digest'))
   OR message_id IN (SELECT m.id FROM messages m JOIN items i ON i.id = m.item_id WHERE i.contact_id = :id)
   OR message_id IN (SELECT n.message_id FROM team_notices n JOIN items i ON i.id = n.item_id WHERE i.contact_id = :id);

-- name: erase_letters_of_nobody
-- A plugin may have written a name so that it was not known as one: what nobody has a copy of any more is not kept.
DELETE FROM shared_letters WHERE NOT EXISTS (SELECT 1 FROM message_copies c WHERE c.shared_id = shared_letters.id);

-- name: erase_receipts
UPDATE receipts SET detail = '' WHERE message_id IN (SELECT id FROM messages WHERE contact_id = :id);

-- name: close_messages
-- Their links lead nowhere, and what was not sent yet is not sent.
UPDATE messages SET document = '', revoked_at = CASE WHEN revoked_at = 0 THEN :now ELSE revoked_at END,
       state = CASE WHEN state IN ('queued', 'claimed') THEN 'cancelled' ELSE state END
WHERE contact_id = :id OR (kind = 'team' AND item_id IN (SELECT id FROM items WHERE contact_id = :id));

-- name: erase_journal
-- The raw requests name the person whom their link belonged to.
DELETE FROM journal WHERE request LIKE '%' || :id || '%';

-- name: erase_mails
-- Also what one of us wrote about them.
DELETE FROM mails WHERE contact_id = :id OR (:email <> '' AND from_address = :email)
   OR item_id IN (SELECT id FROM items WHERE contact_id = :id);

-- name: erase_mail_contents
DELETE FROM mail_contents WHERE NOT EXISTS (SELECT 1 FROM mails m WHERE m.digest = mail_contents.digest);

-- name: erase_suppressions
DELETE FROM suppressions WHERE address = :email AND :email <> '';

-- name: erase_opt_outs
DELETE FROM opt_outs WHERE contact_id = :id;

-- name: erase_merges
DELETE FROM contact_merges WHERE from_id = :id OR into_id = :id;

-- name: items_of
SELECT id FROM items WHERE contact_id = :id ORDER BY id;

-- name: teammates
SELECT t.id, t.email, t.name, t.deactivated_at, (SELECT COUNT(1) FROM items i WHERE i.owner_id = t.id AND i.state IN ('raised', 'heard', 'decided', 'changed', 'told')
        AND (:sees = '' OR i.owner_id = :sees OR i.account_id IN (SELECT v.account_id FROM sights v WHERE v.teammate_id = :sees))),
       CASE WHEN s.address IS NULL THEN '' WHEN s.reason = '' THEN 'mail to it came back' ELSE s.reason END
FROM teammates t LEFT JOIN suppressions s ON s.address = t.email ORDER BY t.name, t.id;

-- name: set_deactivated
UPDATE teammates SET deactivated_at = :at WHERE id = :id;

-- name: revoke_tokens_of
UPDATE api_tokens SET revoked_at = :at WHERE teammate_id = :id AND revoked_at = 0;

-- name: rename_teammate
UPDATE teammates SET name = :name WHERE id = :id;

-- name: find_touchpoint
SELECT id, account_id, kind, at, minutes, contacts, teammates, topics FROM touchpoints WHERE ref = :ref;

-- name: add_touchpoint
INSERT INTO touchpoints (ref, account_id, kind, at, minutes, contacts, teammates, topics, created_at, updated_at)
VALUES (:ref, :account_id, :kind, :at, :minutes, :contacts, :teammates, :topics, :now, :now);

-- name: update_touchpoint
UPDATE touchpoints SET account_id = :account_id, kind = :kind, at = :at, minutes = :minutes, contacts = :contacts,
       teammates = :teammates, topics = :topics, updated_at = :now WHERE ref = :ref;
