-- What plugins read page by page: schemas/json/views.json.

-- name: answers
-- Of one kind, in order of arrival.
SELECT seq, account_id, contact_id, day, occurred_at, score, class FROM observations
WHERE kind = :kind AND contact_id <> '' AND score >= 0 AND seq > :after AND (:account = '' OR account_id = :account)
ORDER BY seq LIMIT :limit;

-- name: acts
SELECT seq, account_id, contact_id, day, occurred_at, content FROM observations
WHERE kind = 'advocacy.act' AND contact_id <> '' AND seq > :after AND (:account = '' OR account_id = :account)
ORDER BY seq LIMIT :limit;

-- name: contacts
SELECT seq, account_id, contact_id, day, at, what, value FROM relationship_history
WHERE contact_id <> '' AND seq > :after AND (:account = '' OR account_id = :account)
ORDER BY seq LIMIT :limit;

-- name: contacts_of
SELECT id FROM contacts WHERE id > :after AND (:account = '' OR account_id = :account) ORDER BY id LIMIT :limit;

-- name: items
SELECT number, id, account_id, contact_id, segment, state, round, raised_at, heard_at, decided_at, changed_at, told_at, closed_at
FROM items WHERE number > :after AND (:account = '' OR account_id = :account)
ORDER BY number LIMIT :limit;
