-- Which event caused an outcome, and why an answer does not count; whole conversations that do not; every close.

ALTER TABLE outcomes ADD COLUMN event_number BIGINT;            -- NULL: set by hand, or before it was kept
ALTER TABLE outcomes ADD COLUMN kind TEXT NOT NULL DEFAULT '';  -- of `excluded`; '' for every other outcome
UPDATE outcomes SET kind = CASE
    WHEN actor LIKE 'person:%' THEN 'by_hand'
    WHEN cause = 'The conversation is a test.' THEN 'test'
    ELSE 'small_talk'
END WHERE outcome = 'excluded';

ALTER TABLE conversations ADD COLUMN excluded TEXT NOT NULL DEFAULT '';  -- '' counts; spam, test, operator_test
UPDATE conversations SET excluded = 'test' WHERE is_test = 1;

CREATE TABLE closes (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    number BIGINT NOT NULL,             -- counts from 1: a customer may come back
    event_number BIGINT,                -- NULL: before it was kept
    cause TEXT NOT NULL,                -- confirmed, silence, operator, customer_left, time_limit, merged
    actor TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',    -- an operator's own words
    at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, number)
);
INSERT INTO closes (conversation_id, number, cause, actor, reason, at)
SELECT id, 1,
    CASE closed_by WHEN 'customer' THEN 'customer_left' WHEN 'operator' THEN 'operator' ELSE 'silence' END,
    closed_by,
    CASE closed_by WHEN 'operator' THEN close_reason ELSE '' END,
    closed_at
FROM conversations WHERE status = 'closed' AND closed_at IS NOT NULL;
