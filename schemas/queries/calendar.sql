-- When people work.

-- name: calendars
SELECT id, zone, weekly, holidays FROM calendars WHERE :id = '' OR id = :id ORDER BY id;

-- name: calendar_for
-- The account's own, else the teammate's, else the organisation's.
SELECT id, zone, weekly, holidays FROM calendars
WHERE id = COALESCE((SELECT calendar_id FROM accounts WHERE id = :account AND calendar_id <> ''),
                    (SELECT calendar_id FROM teammates WHERE id = :owner AND calendar_id <> ''),
                    'organisation');

-- name: set_calendar
INSERT INTO calendars (id, zone, weekly, holidays, updated_at) VALUES (:id, :zone, :weekly, :holidays, :now)
ON CONFLICT (id) DO UPDATE SET zone = excluded.zone, weekly = excluded.weekly, holidays = excluded.holidays, updated_at = excluded.updated_at;

-- name: care_of_teammates
SELECT t.id, t.email, t.name, t.manager_id, COALESCE(m.name, ''), t.calendar_id
FROM teammates t LEFT JOIN teammates m ON m.id = t.manager_id ORDER BY t.name, t.id;

-- name: care_of_accounts
SELECT a.id, a.ref, a.name, a.owner_id, COALESCE(o.name, ''), a.sponsor_id, COALESCE(s.name, ''), a.calendar_id
FROM accounts a LEFT JOIN teammates o ON o.id = a.owner_id LEFT JOIN teammates s ON s.id = a.sponsor_id
WHERE :sees = '' OR a.id IN (SELECT v.account_id FROM sights v WHERE v.teammate_id = :sees) ORDER BY a.name, a.id;

-- name: teammate_by_id_or_address
SELECT id, email, name FROM teammates WHERE id = :key OR email = :key;

-- name: account_by_id_or_ref
SELECT id, name FROM accounts WHERE id = :key OR ref = :key;

-- name: accounts_of_owner
SELECT id, ref, name, segment, owner_id, renewal_on, annual_revenue FROM accounts WHERE owner_id = :owner ORDER BY id;

-- name: hand_accounts_over
UPDATE accounts SET owner_id = :to, updated_at = :now WHERE owner_id = :from;

-- name: set_teammate_care
UPDATE teammates SET manager_id = :manager, calendar_id = :calendar WHERE id = :id;

-- name: set_account_care
UPDATE accounts SET sponsor_id = :sponsor, calendar_id = :calendar WHERE id = :id;

-- name: teammate_care
SELECT manager_id, calendar_id FROM teammates WHERE id = :id;

-- name: account_care
SELECT sponsor_id, calendar_id FROM accounts WHERE id = :id;
