-- Programs of others that hear of what happens.

-- part: webhook
SELECT id, name, url, events, format, secret, after_seq, failing_since, disabled_at, disabled_why, created_at, old_secret, old_secret_until
FROM webhooks

-- part: delivery
SELECT id, webhook_id, seq, event, item, body, state, attempts, next_at, status, trouble, created_at, ended_at FROM webhook_deliveries

-- name: webhooks
{webhook} ORDER BY id;

-- name: webhook
{webhook} WHERE id = :id;

-- name: add_webhook
INSERT INTO webhooks (id, name, url, events, format, secret, after_seq, created_at)
VALUES (:id, :name, :url, :events, :format, :secret, (SELECT COALESCE(MAX(seq), 0) FROM ledger), :now);

-- name: write_webhook
UPDATE webhooks SET name = :name, url = :url, events = :events, format = :format, secret = :secret WHERE id = :id;

-- name: rotate_secret
UPDATE webhooks SET old_secret = secret, old_secret_until = :old_until, secret = :secret WHERE id = :id;

-- name: disable_webhook
-- Once: who is disabled already keeps the first reason.
UPDATE webhooks SET disabled_at = :now, disabled_why = :why WHERE id = :id AND disabled_at = 0;

-- name: enable_webhook
-- What happened meanwhile is not sent afterwards: hundreds of old events at once help nobody.
UPDATE webhooks SET disabled_at = 0, disabled_why = '', failing_since = 0, after_seq = (SELECT COALESCE(MAX(seq), 0) FROM ledger)
WHERE id = :id AND disabled_at > 0;

-- name: remove_webhook
DELETE FROM webhooks WHERE id = :id;

-- name: remove_deliveries
DELETE FROM webhook_deliveries WHERE webhook_id = :id;

-- name: advance_webhook
-- Several hosts look; one of them has moved it on, the others find that it stands elsewhere.
UPDATE webhooks SET after_seq = :through WHERE id = :id AND after_seq = :seen AND disabled_at = 0;

-- name: add_delivery
INSERT INTO webhook_deliveries (id, webhook_id, seq, event, item, body, next_at, created_at)
VALUES (:id, :webhook_id, :seq, :event, :item, :body, :now, :now) ON CONFLICT DO NOTHING;

-- name: count_due
-- Most looks find nothing, and then nothing is locked.
SELECT COUNT(1) FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
WHERE d.state = 'waiting' AND d.next_at <= :now AND w.disabled_at = 0;

-- name: due_deliveries
SELECT d.id FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
WHERE d.state = 'waiting' AND d.next_at <= :now AND w.disabled_at = 0 ORDER BY d.next_at, d.id LIMIT :limit /*+postgresql FOR UPDATE OF d SKIP LOCKED */;

-- name: claim_delivery
UPDATE webhook_deliveries SET attempts = attempts + 1, next_at = :lease WHERE id = :id AND state = 'waiting' AND next_at <= :now;

-- name: delivery
{delivery} WHERE id = :id;

-- name: deliveries
{delivery} WHERE webhook_id = :webhook_id AND (:before = '' OR id < :before) ORDER BY id DESC LIMIT :limit;

-- name: end_delivery
UPDATE webhook_deliveries SET state = :state, status = :status, trouble = :trouble, next_at = :next_at, ended_at = :ended_at
WHERE id = :id AND state = 'waiting';

-- name: answered_well
UPDATE webhooks SET failing_since = 0 WHERE id = :id AND failing_since > 0;

-- name: answered_badly
UPDATE webhooks SET failing_since = :now WHERE id = :id AND failing_since = 0;

-- name: replay_delivery
UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, next_at = :now, ended_at = 0 WHERE id = :id AND webhook_id = :webhook_id AND state <> 'waiting';

-- name: forget_deliveries
DELETE FROM webhook_deliveries WHERE created_at < :before AND state <> 'waiting';
