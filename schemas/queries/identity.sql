-- Who may call.

-- name: add_token
INSERT INTO api_tokens (id, name, teammate_id, hash, created_at) VALUES (:id, :name, :teammate_id, :hash, :now);

-- name: find_token
SELECT id, name, teammate_id FROM api_tokens WHERE hash = :hash AND revoked_at = 0;
