-- Promises that stand alone, and all promises together.

-- name: find_lone
SELECT id, number, account_id, contact_id, owner_id, promise, source, standing, made_at, due_at, settled_at, version
FROM lone_commitments WHERE id = :id OR number = :number
/*+postgresql FOR UPDATE */

-- name: add_lone
INSERT INTO lone_commitments (id, account_id, contact_id, owner_id, promise, source, standing, made_at, due_at, settled_at, version)
VALUES (:id, :account_id, :contact_id, :owner_id, :promise, :source, :standing, :made_at, :due_at, :settled_at, :version);

-- name: update_lone
UPDATE lone_commitments SET account_id = :account_id, contact_id = :contact_id, owner_id = :owner_id, promise = :promise,
       source = :source, standing = :standing, made_at = :made_at, due_at = :due_at, settled_at = :settled_at, version = :version
WHERE id = :id;

-- name: drop_lone
DELETE FROM lone_commitments WHERE id = :id;

-- name: open_of_owner
SELECT id, number, version FROM lone_commitments WHERE owner_id = :owner AND standing = 'open' ORDER BY number;

-- name: commitments
-- Soonest due first; each half goes along its index and stops after a page. The cursor is the due instant, the subject and
-- the round, so that settling one does not shift the pages.
-- What is open and more than thirty days overdue at `overdue_before` stands as broken.
SELECT k.subject, k.number, k.round, k.promise, k.source, k.due_at, k.standing, k.settled_at, k.version,
       k.account_id, COALESCE(a.name, ''), k.contact_id, COALESCE(c.name, ''), k.owner_id, COALESCE(t.name, '')
FROM (SELECT * FROM (
          SELECT p.item_id AS subject, i.number AS number, p.round AS round, p.promise AS promise, 'loop' AS source, p.due_at AS due_at,
                 CASE WHEN p.standing = 'open' AND p.due_at < :overdue_before THEN 'broken' ELSE p.standing END AS standing,
                 p.settled_at AS settled_at, i.version AS version, i.account_id AS account_id, p.contact_id AS contact_id, p.owner_id AS owner_id
          FROM commitments p JOIN items i ON i.id = p.item_id
          WHERE (:subject = '' OR p.item_id = :subject) AND :source IN ('', 'loop')
            AND (:standing = '' OR CASE WHEN p.standing = 'open' AND p.due_at < :overdue_before THEN 'broken' ELSE p.standing END = :standing)
            AND (:owner = '' OR p.owner_id = :owner) AND (:account = '' OR i.account_id = :account)
            AND (:sees = '' OR i.owner_id = :sees OR i.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))
            AND (CAST(:due_before AS BIGINT) = 0 OR p.due_at < :due_before)
            AND (p.due_at, p.item_id, p.round) > (CAST(:after_due AS BIGINT), :after_subject, CAST(:after_round AS BIGINT))
          ORDER BY p.due_at, p.item_id, p.round LIMIT :limit) of_items
      UNION ALL
      SELECT * FROM (
          SELECT l.id AS subject, l.number AS number, 0 AS round, l.promise AS promise, l.source AS source, l.due_at AS due_at,
                 CASE WHEN l.standing = 'open' AND l.due_at < :overdue_before THEN 'broken' ELSE l.standing END AS standing,
                 l.settled_at AS settled_at, l.version AS version, l.account_id AS account_id, l.contact_id AS contact_id, l.owner_id AS owner_id
          FROM lone_commitments l
          WHERE (:subject = '' OR l.id = :subject) AND (:source = '' OR l.source = :source)
            AND (:standing = '' OR CASE WHEN l.standing = 'open' AND l.due_at < :overdue_before THEN 'broken' ELSE l.standing END = :standing)
            AND (:owner = '' OR l.owner_id = :owner) AND (:account = '' OR l.account_id = :account)
            AND (:sees = '' OR l.owner_id = :sees OR l.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))
            AND (CAST(:due_before AS BIGINT) = 0 OR l.due_at < :due_before)
            AND (l.due_at, l.id, 0) > (CAST(:after_due AS BIGINT), :after_subject, CAST(:after_round AS BIGINT))
          ORDER BY l.due_at, l.id LIMIT :limit) alone) k
LEFT JOIN accounts a ON a.id = k.account_id
LEFT JOIN contacts c ON c.id = k.contact_id
LEFT JOIN teammates t ON t.id = k.owner_id
ORDER BY k.due_at, k.subject, k.round LIMIT :limit;

-- name: hand_on_commitment
UPDATE commitments SET owner_id = :owner_id WHERE item_id = :item_id AND round = :round AND standing = 'open';
