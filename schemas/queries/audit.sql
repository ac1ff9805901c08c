-- What was done to the house.

-- name: add_audit
INSERT INTO audit (at, actor, actor_name, address, act, subject, before, after)
VALUES (:at, :actor, :actor_name, :address, :act, :subject, :was, :becomes);

-- name: audit_page
-- Along the primary key, newest first.
SELECT seq, at, actor, actor_name, address, act, subject, before, after FROM audit
WHERE seq < :below AND (:actor = '' OR actor = :actor) AND (:act = '' OR act = :act) ORDER BY seq DESC LIMIT :limit;
