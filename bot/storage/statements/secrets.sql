-- name: add
INSERT INTO secrets (name, value, created_at)
VALUES (:name, :value, :created_at)
ON CONFLICT (name) DO NOTHING

-- name: get
SELECT value FROM secrets WHERE name = :name
