-- name: none_current
UPDATE content_revisions SET current = 0 WHERE current = 1 AND hash <> :hash

-- name: keep
INSERT INTO content_revisions (hash, sources_json, loaded_at, current)
VALUES (:hash, :sources_json, :loaded_at, 1)
ON CONFLICT (hash) DO UPDATE SET sources_json = :sources_json, loaded_at = :loaded_at, current = 1

-- name: current
SELECT hash, sources_json, loaded_at FROM content_revisions WHERE current = 1
