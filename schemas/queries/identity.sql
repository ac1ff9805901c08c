-- Who may call, and what they asked for before.

-- name: add_token
INSERT INTO api_tokens (id, name, teammate_id, hash, created_at, scopes, expires_at)
VALUES (:id, :name, :teammate_id, :hash, :now, :scopes, :expires_at);

-- name: find_token
-- A token sees what its teammate does.
SELECT k.id, k.name, k.teammate_id, k.scopes, k.expires_at, k.last_used_at, COALESCE(t.sees, 'all')
FROM api_tokens k LEFT JOIN teammates t ON t.id = k.teammate_id WHERE k.hash = :hash AND k.revoked_at = 0;

-- name: tokens
SELECT k.id, k.name, k.teammate_id, COALESCE(t.email, ''), k.scopes, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
FROM api_tokens k LEFT JOIN teammates t ON t.id = k.teammate_id ORDER BY k.id;

-- name: revoke_token
UPDATE api_tokens SET revoked_at = :now WHERE id = :id AND revoked_at = 0;

-- name: token_used
UPDATE api_tokens SET last_used_at = :now WHERE id = :id;

-- name: claim_repeat
-- The one who inserts the row works; everybody else gets what came of it.
INSERT INTO repeats (token_id, key, digest, at) VALUES (:token_id, :key, :digest, :now) ON CONFLICT DO NOTHING;

-- name: find_repeat
SELECT digest, status, content_type, headers, body, at FROM repeats WHERE token_id = :token_id AND key = :key;

-- name: take_over_repeat
-- Whoever worked on it is gone; `at` is the referee between two who find that out at once.
UPDATE repeats SET digest = :digest, status = 0, content_type = '', headers = '', body = '', at = :now
WHERE token_id = :token_id AND key = :key AND at = :seen_at;

-- name: keep_repeat
UPDATE repeats SET status = :status, content_type = :content_type, headers = :headers, body = :body, at = :now
WHERE token_id = :token_id AND key = :key;

-- name: drop_repeat
DELETE FROM repeats WHERE token_id = :token_id AND key = :key;

-- name: prune_repeats
DELETE FROM repeats WHERE at < :before;
