-- Accounts, contacts, teammates.

-- name: find_teammate
SELECT id, name FROM teammates WHERE email = :email;

-- name: add_teammate
INSERT INTO teammates (id, email, name, created_at) VALUES (:id, :email, :name, :now);

-- name: find_account
SELECT id, name, segment, owner_id, renewal_on, annual_revenue FROM accounts WHERE ref = :ref;

-- name: account_by_id
SELECT segment, owner_id FROM accounts WHERE id = :id;

-- name: add_account
INSERT INTO accounts (id, ref, name, segment, owner_id, renewal_on, annual_revenue, created_at, updated_at)
VALUES (:id, :ref, :name, :segment, :owner_id, :renewal_on, :annual_revenue, :now, :now);

-- name: update_account
UPDATE accounts SET name = :name, segment = :segment, owner_id = :owner_id, renewal_on = :renewal_on,
       annual_revenue = :annual_revenue, updated_at = :now WHERE id = :id;

-- name: accounts
SELECT id, ref, name, segment, owner_id, renewal_on, annual_revenue FROM accounts ORDER BY name;

-- name: find_contact
SELECT id, account_id, email, name, level, language, zone, active FROM contacts
WHERE (:email <> '' AND account_id = :account_id AND email = :email) OR (:email = '' AND account_id = :account_id AND email = '' AND name = :name);

-- name: find_contacts
-- find_contact for many: each key has an account, an address and a name.
SELECT c.id, c.account_id, c.email, c.name, c.level, c.language, c.zone, c.active
FROM /*+sqlite json_each(:keys) k JOIN contacts c ON c.account_id = json_extract(k.value, '$.account') AND c.email = json_extract(k.value, '$.email') */
/*+postgresql jsonb_array_elements(CAST(:keys AS jsonb)) k JOIN contacts c ON c.account_id = k->>'account' AND c.email = k->>'email' */
WHERE c.email <> ''
UNION ALL
SELECT c.id, c.account_id, c.email, c.name, c.level, c.language, c.zone, c.active
FROM /*+sqlite json_each(:keys) k JOIN contacts c ON c.account_id = json_extract(k.value, '$.account') AND c.name = json_extract(k.value, '$.name') */
/*+postgresql jsonb_array_elements(CAST(:keys AS jsonb)) k JOIN contacts c ON c.account_id = k->>'account' AND c.name = k->>'name' AND k->>'email' = '' */
WHERE c.email = '' /*+sqlite AND json_extract(k.value, '$.email') = '' */;

-- name: add_contacts
INSERT INTO contacts (id, account_id, email, name, level, language, zone, active, created_at, updated_at)
/*+sqlite VALUES (:id, :account_id, :email, :name, :level, :language, :zone, :active, :now, :now) */
/*+postgresql SELECT i, a, e, n, l, g, z, v, t, t FROM unnest(CAST(:id AS text[]), CAST(:account_id AS text[]), CAST(:email AS text[]), CAST(:name AS text[]), CAST(:level AS text[]), CAST(:language AS text[]), CAST(:zone AS text[]), CAST(:active AS bigint[]), CAST(:now AS bigint[])) AS k (i, a, e, n, l, g, z, v, t) */
;

-- name: update_contact
UPDATE contacts SET name = :name, level = :level, language = :language, zone = :zone, active = :active, updated_at = :now WHERE id = :id;

-- name: contacts
-- Those who stand for themselves.
SELECT id, account_id, email, name, level, language, zone, active FROM contacts WHERE merged_into = '' AND erased_at = 0 ORDER BY name;

-- name: contact_by_id_or_address
-- Whoever was merged is found as the one who stands for them; whoever was erased is not found.
SELECT DISTINCT s.id, s.account_id, s.email, s.name, s.level, s.language, s.zone, s.active
FROM contacts c JOIN contacts s ON s.id = COALESCE(NULLIF(c.merged_into, ''), c.id)
WHERE (c.id = :key OR (c.email = :key AND c.email <> '')) AND s.erased_at = 0;
