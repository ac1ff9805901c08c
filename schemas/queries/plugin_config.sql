-- What operators set for plugins.

-- name: all
SELECT plugin, document, version, set_by, set_at FROM plugin_configs ORDER BY plugin;

-- name: add
INSERT INTO plugin_configs (plugin, document, version, set_by, set_at) VALUES (:plugin, :document, 1, :set_by, :set_at)
ON CONFLICT (plugin) DO NOTHING;

-- name: change
-- Touches no row when another version than the one that was seen stands there.
UPDATE plugin_configs SET document = :document, version = version + 1, set_by = :set_by, set_at = :set_at
WHERE plugin = :plugin AND version = :seen;
