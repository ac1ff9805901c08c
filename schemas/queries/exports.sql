-- Everything, page after page: each page begins behind a key of its own, so that the last costs what the first did.

-- name: histories
-- The ledgers of a page of items; behind the item the columns of loop.sql `history`.
SELECT l.item_id, l.n, l.round, l.event, l.actor_id, l.at, l.hash, COALESCE(c.content, ''), CASE WHEN c.n IS NULL THEN 1 ELSE 0 END,
       COALESCE(t.name, k.name, p.name, '')
FROM items i
JOIN ledger l ON l.item_id = i.id
LEFT JOIN ledger_contents c ON c.item_id = l.item_id AND c.n = l.n
LEFT JOIN teammates t ON t.id = l.actor_id
LEFT JOIN contacts k ON k.id = l.actor_id
LEFT JOIN api_tokens p ON p.id = l.actor_id
WHERE i.number /*+sqlite IN (SELECT value FROM json_each(:numbers)) */ /*+postgresql = ANY(CAST(:numbers AS bigint[])) */
ORDER BY l.item_id, l.n;

-- name: promises_of_items
SELECT p.item_id, p.round, p.promise, p.due_at,
       CASE WHEN p.standing = 'open' AND p.due_at < :overdue_before THEN 'broken' ELSE p.standing END, p.settled_at
FROM items i JOIN commitments p ON p.item_id = i.id
WHERE i.number /*+sqlite IN (SELECT value FROM json_each(:numbers)) */ /*+postgresql = ANY(CAST(:numbers AS bigint[])) */
ORDER BY p.item_id, p.round;

-- name: answers
SELECT o.seq, o.source, o.kind, o.about, o.account_id, COALESCE(a.name, ''), o.contact_id, COALESCE(c.name, ''), COALESCE(c.email, ''), o.score, o.class,
       o.content, o.occurred_at, o.received_at
FROM observations o
LEFT JOIN accounts a ON a.id = o.account_id
LEFT JOIN contacts c ON c.id = o.contact_id
WHERE o.seq > :after AND (:account = '' OR o.account_id = :account) AND (:contact = '' OR o.contact_id = :contact)
  AND (:source = '' OR o.source = :source) AND (:kind = '' OR o.kind = :kind)
  AND (CAST(:since AS BIGINT) = 0 OR o.occurred_at >= :since) AND (CAST(:until AS BIGINT) = 0 OR o.occurred_at < :until)
  AND (:sees = '' OR o.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))
ORDER BY o.seq LIMIT :limit;

-- part: promise_filters
  AND (:standing = '' OR CASE WHEN p.standing = 'open' AND p.due_at < :overdue_before THEN 'broken' ELSE p.standing END = :standing)
  AND (:owner = '' OR p.owner_id = :owner) AND (CAST(:due_before AS BIGINT) = 0 OR p.due_at < :due_before)

-- part: promise_people
       COALESCE(a.id, ''), COALESCE(a.name, ''), p.contact_id, COALESCE(c.name, ''), p.owner_id, COALESCE(t.name, '')

-- name: promises_in_items
-- The columns of commitment.sql `commitments`.
SELECT p.item_id, i.number, p.round, p.promise, 'loop', p.due_at,
       CASE WHEN p.standing = 'open' AND p.due_at < :overdue_before THEN 'broken' ELSE p.standing END, p.settled_at, i.version,
       {promise_people}
FROM commitments p
JOIN items i ON i.id = p.item_id
LEFT JOIN accounts a ON a.id = i.account_id
LEFT JOIN contacts c ON c.id = p.contact_id
LEFT JOIN teammates t ON t.id = p.owner_id
WHERE (p.item_id, p.round) > (:item, CAST(:round AS BIGINT)) AND (:account = '' OR i.account_id = :account)
  AND (:sees = '' OR i.owner_id = :sees OR i.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))
  AND (:source = '' OR :source = 'loop') {promise_filters}
ORDER BY p.item_id, p.round LIMIT :limit;

-- name: promises_alone
SELECT p.id, p.number, 0, p.promise, p.source, p.due_at,
       CASE WHEN p.standing = 'open' AND p.due_at < :overdue_before THEN 'broken' ELSE p.standing END, p.settled_at, p.version,
       {promise_people}
FROM lone_commitments p
LEFT JOIN accounts a ON a.id = p.account_id
LEFT JOIN contacts c ON c.id = p.contact_id
LEFT JOIN teammates t ON t.id = p.owner_id
WHERE p.number > :number AND (:account = '' OR p.account_id = :account) AND (:source = '' OR p.source = :source)
  AND (:sees = '' OR p.owner_id = :sees OR p.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees)) {promise_filters}
ORDER BY p.number LIMIT :limit;
