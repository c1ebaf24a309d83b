-- What tells a simulation's rows from real ones: their account.

-- name: real
SELECT COUNT(*) AS n FROM conversations WHERE account <> :account

-- name: repeated
SELECT COUNT(*) AS n FROM customers WHERE account = :account AND external_id LIKE :beginning

-- name: written
SELECT COUNT(*) AS conversations, SUM(last_seq) AS messages FROM conversations WHERE account = :account

-- name: unfinished
SELECT
    (SELECT COUNT(*) FROM jobs JOIN conversations ON conversations.id = jobs.conversation_id
     WHERE jobs.done_at IS NULL AND conversations.account <> :account)
    + (SELECT COUNT(*) FROM timers JOIN conversations ON conversations.id = timers.conversation_id
       WHERE timers.due_at < :until AND conversations.account <> :account) AS n
