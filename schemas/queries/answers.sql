-- Answers as a list, newest first. What leads it stands in answer_places; the other filters are looked at row by row.

-- name: place
-- Behind the cursor of metric_facts, in its transaction. Whoever was merged is found as the one who stands for them.
INSERT INTO answer_places (place, seq)
SELECT o.account_id, o.seq FROM observations o WHERE o.seq > :from_seq AND o.seq <= :to_seq AND o.account_id <> ''
UNION ALL
SELECT COALESCE((SELECT NULLIF(c.merged_into, '') FROM contacts c WHERE c.id = o.contact_id), o.contact_id), o.seq
FROM observations o WHERE o.seq > :from_seq AND o.seq <= :to_seq AND o.contact_id <> ''
UNION ALL
SELECT 'about ' || o.about, o.seq FROM observations o WHERE o.seq > :from_seq AND o.seq <= :to_seq AND o.about <> ''
UNION ALL
SELECT 'class ' || o.class, o.seq FROM observations o WHERE o.seq > :from_seq AND o.seq <= :to_seq AND o.class = 'likely_bot'
UNION ALL
SELECT m.campaign_id, o.seq FROM observations o JOIN messages m ON m.id = o.message_id
WHERE o.seq > :from_seq AND o.seq <= :to_seq AND o.message_id <> '' AND m.campaign_id <> ''
ON CONFLICT DO NOTHING;

-- name: note_spans
-- With `place`.
INSERT INTO answer_spans (span, earliest, latest)
SELECT o.seq / 1000, MIN(o.occurred_at), MAX(o.occurred_at) FROM observations o WHERE o.seq > :from_seq AND o.seq <= :to_seq GROUP BY o.seq / 1000
ON CONFLICT (span) DO UPDATE SET
    earliest = CASE WHEN excluded.earliest < answer_spans.earliest THEN excluded.earliest ELSE answer_spans.earliest END,
    latest = CASE WHEN excluded.latest > answer_spans.latest THEN excluded.latest ELSE answer_spans.latest END;

-- name: placed_through
SELECT COALESCE(MAX(through_seq), 0) FROM metric_cursors WHERE metric = '_facts';

-- name: spans_of_time
-- The thousands in which an answer of that time can stand, the last one first.
SELECT span FROM answer_spans
WHERE span <= CAST(:before AS BIGINT) / 1000 AND latest >= :since AND (CAST(:until AS BIGINT) = 0 OR earliest < :until) ORDER BY span DESC;

-- part: columns
SELECT o.seq, o.source, o.kind, o.about, o.account_id, COALESCE(a.name, ''), o.contact_id, COALESCE(c.name, ''), COALESCE(c.email, ''),
       o.score, o.class, o.content, o.occurred_at, o.received_at, COALESCE(i.number, 0)

-- part: beside
LEFT JOIN accounts a ON a.id = o.account_id
LEFT JOIN contacts c ON c.id = o.contact_id
LEFT JOIN items i ON i.source = o.source AND i.source_key = o.item_key AND i.contact_id = o.contact_id

-- part: filters
  AND (:account = '' OR o.account_id = :account)
  AND (:contact = '' OR EXISTS (SELECT 1 FROM answer_places q WHERE q.place = :contact AND q.seq = o.seq))
  AND (:campaign = '' OR EXISTS (SELECT 1 FROM answer_places q WHERE q.place = :campaign AND q.seq = o.seq))
  AND (:about = '' OR o.about = :about) AND (:class = '' OR o.class = :class)
  AND (CAST(:since AS BIGINT) = 0 OR o.occurred_at >= :since) AND (CAST(:until AS BIGINT) = 0 OR o.occurred_at < :until)
  AND (:sees = '' OR o.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))

-- name: newest
{columns} FROM observations o {beside} WHERE o.seq < :before AND o.seq > :behind {filters} ORDER BY o.seq DESC LIMIT :limit;

-- name: newest_of_place
{columns} FROM answer_places p JOIN observations o ON o.seq = p.seq {beside}
WHERE p.place = :place AND p.seq < :before AND p.seq > :behind {filters} ORDER BY p.seq DESC LIMIT :limit;

-- name: newest_in_sight
-- Of whoever sees some accounts only, and asks for no place.
{columns} FROM answer_places p JOIN observations o ON o.seq = p.seq {beside}
WHERE p.place IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :place) AND p.seq < :before AND p.seq > :behind {filters}
ORDER BY p.seq DESC LIMIT :limit;

-- name: move_places
UPDATE answer_places SET place = :into_id WHERE place = :from_id;

-- name: return_places
UPDATE answer_places SET place = :from_id
WHERE place = :into_id AND seq IN (SELECT seq FROM observations WHERE contact_id = :from_id);

-- name: erase_places
DELETE FROM answer_places WHERE place = :id;
