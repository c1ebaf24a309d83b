-- name: waiting
SELECT id, conversation_id, team, priority, opened_at FROM handoffs WHERE status = 'waiting'

-- name: outcomes
SELECT outcome, COUNT(*) AS n FROM outcomes GROUP BY outcome

-- name: alive
INSERT INTO secrets (name, value, created_at)
VALUES ('alive', :value, :at)
ON CONFLICT (name) DO UPDATE SET value = :value, created_at = :at
