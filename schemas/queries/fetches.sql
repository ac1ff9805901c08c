-- What was done with the links that customers hold.

-- name: append_fetches
INSERT INTO link_fetches (message_id, at, method, score, trap, agent, scanner, has_language)
/*+sqlite VALUES (:message_id, :at, :method, :score, :trap, :agent, :scanner, :has_language) */
/*+postgresql SELECT a, b, c, d, e, f, g, h FROM unnest(CAST(:message_id AS text[]), CAST(:at AS bigint[]), CAST(:method AS text[]), CAST(:score AS bigint[]), CAST(:trap AS bigint[]), CAST(:agent AS text[]), CAST(:scanner AS text[]), CAST(:has_language AS bigint[])) AS t (a, b, c, d, e, f, g, h) */

-- name: fetches_between
SELECT at, method, score, trap, agent, scanner, has_language FROM link_fetches
WHERE message_id = :message_id AND at >= :from_at AND at <= :to_at ORDER BY at, seq;

-- name: forget_fetches
DELETE FROM link_fetches WHERE at < :before;
