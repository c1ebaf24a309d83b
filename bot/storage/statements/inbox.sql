-- name: customer
SELECT id, identity_json, consent_at
FROM customers
WHERE channel = :channel AND account = :account AND external_id = :external_id

-- name: conversation_of_event
SELECT conversation_id
FROM events
WHERE channel = :channel AND account = :account AND customer_id = :customer_id AND external_id = :external_id

-- name: consent
UPDATE customers SET consent_at = :at WHERE id = :id AND consent_at IS NULL

-- name: identify
UPDATE customers
SET proven = 1, identity_json = :identity_json, name = :name, email = :email
WHERE id = :id

-- name: adopt
UPDATE customers
SET external_id = :external_id
WHERE channel = :channel AND account = :account AND external_id = :anonymous AND proven = 0
    AND NOT EXISTS (
        SELECT 1 FROM customers AS other
        WHERE other.channel = :channel AND other.account = :account AND other.external_id = :external_id
    )
