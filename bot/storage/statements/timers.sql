-- name: set
INSERT INTO timers (conversation_id, kind, due_at)
VALUES (:conversation_id, :kind, :due_at)
ON CONFLICT (conversation_id, kind) DO UPDATE SET due_at = excluded.due_at

-- name: cancel
DELETE FROM timers WHERE conversation_id = :conversation_id AND kind = :kind

-- name: fire
DELETE FROM timers WHERE conversation_id = :conversation_id AND kind = :kind AND due_at = :due_at

-- name: due
SELECT conversation_id, kind, due_at
FROM timers
WHERE due_at <= :now
ORDER BY due_at, conversation_id, kind
LIMIT :how_many

-- name: next_due
SELECT MIN(due_at) AS due_at FROM timers

-- name: put_off
UPDATE timers SET due_at = :later
WHERE conversation_id = :conversation_id AND kind = :kind AND due_at = :due_at

-- name: of_conversation
SELECT kind, due_at FROM timers WHERE conversation_id = :conversation_id ORDER BY kind
