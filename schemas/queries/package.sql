-- Plugins that were installed.

-- name: keep
-- The same package once more is the one that is there. The driver hands over text: PostgreSQL gets base64.
INSERT INTO plugin_packages (digest, plugin, version, signer, signer_key, bytes, installed_by, installed_at)
VALUES (:digest, :plugin, :version, :signer, :signer_key,
  /*+sqlite CAST(:bytes AS BLOB) */ /*+postgresql decode(CAST(:bytes AS TEXT), 'base64') */, :installed_by, :installed_at)
ON CONFLICT (digest) DO NOTHING;

-- name: bytes
SELECT /*+sqlite bytes */ /*+postgresql translate(encode(bytes, 'base64'), chr(10), '') */ FROM plugin_packages WHERE digest = :digest;

-- name: packages
SELECT digest, plugin, version, signer, signer_key, installed_by, installed_at FROM plugin_packages
ORDER BY plugin, installed_at, digest;

-- name: installations
SELECT plugin, current, previous, offered, enabled, grants, version, changed_by, changed_at FROM plugin_installations ORDER BY plugin;

-- name: add
INSERT INTO plugin_installations (plugin, current, previous, offered, enabled, grants, version, changed_by, changed_at)
VALUES (:plugin, :current, :previous, :offered, :enabled, :grants, 1, :changed_by, :changed_at)
ON CONFLICT (plugin) DO NOTHING;

-- name: change
-- Touches no row when somebody was faster.
UPDATE plugin_installations SET current = :current, previous = :previous, offered = :offered, enabled = :enabled,
  grants = :grants, version = version + 1, changed_by = :changed_by, changed_at = :changed_at
WHERE plugin = :plugin AND version = :seen;

-- name: drop_former
-- What neither runs nor may run again: nobody can reach it any more.
DELETE FROM plugin_packages WHERE plugin = :plugin AND digest NOT IN (:current, :previous, :offered);
