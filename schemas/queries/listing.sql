-- Which items stand on a page of a list: their numbers, in order. What leads a query has an index of its own, so that a
-- page costs the same among a million items; the other filters are looked at row by row behind it.
-- loop.sql list_items then reads the items themselves.

-- part: filters
  AND (:state = '' OR i.state = :state) AND (:owner = '' OR i.owner_id = :owner)
  AND (:account = '' OR i.account_id = :account) AND (:contact = '' OR i.contact_id = :contact)
  AND (:theme = '' OR i.theme_id = :theme) AND (CAST(:quiet AS BIGINT) = 0 OR i.quiet = 1)
  AND (CAST(:owes_nothing AS BIGINT) = 0 OR i.next_due = 0)
  AND (:segment = '' OR i.segment = :segment) AND (:source = '' OR i.source = :source)
  AND (:level = '' OR EXISTS (SELECT 1 FROM contacts c WHERE c.id = i.contact_id AND c.level = :level))
  AND (CAST(:since AS BIGINT) = 0 OR i.raised_at >= :since) AND (CAST(:until AS BIGINT) = 0 OR i.raised_at < :until)
  AND (CAST(:overdue_at AS BIGINT) = 0 OR (i.next_due > 0 AND i.next_due < :overdue_at))
  AND (:sees = '' OR i.owner_id = :sees OR i.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :sees))

-- part: in_sight
i.number IN (SELECT x.number FROM items x WHERE x.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :lead)
             UNION ALL SELECT y.number FROM items y WHERE y.owner_id = :lead)

-- name: plan_for_these_values
-- PostgreSQL only: a plan for any filter at all reads and sorts everything; one for these filters goes along an index.
/*+sqlite SELECT 1 */ /*+postgresql SET plan_cache_mode = force_custom_plan */;

-- name: plan_for_any_values
/*+sqlite SELECT 1 */ /*+postgresql SET plan_cache_mode = auto */;

-- name: newest
SELECT i.number, i.number FROM items i WHERE i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_of_owner
SELECT i.number, i.number FROM items i WHERE i.owner_id = :lead AND i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_of_owner_in_state
SELECT i.number, i.number FROM items i WHERE i.owner_id = :lead AND i.state = :state AND i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_of_account
SELECT i.number, i.number FROM items i WHERE i.account_id = :lead AND i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_of_contact
SELECT i.number, i.number FROM items i WHERE i.contact_id = :lead AND i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_of_state
SELECT i.number, i.number FROM items i WHERE i.state = :lead AND i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_of_state_owing_nothing
-- Along the index of what is owed, at its beginning: among a million items of a state few owe nothing.
SELECT i.number, i.number FROM items i WHERE i.state = :lead AND i.next_due = 0 AND i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_of_theme
SELECT i.number, i.number FROM items i WHERE i.theme_id = :lead AND i.theme_id <> '' AND i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_quiet
SELECT i.number, i.number FROM items i WHERE i.quiet = 1 AND i.number < :number {filters}
ORDER BY i.number DESC LIMIT :limit;

-- name: newest_with_words
-- The index hands its rows out by number on SQLite; PostgreSQL collects and sorts them (OFFSET 0 keeps that a step of its
-- own) and looks at items until the page is full.
/*+sqlite SELECT i.number, i.number FROM item_words w JOIN items i ON i.number = w.rowid
WHERE w.words MATCH :lead AND w.rowid < :number */
/*+postgresql SELECT i.number, i.number
FROM (SELECT number FROM item_words WHERE words @@ CAST(:lead AS tsquery) AND number < :number ORDER BY number DESC OFFSET 0) w
JOIN items i ON i.number = w.number WHERE TRUE */
{filters} ORDER BY /*+sqlite i */ /*+postgresql w */.number DESC LIMIT :limit;

-- part: own_accounts
(SELECT DISTINCT s.account_id FROM sights s WHERE s.teammate_id = :lead) own

-- name: newest_in_sight
-- Of whoever sees some accounts only: the first few of each account, along its own index, and of what they answer for
-- themselves. The page is chosen of these; when one account may have more of it, more are asked for.
SELECT own.account_id, x.number, x.number FROM {own_accounts}
/*+sqlite CROSS JOIN items x ON x.number IN */ /*+postgresql CROSS JOIN LATERAL */ (SELECT i.number
  FROM items i WHERE i.account_id = own.account_id AND i.number < :number {filters}
  ORDER BY i.number DESC LIMIT :quota) /*+postgresql x */
UNION ALL SELECT '', y.number, y.number FROM (SELECT i.number FROM items i WHERE i.owner_id = :lead AND i.number < :number {filters}
  ORDER BY i.number DESC LIMIT :limit) y;

-- name: soonest_due_in_sight
SELECT own.account_id, x.number, x.next_due FROM {own_accounts}
/*+sqlite CROSS JOIN items x ON x.number IN */ /*+postgresql CROSS JOIN LATERAL */ (SELECT i.number /*+postgresql , i.next_due */
  FROM items i WHERE i.account_id = own.account_id AND i.next_due > 0 AND (i.next_due, i.number) > (:key, :number) {filters}
  ORDER BY i.next_due, i.number LIMIT :quota) /*+postgresql x */
UNION ALL SELECT '', y.number, y.next_due FROM (SELECT i.number, i.next_due
  FROM items i WHERE i.owner_id = :lead AND i.next_due > 0 AND (i.next_due, i.number) > (:key, :number) {filters}
  ORDER BY i.next_due, i.number LIMIT :limit) y;

-- name: last_changed_in_sight
SELECT own.account_id, x.number, x.last_event_at FROM {own_accounts}
/*+sqlite CROSS JOIN items x ON x.number IN */ /*+postgresql CROSS JOIN LATERAL */ (SELECT i.number /*+postgresql , i.last_event_at */
  FROM items i WHERE i.account_id = own.account_id AND (i.last_event_at, i.number) < (:key, :number) {filters}
  ORDER BY i.last_event_at DESC, i.number DESC LIMIT :quota) /*+postgresql x */
UNION ALL SELECT '', y.number, y.last_event_at FROM (SELECT i.number, i.last_event_at
  FROM items i WHERE i.owner_id = :lead AND (i.last_event_at, i.number) < (:key, :number) {filters}
  ORDER BY i.last_event_at DESC, i.number DESC LIMIT :limit) y;

-- name: accounts_in_sight
SELECT COUNT(DISTINCT s.account_id) FROM sights s WHERE s.teammate_id = :lead;

-- name: count_of_state_in_sight
-- The index of accounts and states alone answers.
SELECT COUNT(1) FROM (SELECT 1 FROM items i WHERE i.state = :state
  AND i.account_id IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :lead) LIMIT :most) few;

-- name: count_of_state_besides
-- What they answer for at accounts that they do not see.
SELECT COUNT(1) FROM (SELECT 1 FROM items i WHERE i.owner_id = :lead AND i.state = :state
  AND i.account_id NOT IN (SELECT s.account_id FROM sights s WHERE s.teammate_id = :lead) LIMIT :most) few;

-- name: soonest_due
-- What owes nothing is not on this list.
SELECT i.number, i.next_due FROM items i WHERE i.next_due > 0 AND (i.next_due, i.number) > (:key, :number) {filters}
ORDER BY i.next_due, i.number LIMIT :limit;

-- name: soonest_due_of_owner
SELECT i.number, i.next_due FROM items i
WHERE i.owner_id = :lead AND i.next_due > 0 AND (i.next_due, i.number) > (:key, :number) {filters}
ORDER BY i.next_due, i.number LIMIT :limit;

-- name: soonest_due_of_state
SELECT i.number, i.next_due FROM items i
WHERE i.state = :lead AND i.next_due > 0 AND (i.next_due, i.number) > (:key, :number) {filters}
ORDER BY i.next_due, i.number LIMIT :limit;

-- name: last_changed_of_state
SELECT i.number, i.last_event_at FROM items i
WHERE i.state = :lead AND (i.last_event_at, i.number) < (:key, :number) {filters}
ORDER BY i.last_event_at DESC, i.number DESC LIMIT :limit;

-- name: last_changed
SELECT i.number, i.last_event_at FROM items i WHERE (i.last_event_at, i.number) < (:key, :number) {filters}
ORDER BY i.last_event_at DESC, i.number DESC LIMIT :limit;

-- name: count_of_state
-- Only so far as somebody reads numbers; the index alone answers.
SELECT COUNT(1) FROM (SELECT 1 FROM items WHERE state = :state LIMIT :most) few;

-- name: some_of_state
SELECT COUNT(1) FROM (SELECT 1 FROM items i WHERE i.state = :lead {filters} LIMIT :most) few;

-- name: states_of_account
SELECT state, COUNT(1) FROM (SELECT i.state FROM items i WHERE i.account_id = :lead {filters} LIMIT :most) few GROUP BY state;

-- name: states_of_contact
SELECT state, COUNT(1) FROM (SELECT i.state FROM items i WHERE i.contact_id = :lead {filters} LIMIT :most) few GROUP BY state;

-- name: states_of_owner
SELECT state, COUNT(1) FROM (SELECT i.state FROM items i WHERE i.owner_id = :lead {filters} LIMIT :most) few GROUP BY state;

-- name: states_of_theme
SELECT state, COUNT(1) FROM (SELECT i.state FROM items i WHERE i.theme_id = :lead AND i.theme_id <> '' {filters} LIMIT :most) few GROUP BY state;

-- name: states_with_words
SELECT state, COUNT(1) FROM (
/*+sqlite SELECT i.state FROM item_words w JOIN items i ON i.number = w.rowid WHERE w.words MATCH :lead */
/*+postgresql SELECT i.state FROM item_words w JOIN items i ON i.number = w.number WHERE w.words @@ CAST(:lead AS tsquery) */
{filters} LIMIT :most) few GROUP BY state;

-- name: states_in_sight
SELECT state, COUNT(1) FROM (SELECT i.state FROM items i WHERE {in_sight} {filters} LIMIT :most) few GROUP BY state;

-- name: courses_of
-- Of these items: a list of their numbers.
SELECT i.raised_at, i.heard_at, i.decided_at, i.changed_at, i.told_at, i.closed_at, i.will_change FROM items i
WHERE i.number IN (/*+sqlite SELECT value FROM json_each(:numbers) */ /*+postgresql SELECT unnest(CAST(:numbers AS bigint[])) */);

-- name: courses
-- How the items went that something happened to last: when they came to each state of their round.
SELECT raised_at, heard_at, decided_at, changed_at, told_at, closed_at, will_change FROM items
ORDER BY last_event_at DESC, number DESC LIMIT :limit;

-- name: number_of
SELECT number FROM items WHERE id = :id;

-- name: add_words
INSERT INTO item_words /*+sqlite (rowid, words) SELECT number, :words */
/*+postgresql (number, words) SELECT number, array_to_tsvector(string_to_array(CAST(:words AS text), ' ')) */
FROM items WHERE id = :id;

-- name: append_words
UPDATE item_words
/*+sqlite SET words = words || ' ' || :words WHERE rowid = (SELECT number FROM items WHERE id = :id) */
/*+postgresql SET words = words || array_to_tsvector(string_to_array(CAST(:words AS text), ' '))
WHERE number = (SELECT number FROM items WHERE id = :id) */

-- name: drop_words
DELETE FROM item_words
WHERE /*+sqlite rowid */ /*+postgresql number */ = (SELECT number FROM items WHERE id = :id);

-- name: has_words
-- How many rows the index has of the item, and how many of them hold exactly these words.
SELECT COUNT(1), COALESCE(SUM(CASE WHEN words = /*+sqlite :words */ /*+postgresql array_to_tsvector(string_to_array(CAST(:words AS text), ' ')) */ THEN 1 ELSE 0 END), 0)
FROM item_words WHERE /*+sqlite rowid */ /*+postgresql number */ = (SELECT number FROM items WHERE id = :id);

-- name: contents
SELECT content FROM ledger_contents WHERE item_id = :id ORDER BY n;
