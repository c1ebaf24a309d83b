-- What customers wrote, with all that came before it in the same conversation.

-- name: messages
SELECT COUNT(*) AS messages, COUNT(DISTINCT events.conversation_id) AS conversations
FROM events JOIN conversations ON conversations.id = events.conversation_id
WHERE events.kind IN ('customer_said', 'button_pressed') AND events.at >= :since AND events.at < :until
  AND conversations.excluded = ''

-- name: conversations
SELECT conversations.id AS id, conversations.channel AS channel, conversations.account AS account,
    conversations.customer_id AS customer, conversations.language AS language,
    conversations.opened_at AS opened_at, COUNT(*) AS messages
FROM events JOIN conversations ON conversations.id = events.conversation_id
WHERE events.kind IN ('customer_said', 'button_pressed') AND events.at >= :since AND events.at < :until
  AND conversations.excluded = '' AND conversations.id > :behind
GROUP BY conversations.id, conversations.channel, conversations.account, conversations.customer_id,
    conversations.language, conversations.opened_at
ORDER BY conversations.id
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
