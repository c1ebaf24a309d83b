-- name: enqueue
INSERT INTO jobs (id, kind, conversation_id, payload_json, run_at, created_at)
VALUES (:id, :kind, :conversation_id, :payload_json, :run_at, :created_at)
ON CONFLICT (id) DO NOTHING

-- name: due
SELECT id, kind, conversation_id, payload_json, attempts, run_at, taken_until, last_error
FROM jobs
WHERE done_at IS NULL AND kind = :kind AND run_at <= :now AND taken_until <= :now
ORDER BY run_at, id
LIMIT :how_many

-- name: take
UPDATE jobs SET taken_until = :until, attempts = attempts + 1
WHERE id = :id AND done_at IS NULL AND attempts = :attempts AND taken_until <= :now

-- name: next_due
SELECT MIN(CASE WHEN taken_until > run_at THEN taken_until ELSE run_at END) AS due_at
FROM jobs
WHERE done_at IS NULL AND kind = :kind

-- name: done
UPDATE jobs SET done_at = :now
WHERE id = :id AND done_at IS NULL AND attempts = :attempts

-- name: give_up
UPDATE jobs SET done_at = :now, last_error = :last_error
WHERE id = :id AND done_at IS NULL AND attempts = :attempts

-- name: retry
UPDATE jobs SET run_at = :run_at, taken_until = 0, last_error = :last_error
WHERE id = :id AND done_at IS NULL AND attempts = :attempts

-- name: get
SELECT id, kind, conversation_id, payload_json, attempts, run_at, taken_until, last_error, created_at, done_at
FROM jobs
WHERE id = :id

-- name: forget
DELETE FROM jobs WHERE done_at IS NOT NULL AND done_at < :before

-- name: backlog
SELECT kind, COUNT(*) AS waiting, MIN(run_at) AS oldest
FROM jobs
WHERE done_at IS NULL
GROUP BY kind
ORDER BY kind
