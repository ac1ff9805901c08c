-- What comes round again.

-- name: add_schedule
INSERT INTO schedules (id, plugin, about, audience, rule, starts_on, at_seconds, zone, late_us, over_us, reminders, words, by_cadence,
                       created_by, created_at, next_at)
VALUES (:id, :plugin, :about, :audience, :rule, :starts_on, :at_seconds, :zone, :late_us, :over_us, :reminders, :words, :by_cadence,
        :created_by, :created_at, :next_at);

-- part: columns
s.id, s.plugin, s.about, s.audience, s.rule, s.starts_on, s.at_seconds, s.zone, s.late_us, s.over_us, s.reminders, s.words, s.by_cadence,
       s.created_by, COALESCE(t.name, p.name, s.created_by), s.created_at, s.paused_at, s.ended_at, s.next_at,
       (SELECT COUNT(1) FROM schedule_waves w WHERE w.schedule_id = s.id AND w.campaign_id <> ''),
       (SELECT COUNT(1) FROM schedule_waves w WHERE w.schedule_id = s.id AND w.campaign_id = ''),
       COALESCE((SELECT w.campaign_id FROM schedule_waves w WHERE w.schedule_id = s.id AND w.campaign_id <> ''
                 ORDER BY w.due_at DESC LIMIT 1), '')
FROM schedules s
LEFT JOIN teammates t ON t.id = s.created_by
LEFT JOIN api_tokens p ON p.id = s.created_by

-- name: schedules
SELECT {columns}
WHERE (:id = '' OR s.id = :id) ORDER BY s.id DESC;

-- name: due_schedules
SELECT {columns}
WHERE s.next_at > 0 AND s.ended_at = 0 AND s.paused_at = 0 AND s.next_at <= :now ORDER BY s.next_at, s.id;

-- name: pause_schedule
UPDATE schedules SET paused_at = CASE WHEN CAST(:paused_at AS BIGINT) > 0 AND paused_at > 0 THEN paused_at ELSE CAST(:paused_at AS BIGINT) END,
       next_at = CAST(:next_at AS BIGINT)
WHERE id = :id;

-- name: end_schedule
UPDATE schedules SET ended_at = CASE WHEN ended_at > 0 THEN ended_at ELSE CAST(:now AS BIGINT) END, next_at = 0 WHERE id = :id;

-- name: add_wave
-- The key decides: of two hosts that saw the same time come, one has planned it.
INSERT INTO schedule_waves (schedule_id, due_at, campaign_id, at) VALUES (:schedule_id, :due_at, :campaign_id, :at)
ON CONFLICT (schedule_id, due_at) DO NOTHING;

-- name: note_next
-- Nobody goes back: a host that slept while another one planned says nothing about what comes next.
UPDATE schedules SET next_at = :next_at WHERE id = :id AND next_at = :due_at;
