-- Our own people as they sign in.

-- part: user
SELECT t.id, t.email, t.name, t.role, t.deactivated_at, t.disabled_at, COALESCE(p.hash, ''), COALESCE(p.locked_until, 0),
       COALESCE((SELECT MAX(s.last_used_at) FROM sessions s WHERE s.teammate_id = t.id), 0),
       (SELECT COUNT(1) FROM sessions s WHERE s.teammate_id = t.id AND s.ended_at = 0 AND s.expires_at > :now AND s.last_used_at > :idle_since),
       CASE WHEN EXISTS (SELECT 1 FROM identities i WHERE i.teammate_id = t.id) THEN 1 ELSE 0 END, t.sees
FROM teammates t LEFT JOIN passwords p ON p.teammate_id = t.id

-- name: users
{user} ORDER BY t.name, t.id;

-- name: user
{user} WHERE t.id = :key OR t.email = :key;

-- name: admins
-- Who could administer without this one: by a password, or by an identity provider that knows them.
SELECT COUNT(1) FROM teammates t
WHERE t.role = 'admin' AND t.deactivated_at = 0 AND t.disabled_at = 0 AND t.id <> :without
  AND (EXISTS (SELECT 1 FROM passwords p WHERE p.teammate_id = t.id) OR EXISTS (SELECT 1 FROM identities i WHERE i.teammate_id = t.id));

-- name: administrators
SELECT id FROM teammates WHERE role = 'admin' AND deactivated_at = 0 AND disabled_at = 0 ORDER BY id;

-- name: set_role
-- Managers and administrators answer for the whole house: they see all of it.
UPDATE teammates SET role = :role, sees = CASE WHEN :role IN ('manager', 'admin') THEN 'all' ELSE sees END WHERE id = :id;

-- name: set_disabled
UPDATE teammates SET disabled_at = :at WHERE id = :id;

-- name: set_password
INSERT INTO passwords (teammate_id, hash, set_at) VALUES (:teammate_id, :hash, :now)
ON CONFLICT (teammate_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at, failures = 0, locked_until = 0;

-- name: forget_password
DELETE FROM passwords WHERE teammate_id = :teammate_id;

-- name: count_failure
UPDATE passwords SET failures = failures + 1 WHERE teammate_id = :teammate_id RETURNING failures;

-- name: lock
UPDATE passwords SET failures = 0, locked_until = :until WHERE teammate_id = :teammate_id;

-- name: unlock
UPDATE passwords SET failures = 0, locked_until = 0 WHERE teammate_id = :teammate_id;

-- name: open_session
INSERT INTO sessions (id, hash, teammate_id, way, address, program, created_at, last_used_at, expires_at)
VALUES (:id, :hash, :teammate_id, :way, :address, :program, :now, :now, :expires_at);

-- name: find_session
-- The role counts as it is now, not as it was when they signed in, and so does what they see.
SELECT s.id, s.teammate_id, t.name, t.role, s.expires_at, s.last_used_at, t.sees FROM sessions s JOIN teammates t ON t.id = s.teammate_id
WHERE s.hash = :hash AND s.ended_at = 0 AND s.expires_at > :now AND s.last_used_at > :idle_since
  AND t.deactivated_at = 0 AND t.disabled_at = 0;

-- name: session_used
UPDATE sessions SET last_used_at = :now WHERE id = :id AND ended_at = 0;

-- name: devices
SELECT id, way, address, program, created_at, last_used_at, expires_at FROM sessions
WHERE teammate_id = :teammate_id AND ended_at = 0 AND expires_at > :now AND last_used_at > :idle_since ORDER BY last_used_at DESC, id;

-- name: end_session
UPDATE sessions SET ended_at = :now WHERE id = :id AND teammate_id = :teammate_id AND ended_at = 0;

-- name: end_session_of
UPDATE sessions SET ended_at = :now WHERE hash = :hash AND ended_at = 0;

-- name: end_sessions
UPDATE sessions SET ended_at = :now WHERE teammate_id = :teammate_id AND id <> :but AND ended_at = 0;

-- name: forget_sessions
DELETE FROM sessions WHERE teammate_id = :teammate_id AND created_at < :before;

-- name: tokens_of
SELECT id, scopes FROM api_tokens WHERE teammate_id = :teammate_id AND revoked_at = 0;

-- name: add_entrance
INSERT INTO entrances (id, purpose, teammate_id, created_at, expires_at) VALUES (:id, :purpose, :teammate_id, :now, :expires_at);

-- name: entrance
SELECT e.purpose, e.teammate_id, COALESCE(t.email, ''), COALESCE(t.name, '') FROM entrances e LEFT JOIN teammates t ON t.id = e.teammate_id
WHERE e.id = :id AND e.used_at = 0 AND e.expires_at > :now AND (e.teammate_id = '' OR (t.deactivated_at = 0 AND t.disabled_at = 0));

-- name: use_entrance
-- Of two who use a link at once one does.
UPDATE entrances SET used_at = :now WHERE id = :id AND used_at = 0;

-- name: find_identity
SELECT teammate_id FROM identities WHERE issuer = :issuer AND subject = :subject;

-- name: add_identity
INSERT INTO identities (issuer, subject, teammate_id, linked_at) VALUES (:issuer, :subject, :teammate_id, :now);

-- name: close_entrances
-- The newest link holds, and none after a password was chosen.
UPDATE entrances SET used_at = :now WHERE teammate_id = :teammate_id AND used_at = 0;
