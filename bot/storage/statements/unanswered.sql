-- What customers asked and got no answer to; spam and tests are left out.

-- name: by_phrase
SELECT DISTINCT messages.conversation_id AS conversation_id
FROM messages JOIN conversations ON conversations.id = messages.conversation_id
WHERE messages.at >= :since AND messages.at < :until AND messages.author = 'bot' AND messages.kind = 'phrase'
  AND messages.text IN (:text1, :text2, :text3, :text4, :text5, :text6, :text7, :text8)
  AND conversations.excluded = ''

-- name: by_handoff
SELECT DISTINCT handoffs.conversation_id AS conversation_id
FROM handoffs JOIN conversations ON conversations.id = handoffs.conversation_id
WHERE handoffs.opened_at >= :since AND handoffs.opened_at < :until
  AND (handoffs.reason = :not_understood OR handoffs.reason LIKE :no_answer)
  AND conversations.excluded = ''

-- name: about
SELECT conversations.language AS language, customers.name AS name
FROM conversations JOIN customers ON customers.id = conversations.customer_id
WHERE conversations.id = :id

-- name: messages
SELECT messages.seq AS seq, messages.event_number AS event_number, messages.author AS author, messages.name AS name,
    messages.text AS text, messages.kind AS kind, messages.buttons_json AS buttons_json, messages.at AS at,
    events.kind AS event
FROM messages
JOIN events ON events.conversation_id = messages.conversation_id AND events.number = messages.event_number
WHERE messages.conversation_id = :id
ORDER BY messages.seq

-- name: handoffs
SELECT reason, intent, opened_at FROM handoffs WHERE conversation_id = :id ORDER BY opened_at, id

-- name: answers
SELECT template, rule, operator_id, substantive, sent_at FROM answers
WHERE conversation_id = :id
ORDER BY number
