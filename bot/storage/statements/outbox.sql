-- name: event_of_message
SELECT event_number FROM messages WHERE conversation_id = :conversation_id AND seq = :seq
