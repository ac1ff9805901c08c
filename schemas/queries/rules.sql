-- The rules that make items of answers, and answers to try them on.

-- name: latest_version
SELECT COALESCE(MAX(version), 0) FROM rule_sets;

-- name: find
SELECT version, document, note, set_by, set_at FROM rule_sets WHERE version = :version;

-- name: add
INSERT INTO rule_sets (version, document, note, set_by, set_at) VALUES (:version, :document, :note, :set_by, :set_at);

-- name: level_of
SELECT level FROM contacts WHERE id = :id;

-- name: past_answers
-- With what became of them: an item of their own, one that was there before, or none.
SELECT o.seq, o.source, o.kind, o.about, o.contact_id, o.score, o.class, o.content, o.received_at, COALESCE(a.segment, ''),
       COALESCE(c.level, ''), COALESCE(c.name, ''), COALESCE(i.number, 0)
FROM observations o
LEFT JOIN accounts a ON a.id = o.account_id
LEFT JOIN contacts c ON c.id = o.contact_id
LEFT JOIN items i ON i.source = o.source AND i.source_key = o.item_key AND o.contact_id <> ''
WHERE o.seq > :after AND o.received_at >= :since ORDER BY o.seq LIMIT :limit;
