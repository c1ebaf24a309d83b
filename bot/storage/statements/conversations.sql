-- name: insert_customer
INSERT INTO customers (id, channel, account, external_id, name, email, language, created_at)
VALUES (:id, :channel, :account, :external_id, :name, :email, :language, :now)
ON CONFLICT (channel, account, external_id) DO NOTHING

-- name: customer_of_key
SELECT id, name, email, language
FROM customers
WHERE channel = :channel AND account = :account AND external_id = :external_id

-- name: update_customer
UPDATE customers SET name = :name, email = :email, language = :language WHERE id = :id

-- name: insert
INSERT INTO conversations (id, customer_id, channel, account, status, language, version, last_seq, last_event,
    state_json, is_test, excluded, opened_at, updated_at, closed_at, closed_by, close_reason)
VALUES (:id, :customer_id, :channel, :account, :status, :language, :version, :last_seq, :last_event,
    :state_json, :is_test, :excluded, :opened_at, :updated_at, :closed_at, :closed_by, :close_reason)

-- name: get
SELECT id, customer_id, channel, account, status, language, version, last_seq, last_event, state_json, excluded,
    opened_at, updated_at, closed_at, closed_by, close_reason
FROM conversations
WHERE id = :id

-- name: newest_of_customer
SELECT id, customer_id, channel, account, status, language, version, last_seq, last_event, state_json, excluded,
    opened_at, updated_at, closed_at, closed_by, close_reason
FROM conversations
WHERE customer_id = :customer_id
ORDER BY opened_at DESC, id DESC
LIMIT 1

-- name: claim
UPDATE conversations SET version = version + 1 WHERE id = :id AND version = :expected

-- name: update
UPDATE conversations SET status = :status, language = :language, version = :version, last_seq = :last_seq,
    last_event = :last_event, state_json = :state_json, is_test = :is_test, excluded = :excluded, updated_at = :updated_at,
    closed_at = :closed_at, closed_by = :closed_by, close_reason = :close_reason
WHERE id = :id AND version = :expected

-- name: insert_event
INSERT INTO events (conversation_id, number, kind, payload_json, channel, account, customer_id, external_id,
    content_hash, at)
VALUES (:conversation_id, :number, :kind, :payload_json, :channel, :account, :customer_id, :external_id,
    :content_hash, :at)
ON CONFLICT (channel, account, customer_id, external_id) DO NOTHING

-- name: first_event
SELECT conversation_id, number
FROM events
WHERE channel = :channel AND account = :account AND customer_id = :customer_id AND external_id = :external_id

-- name: events
SELECT number, kind, payload_json, content_hash, at
FROM events
WHERE conversation_id = :id AND number > :after
ORDER BY number
LIMIT :how_many

-- name: insert_message
INSERT INTO messages (conversation_id, seq, event_number, author, name, text, buttons_json, kind, external_id, at)
VALUES (:conversation_id, :seq, :event_number, :author, :name, :text, :buttons_json, :kind, :external_id, :at)

-- name: messages_after
SELECT conversation_id, seq, author, name, text, buttons_json, kind, external_id, at
FROM messages
WHERE conversation_id = :id AND seq > :seq
ORDER BY seq
LIMIT :how_many

-- name: messages_of_event
SELECT conversation_id, seq, author, name, text, buttons_json, kind, external_id, at
FROM messages
WHERE conversation_id = :id AND event_number = :number
ORDER BY seq
