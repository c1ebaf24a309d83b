-- name: event_of_message
SELECT event_number FROM messages WHERE conversation_id = :conversation_id AND seq = :seq

-- name: events_from
SELECT number, kind, payload_json
FROM events
WHERE conversation_id = :conversation_id AND number >= :number
ORDER BY number

-- name: messages_from
SELECT seq, event_number, author, name, text, buttons_json, kind, external_id, at
FROM messages
WHERE conversation_id = :conversation_id AND event_number >= :number
ORDER BY seq
