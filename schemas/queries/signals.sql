-- Signals: who is due, what is known of them, what was found.

-- name: cursor
SELECT through_seq, through_history, through_change FROM signal_cursors WHERE signal = :signal;

-- name: newest
-- Observations as far as they can be looked up by contact.
SELECT COALESCE((SELECT through_seq FROM metric_cursors WHERE metric = '_facts'), 0),
       COALESCE((SELECT MAX(seq) FROM relationship_history), 0), COALESCE((SELECT MAX(last_event_at) FROM items), 0);

-- name: set_cursor
INSERT INTO signal_cursors (signal, through_seq, through_history, through_change) VALUES (:signal, :seq, :history, :change)
ON CONFLICT (signal) DO UPDATE SET through_seq = excluded.through_seq, through_history = excluded.through_history,
through_change = excluded.through_change;

-- name: touch
-- Every account has a row in the history, so that a signal that begins there begins with all of them.
INSERT INTO signal_rounds (signal, account_id, day, touched)
SELECT CAST(:signal AS TEXT), account_id, 0, 1 FROM (
    SELECT account_id FROM observations WHERE seq > :from_seq AND seq <= :to_seq AND account_id <> ''
    UNION SELECT account_id FROM relationship_history WHERE seq > :from_history AND seq <= :to_history
    UNION SELECT account_id FROM items WHERE last_event_at > :from_change AND last_event_at <= :to_change AND account_id <> ''
) heard WHERE 1 = 1
ON CONFLICT (signal, account_id) DO UPDATE SET touched = signal_rounds.touched + 1;

-- name: touched
SELECT account_id, touched FROM signal_rounds WHERE signal = :signal AND touched > 0 ORDER BY account_id LIMIT :limit;

-- name: not_today
SELECT account_id, touched FROM signal_rounds WHERE signal = :signal AND day < :today AND touched = 0
ORDER BY day, account_id LIMIT :limit;

-- name: looked_at
-- What happened during the look keeps the account due.
INSERT INTO signal_rounds (signal, account_id, day, touched) VALUES (:signal, :account, :day, 0)
ON CONFLICT (signal, account_id) DO UPDATE SET day = excluded.day,
touched = CASE WHEN signal_rounds.touched = CAST(:touched AS BIGINT) THEN 0 ELSE signal_rounds.touched END;

-- name: account
SELECT segment, annual_revenue FROM accounts WHERE id = :account;

-- name: contacts
SELECT id FROM contacts WHERE account_id = :account ORDER BY id;

-- name: items
SELECT number, id, contact_id, state, round, raised_at, heard_at, decided_at, changed_at, told_at, closed_at
FROM items WHERE account_id = :account ORDER BY number;

-- name: standing
SELECT key FROM findings WHERE signal = :signal AND account_id = :account AND ended_at = 0;

-- name: report
INSERT INTO findings (signal, plugin, account_id, key, contact_id, severity, title, detail, evidence, as_of, first_at, last_at, ended_at)
VALUES (:signal, :plugin, :account, :key, :contact, :severity, :title, :detail, :evidence, :as_of, :at, :last_at, 0)
ON CONFLICT (signal, account_id, key) DO UPDATE SET plugin = excluded.plugin, contact_id = excluded.contact_id,
severity = excluded.severity, title = excluded.title, detail = excluded.detail, evidence = excluded.evidence, as_of = excluded.as_of,
first_at = CASE WHEN findings.ended_at = 0 THEN findings.first_at ELSE excluded.first_at END, last_at = excluded.last_at, ended_at = 0;

-- name: finish
UPDATE findings SET ended_at = :at WHERE signal = :signal AND account_id = :account AND key = :key AND ended_at = 0;

-- name: list
-- Newest first.
SELECT f.number, f.signal, f.plugin, f.account_id, COALESCE(a.name, ''), f.key, f.contact_id, COALESCE(c.name, ''), f.severity,
       f.title, f.detail, f.evidence, f.as_of, f.first_at, f.last_at, f.ended_at
FROM findings f LEFT JOIN accounts a ON a.id = f.account_id LEFT JOIN contacts c ON c.id = f.contact_id
WHERE (CAST(:before AS BIGINT) = 0 OR f.number < :below) AND (:account = '' OR f.account_id = :of_account)
AND (:signal = '' OR f.signal = :of_signal) AND (CAST(:ended AS BIGINT) = 1 OR f.ended_at = 0)
AND (:sees = '' OR f.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))
ORDER BY f.number DESC LIMIT :limit;
