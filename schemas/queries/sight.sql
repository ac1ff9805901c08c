-- Whose customers somebody of us sees: what lies within it, and who may see what.
-- Each of the first ones finds what somebody calls so, as far as they see. `:sees` is never empty here.

-- name: account
SELECT a.id FROM accounts a WHERE (a.id = :key OR a.ref = :key) AND a.id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees)
ORDER BY CASE WHEN a.id = :key THEN 0 ELSE 1 END LIMIT 1;

-- name: contact
-- An address that somebody else's account has as well names the one that they see.
SELECT c.id FROM contacts c
WHERE (c.id = :key OR (c.email = :key AND c.email <> '' AND c.merged_into = '' AND c.erased_at = 0))
  AND c.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees)
ORDER BY CASE WHEN c.id = :key THEN 0 ELSE 1 END, c.id LIMIT 1;

-- name: item
SELECT i.id FROM items i WHERE (i.id = :id OR i.number = :number)
  AND (i.owner_id = :sees OR i.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees));

-- name: commitment
SELECT l.id FROM lone_commitments l WHERE (l.id = :id OR l.number = :number)
  AND (l.owner_id = :sees OR l.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees));

-- name: theme
-- A theme is theirs when something in it is.
SELECT t.id FROM themes t WHERE (t.id = :id OR t.number = :number)
  AND EXISTS (SELECT 1 FROM items i WHERE i.theme_id = t.id AND i.theme_id <> ''
              AND (i.owner_id = :sees OR i.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees)));

-- name: accounts
SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees;

-- name: of_teammate
SELECT id, email, name, role, sees FROM teammates WHERE id = :key OR email = :key;

-- name: seen_accounts
SELECT a.id, a.ref, a.name, CASE WHEN a.owner_id = :teammate_id THEN 1 ELSE 0 END, CASE WHEN a.sponsor_id = :teammate_id THEN 1 ELSE 0 END,
       CASE WHEN n.account_id IS NULL THEN 0 ELSE 1 END
FROM accounts a LEFT JOIN teammate_accounts n ON n.account_id = a.id AND n.teammate_id = :teammate_id
WHERE a.id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :teammate_id) ORDER BY a.name, a.id;

-- name: set_sees
UPDATE teammates SET sees = :sees WHERE id = :id;

-- name: name_account
INSERT INTO teammate_accounts (teammate_id, account_id) VALUES (:teammate_id, :account_id) ON CONFLICT DO NOTHING;

-- name: forget_account
DELETE FROM teammate_accounts WHERE teammate_id = :teammate_id AND account_id = :account_id;
