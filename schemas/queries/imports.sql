-- People whom an imported file names: by address, by our own id, by the name that another system has for them. Whoever
-- was merged is found as the one who stands for them; whoever was erased is nobody.

-- part: found
s.id, s.account_id, a.ref, a.name

-- part: standing
JOIN contacts s ON s.id = COALESCE(NULLIF(c.merged_into, ''), c.id) JOIN accounts a ON a.id = s.account_id

-- name: people_by_address
SELECT DISTINCT c.email, {found}
FROM /*+sqlite json_each(:keys) k JOIN contacts c ON c.email = json_extract(k.value, '$.key') */
/*+postgresql jsonb_array_elements(CAST(:keys AS jsonb)) k JOIN contacts c ON c.email = k->>'key' */
{standing}
WHERE c.email <> '' AND s.erased_at = 0;

-- name: people_by_id
SELECT DISTINCT c.id, {found}
FROM /*+sqlite json_each(:keys) k JOIN contacts c ON c.id = json_extract(k.value, '$.key') */
/*+postgresql jsonb_array_elements(CAST(:keys AS jsonb)) k JOIN contacts c ON c.id = k->>'key' */
{standing}
WHERE s.erased_at = 0;

-- name: people_by_ref
SELECT DISTINCT r.ref, {found}
FROM /*+sqlite json_each(:keys) k JOIN contact_refs r ON r.ref = json_extract(k.value, '$.key') */
/*+postgresql jsonb_array_elements(CAST(:keys AS jsonb)) k JOIN contact_refs r ON r.ref = k->>'key' */
JOIN contacts c ON c.id = r.contact_id
{standing}
WHERE s.erased_at = 0;

-- name: remember_refs
INSERT INTO contact_refs (ref, contact_id, added_at)
/*+sqlite VALUES (:ref, :contact_id, :now) */
/*+postgresql SELECT r, c, n FROM unnest(CAST(:ref AS text[]), CAST(:contact_id AS text[]), CAST(:now AS bigint[])) AS t (r, c, n) */
ON CONFLICT (ref) DO UPDATE SET contact_id = excluded.contact_id;

-- name: forget_refs
DELETE FROM contact_refs WHERE contact_id = :id;
