-- What customers wrote, with all that came before it in the same conversation.

-- name: messages
SELECT COUNT(*) AS messages, COUNT(DISTINCT events.conversation_id) AS conversations
FROM events JOIN conversations ON conversations.id = events.conversation_id
WHERE events.kind IN ('customer_said', 'button_pressed') AND events.at >= :since AND events.at < :until
  AND conversations.excluded = ''

-- name: conversations
-- In order of the key, so that a portion costs the same however many there are.
SELECT id, channel, account, customer_id AS customer, language, opened_at
FROM conversations
WHERE id > :behind AND excluded = '' AND updated_at >= :since AND opened_at < :until
  AND EXISTS (
      SELECT 1 FROM events
      WHERE events.conversation_id = conversations.id AND events.kind IN ('customer_said', 'button_pressed')
        AND events.at >= :since AND events.at < :until
  )
ORDER BY id
LIMIT :how_many

-- name: events
SELECT number, kind, payload_json FROM events
WHERE conversation_id = :id AND at < :until
ORDER BY number

-- name: answers
SELECT answers.template AS template, answers.sent_at AS sent_at, outcomes.outcome AS outcome
FROM answers JOIN outcomes ON outcomes.answer_id = answers.id
WHERE answers.conversation_id = :id AND answers.operator_id IS NULL
  AND outcomes.number = (SELECT MAX(newest.number) FROM outcomes AS newest WHERE newest.answer_id = answers.id)
ORDER BY answers.number
