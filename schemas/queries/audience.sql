-- What is known of people when an audience is chosen, each question for all of them at once. Each stands here twice: of
-- everybody, going through what was said (a look at a whole portfolio), and "at" the accounts from one id to another,
-- going through their people (a page of a planning, which costs the same in a small house and in a large one). Both are told
-- where to begin (CROSS; LATERAL, OFFSET, and terms that no index knows): without statistics, as after a large import, they
-- would begin with the messages.

-- part: there
WITH c AS /*+postgresql MATERIALIZED */ (SELECT id, account_id, email FROM contacts WHERE account_id >= :from_account AND account_id <= :to_account)

-- part: asking
m.reminder = 0 AND m.campaign_id <> :campaign_id AND m.state NOT IN ('cancelled', 'rejected', 'suppressed')
  AND (m.state <> 'link' OR m.answered_at > 0)

-- part: since
m.kind /*+postgresql || '' */ = 'invitation' AND m.created_at /*+postgresql + 0 */ > :since

-- part: within
m.kind /*+postgresql || '' */ = 'invitation' AND m.created_at /*+postgresql + 0 */ > :since AND m.created_at /*+postgresql + 0 */ < :until

-- part: wished
(w.wish = 'light' OR (w.wish = 'mute' AND w.plugin = :plugin AND w.about = :about))

-- part: scored
f.view = 1 AND f.withdrawn = 0 AND f.v1 <> 2

-- part: counted
m.reminder = 0 AND m.state NOT IN ('cancelled', 'rejected', 'suppressed', 'link') AND c.email <> ''

-- name: suppressed
SELECT s.address FROM suppressions s;

-- name: suppressed_at
{there} SELECT s.address FROM c /*+sqlite CROSS */ JOIN suppressions s ON s.address = c.email WHERE c.email <> '';

-- name: opted_out
SELECT o.contact_id, o.address FROM opt_outs o;

-- name: opted_out_at
{there} SELECT c.id, '' FROM c /*+sqlite CROSS */ JOIN opt_outs o ON o.contact_id = c.id
UNION ALL
SELECT c.id, '' FROM c /*+sqlite CROSS */ JOIN opt_outs o ON o.address = c.email WHERE c.email <> '';

-- name: wishes
SELECT w.contact_id, w.address, w.wish FROM asking_wishes w WHERE {wished};

-- name: wishes_at
{there} SELECT c.id, '', w.wish FROM c /*+sqlite CROSS */ JOIN asking_wishes w ON w.contact_id = c.id WHERE {wished}
UNION ALL
SELECT c.id, '', w.wish FROM c /*+sqlite CROSS */ JOIN asking_wishes w ON w.address = c.email WHERE c.email <> '' AND {wished};

-- name: asked
-- An address that was asked, or will be, within the rest rests, at whichever account it stands; its reminders are the same
-- asking. A link that was made by hand counts once it was answered: until then nobody knows whether it was ever passed on.
SELECT k.email, m.created_at FROM messages m /*+sqlite CROSS */ JOIN contacts k ON k.id = m.contact_id
WHERE m.kind = 'invitation' AND {asking} AND m.created_at > :since AND m.created_at < :until AND k.email <> '';

-- name: asked_at
{there} SELECT c.email, m.created_at FROM c
/*+sqlite CROSS JOIN contacts k ON k.email = c.email CROSS JOIN messages m ON m.contact_id = k.id WHERE k.email <> '' AND c.email <> '' AND */
/*+postgresql CROSS JOIN LATERAL (SELECT k.id FROM contacts k WHERE k.email = c.email AND k.email <> '' AND c.email <> '' OFFSET 0) AS k
CROSS JOIN LATERAL (SELECT m.created_at FROM messages m WHERE m.contact_id = k.id AND */
{asking} AND {within} /*+postgresql OFFSET 0) AS m */;

-- name: asked_who_want_it_lighter
-- Only whoever wants to be asked less often is looked up over twice the rest.
SELECT k.email, m.created_at
FROM (SELECT c.email AS email FROM asking_wishes w /*+sqlite CROSS */ JOIN contacts c ON c.id = w.contact_id WHERE w.wish = 'light'
      UNION
      SELECT w.address FROM asking_wishes w WHERE w.wish = 'light') AS l
/*+sqlite CROSS JOIN contacts k ON k.email = l.email CROSS JOIN messages m ON m.contact_id = k.id WHERE k.email <> '' AND */
/*+postgresql CROSS JOIN LATERAL (SELECT k.id, k.email FROM contacts k WHERE k.email = l.email AND k.email <> '' OFFSET 0) AS k
CROSS JOIN LATERAL (SELECT m.created_at FROM messages m WHERE m.contact_id = k.id AND */
{asking} AND {within} /*+postgresql OFFSET 0) AS m */;

-- name: asked_who_want_it_lighter_at
{there}, l AS /*+postgresql MATERIALIZED */
  (SELECT c.email AS email FROM c /*+sqlite CROSS */ JOIN asking_wishes w ON w.contact_id = c.id WHERE w.wish = 'light'
   UNION
   SELECT c.email FROM c /*+sqlite CROSS */ JOIN asking_wishes w ON w.address = c.email WHERE w.wish = 'light')
SELECT l.email, m.created_at FROM l
/*+sqlite CROSS JOIN contacts k ON k.email = l.email CROSS JOIN messages m ON m.contact_id = k.id WHERE k.email <> '' AND */
/*+postgresql CROSS JOIN LATERAL (SELECT k.id FROM contacts k WHERE k.email = l.email AND k.email <> '' OFFSET 0) AS k
CROSS JOIN LATERAL (SELECT m.created_at FROM messages m WHERE m.contact_id = k.id AND */
{asking} AND {within} /*+postgresql OFFSET 0) AS m */;

-- name: scores
SELECT f.contact_id, f.day, f.at, f.seq, f.v0 FROM metric_facts f WHERE {scored};

-- name: scores_at
{there} SELECT c.id, f.day, f.at, f.seq, f.v0 FROM c
/*+sqlite CROSS JOIN metric_facts f ON f.contact_id = c.id WHERE */
/*+postgresql CROSS JOIN LATERAL (SELECT f.day, f.at, f.seq, f.v0 FROM metric_facts f WHERE f.contact_id = c.id AND */
{scored} /*+postgresql OFFSET 0) AS f */;

-- name: answered
SELECT m.contact_id, m.answered_at FROM messages m WHERE m.answered_at > 0;

-- name: answered_at
{there} SELECT c.id, m.answered_at FROM c
/*+sqlite CROSS JOIN messages m ON m.contact_id = c.id WHERE */
/*+postgresql CROSS JOIN LATERAL (SELECT m.answered_at FROM messages m WHERE m.contact_id = c.id AND */
m.answered_at > 0 /*+postgresql OFFSET 0) AS m */;

-- name: taken
-- Asked in this campaign already, on a page before.
SELECT k.email FROM campaign_contacts w JOIN contacts k ON k.id = w.contact_id
WHERE w.campaign_id = :campaign_id AND w.message_id <> '' AND k.email <> '';

-- name: taken_at
{there} SELECT c.email FROM c
/*+sqlite CROSS JOIN contacts k ON k.email = c.email AND k.email <> '' AND c.email <> '' CROSS JOIN campaign_contacts w ON w.contact_id = k.id WHERE */
/*+postgresql CROSS JOIN LATERAL (SELECT k.id FROM contacts k WHERE k.email = c.email AND k.email <> '' AND c.email <> '' OFFSET 0) AS k
CROSS JOIN LATERAL (SELECT w.message_id FROM campaign_contacts w WHERE w.contact_id = k.id AND */
w.campaign_id = :campaign_id AND w.message_id <> '' /*+postgresql OFFSET 0) AS w */;

-- name: sharing_before
-- Accounts before this one at which somebody reads an address that stands here as well.
{there} SELECT DISTINCT k.account_id FROM c
/*+sqlite CROSS JOIN contacts k ON k.email = c.email AND k.email <> '' AND c.email <> '' */
/*+postgresql CROSS JOIN LATERAL (SELECT k.account_id FROM contacts k WHERE k.email = c.email AND k.email <> '' AND c.email <> '' OFFSET 0) AS k */
WHERE k.account_id < :before;

-- name: counted
-- How many of an account are asked on which day: by the day for which they were planned.
SELECT c.account_id, m.created_at FROM messages m /*+sqlite CROSS */ JOIN contacts c ON c.id = m.contact_id WHERE m.kind = 'invitation' AND {counted} AND m.created_at > :since;

-- name: counted_at
{there} SELECT c.account_id, m.created_at FROM c
/*+sqlite CROSS JOIN messages m ON m.contact_id = c.id WHERE */
/*+postgresql CROSS JOIN LATERAL (SELECT m.created_at FROM messages m WHERE m.contact_id = c.id AND */
{counted} AND {since} /*+postgresql OFFSET 0) AS m */;