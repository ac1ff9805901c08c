-- What happened to items, in the order of the ledger.

-- name: after
-- Rows of themes and of promises that stand alone come along: a number that is left out would look like one that is
-- still to come.
SELECT l.seq, l.item_id, COALESCE(i.number, 0), l.n, l.round, l.event, l.at, l.actor_id, COALESCE(i.account_id, ''),
       COALESCE(i.contact_id, ''), COALESCE(i.owner_id, ''), COALESCE(i.state, '')
FROM ledger l LEFT JOIN items i ON i.id = l.item_id
WHERE l.seq > :after AND l.seq <= :through ORDER BY l.seq LIMIT :limit;

-- name: last
SELECT COALESCE(MAX(seq), 0) FROM ledger;
