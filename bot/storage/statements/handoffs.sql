-- name: open
INSERT INTO handoffs (id, conversation_id, reason, team, priority, suggestion, intent, status, opened_at, deadline_at)
VALUES (:id, :conversation_id, :reason, :team, :priority, :suggestion, :intent, 'waiting', :at, :deadline_at);

-- name: by_id
SELECT h.*, o.name AS operator_name
FROM handoffs h LEFT JOIN operators o ON o.id = h.operator_id
WHERE h.id = :id;

-- name: open_of_conversation
SELECT h.*, o.name AS operator_name
FROM handoffs h LEFT JOIN operators o ON o.id = h.operator_id
WHERE h.conversation_id = :conversation_id AND h.status <> 'ended';

-- name: newest_of_conversation
SELECT h.*, o.name AS operator_name
FROM handoffs h LEFT JOIN operators o ON o.id = h.operator_id
WHERE h.conversation_id = :conversation_id
ORDER BY h.opened_at DESC, h.id DESC LIMIT 1;

-- name: hurry
UPDATE handoffs SET priority = :priority WHERE id = :id AND priority > :priority;

-- name: ahead
SELECT COUNT(*) AS n FROM handoffs
WHERE status = 'waiting' AND team = :team
  AND (priority < :priority
       OR (priority = :priority AND (opened_at < :opened_at OR (opened_at = :opened_at AND id < :id))));

-- name: claim
UPDATE handoffs SET status = 'claimed', operator_id = :operator_id, claimed_at = :at, deadline_at = :deadline_at
WHERE id = :id AND status = 'waiting';

-- name: release
UPDATE handoffs SET status = 'waiting', operator_id = NULL, claimed_at = NULL, deadline_at = :deadline_at
WHERE id = :id AND status = 'claimed' AND operator_id = :operator_id;

-- name: release_late
UPDATE handoffs SET status = 'waiting', operator_id = NULL, claimed_at = NULL, deadline_at = :deadline_at
WHERE id = :id AND status = 'claimed' AND operator_id = :operator_id AND deadline_at = :seen_deadline_at;

-- name: expect_answer
UPDATE handoffs SET deadline_at = :deadline_at WHERE id = :id AND status = 'claimed';

-- name: end
UPDATE handoffs SET status = 'ended', ended_at = :at, result = :result WHERE id = :id AND status <> 'ended';

-- name: note_contact
UPDATE handoffs SET contact = :contact WHERE id = :id;

-- name: contacted
UPDATE handoffs SET result = 'contacted', operator_id = :operator_id
WHERE id = :id AND status = 'ended' AND contact <> '' AND result <> 'contacted';

-- name: next_deadline
SELECT MIN(deadline_at) AS at FROM handoffs WHERE status = 'claimed';

-- name: due
SELECT id, conversation_id, team, operator_id, claimed_at, deadline_at FROM handoffs
WHERE status = 'claimed' AND deadline_at <= :now ORDER BY deadline_at LIMIT 100;

-- name: answered
SELECT MAX(seq) AS seq, MAX(at) AS at FROM messages
WHERE conversation_id = :conversation_id AND author = 'operator' AND at >= :since;

-- name: unanswered
SELECT MIN(at) AS at FROM messages
WHERE conversation_id = :conversation_id AND author = 'customer' AND seq > :seq;

-- name: listed
SELECT h.*, o.name AS operator_name, c.channel, c.language, c.status AS conversation_status, u.name AS customer_name,
       m.text AS last_text, m.author AS last_author, m.at AS last_at,
       (SELECT MAX(x.seq) FROM messages x WHERE x.conversation_id = h.conversation_id AND x.author = 'operator')
           AS operator_seq,
       m.seq AS last_seq
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
JOIN customers u ON u.id = c.customer_id
LEFT JOIN operators o ON o.id = h.operator_id
LEFT JOIN messages m ON m.conversation_id = h.conversation_id AND m.seq = (
    SELECT MAX(y.seq) FROM messages y
    WHERE y.conversation_id = h.conversation_id AND y.author IN ('customer', 'operator'))
WHERE h.status <> 'ended'
ORDER BY h.priority, h.opened_at, h.id;

-- name: to_contact
SELECT h.*, '' AS operator_name, c.channel, c.language, c.status AS conversation_status, u.name AS customer_name,
       m.text AS last_text, m.author AS last_author, m.at AS last_at, m.seq AS last_seq, 0 AS operator_seq
FROM handoffs h
JOIN conversations c ON c.id = h.conversation_id
JOIN customers u ON u.id = c.customer_id
LEFT JOIN messages m ON m.conversation_id = h.conversation_id AND m.seq = (
    SELECT MAX(y.seq) FROM messages y
    WHERE y.conversation_id = h.conversation_id AND y.author IN ('customer', 'operator'))
WHERE h.status = 'ended' AND h.contact <> '' AND h.result IN ('silence', 'customer_left') AND h.opened_at >= :since
ORDER BY h.opened_at, h.id;

-- name: customer
SELECT u.id, u.name, u.email, u.proven, u.channel, u.language, u.created_at
FROM conversations c JOIN customers u ON u.id = c.customer_id
WHERE c.id = :conversation_id;

-- name: transcript
SELECT seq, author, name, text, kind, buttons_json, at FROM messages
WHERE conversation_id = :conversation_id ORDER BY seq;

-- name: tried
SELECT a.id, a.number, a.template, a.variant, a.mode, a.language, a.intent, a.rule, a.confidence, a.operator_id, a.sent_at,
       r.text AS sent_text,
       (SELECT o.outcome FROM outcomes o WHERE o.answer_id = a.id ORDER BY o.number DESC LIMIT 1) AS outcome,
       (SELECT o.cause FROM outcomes o WHERE o.answer_id = a.id ORDER BY o.number DESC LIMIT 1) AS cause
FROM answers a LEFT JOIN revisions r ON r.hash = a.revision
WHERE a.conversation_id = :conversation_id AND a.rule <> 'operator_ignored' ORDER BY a.number;
