-- How customers know us. There is one row, or none.

-- name: brand
SELECT name, colour, text_colour, logo_type, logo_digest, version, changed_by, changed_at FROM brand WHERE id = 1;

-- name: logo
SELECT logo_type, logo FROM brand WHERE id = 1 AND logo_type <> '';

-- name: add
INSERT INTO brand (id, name, colour, text_colour, logo_type, logo_digest, logo, version, changed_by, changed_at)
VALUES (1, :name, :colour, :text_colour, '', '', '', 1, :changed_by, :changed_at) ON CONFLICT (id) DO NOTHING;

-- name: change
-- Touches no row when another version than the one that was seen stands there.
UPDATE brand SET name = :name, colour = :colour, text_colour = :text_colour, version = version + 1, changed_by = :changed_by,
    changed_at = :changed_at
WHERE id = 1 AND version = :seen;

-- name: put_logo
-- Behind one of the two above, in its transaction.
UPDATE brand SET logo_type = :logo_type, logo_digest = :logo_digest, logo = :logo WHERE id = 1;
