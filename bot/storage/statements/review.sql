-- What happened around answers, for the weekly review. Conversations that do not count are never among them.

-- name: answers
-- Every answer of substance with its newest outcome and the event that caused it, conversation by conversation. What a
-- person let count again ended when that event first ended it.
SELECT answers.id AS id, answers.conversation_id AS conversation_id, answers.template AS template,
    answers.intent AS intent, answers.rule AS rule, answers.operator_id AS operator_id, answers.sent_at AS sent_at,
    outcomes.outcome AS outcome, outcomes.event_number AS event_number,
    COALESCE((
        SELECT MIN(same.at) FROM outcomes AS same
        WHERE same.answer_id = outcomes.answer_id AND same.outcome = outcomes.outcome
          AND same.event_number = outcomes.event_number
    ), outcomes.at) AS ended_at
FROM answers
JOIN conversations ON conversations.id = answers.conversation_id
JOIN outcomes ON outcomes.answer_id = answers.id
WHERE answers.sent_at >= :since AND answers.sent_at < :until
  AND answers.substantive = 1 AND answers.rule <> 'operator_ignored' AND conversations.excluded = ''
  AND outcomes.number = (SELECT MAX(newest.number) FROM outcomes AS newest WHERE newest.answer_id = answers.id)
ORDER BY answers.conversation_id, answers.number

-- name: objections
-- Every time that a customer said no, and what they added.
SELECT outcomes.answer_id AS answer_id, outcomes.event_number AS event_number, outcomes.note AS note, outcomes.at AS at
FROM outcomes
JOIN answers ON answers.id = outcomes.answer_id
JOIN conversations ON conversations.id = answers.conversation_id
WHERE answers.sent_at >= :since AND answers.sent_at < :until
  AND answers.substantive = 1 AND conversations.excluded = ''
  AND (outcomes.outcome = 'not_helped' OR outcomes.note <> '')
ORDER BY outcomes.at, outcomes.answer_id, outcomes.number

-- name: conversations
-- Those in which an answer went wrong, with what the engine remembers of its answers.
SELECT conversations.id AS id, conversations.state_json AS state_json, customers.name AS name
FROM conversations JOIN customers ON customers.id = conversations.customer_id
WHERE conversations.excluded = '' AND conversations.id IN (
    SELECT answers.conversation_id
    FROM answers JOIN outcomes ON outcomes.answer_id = answers.id
    WHERE answers.sent_at >= :since AND answers.sent_at < :until
      AND outcomes.outcome IN ('follow_up', 'not_helped', 'handed_off')
)

-- name: messages
SELECT messages.conversation_id AS conversation_id, messages.event_number AS event_number, messages.text AS text
FROM messages
WHERE messages.author = 'customer' AND messages.conversation_id IN (
    SELECT answers.conversation_id
    FROM answers JOIN outcomes ON outcomes.answer_id = answers.id
    WHERE answers.sent_at >= :since AND answers.sent_at < :until
      AND outcomes.outcome IN ('follow_up', 'not_helped', 'handed_off')
)

-- name: handoffs
SELECT conversation_id, opened_at, intent FROM handoffs WHERE opened_at >= :since AND intent <> ''

-- name: offers
-- Every "did you mean": the message it was about, the buttons, and what the customer said to it.
SELECT messages.conversation_id AS conversation_id, messages.buttons_json AS buttons_json, customers.name AS name,
    (
        SELECT asked.text FROM messages AS asked
        WHERE asked.conversation_id = messages.conversation_id AND asked.event_number = messages.event_number
          AND asked.author = 'customer'
        ORDER BY asked.seq LIMIT 1
    ) AS question,
    (
        SELECT reply.text FROM messages AS reply
        WHERE reply.conversation_id = messages.conversation_id AND reply.seq > messages.seq
          AND reply.author = 'customer'
        ORDER BY reply.seq LIMIT 1
    ) AS reply
FROM messages
JOIN conversations ON conversations.id = messages.conversation_id
JOIN customers ON customers.id = conversations.customer_id
WHERE messages.at >= :since AND messages.at < :until AND messages.author = 'bot' AND messages.kind = 'phrase'
  AND messages.buttons_json LIKE '%"/none"%' AND conversations.excluded = ''
ORDER BY messages.at, messages.conversation_id, messages.seq

-- name: rewritten
-- What operators wrote where a template was suggested, newest first: the edited text, or their own first words.
SELECT answers.template AS template, answers.conversation_id AS conversation_id, answers.rule AS rule,
    messages.text AS text, messages.name AS operator, customers.name AS name, revisions.text AS written
FROM answers
JOIN revisions ON revisions.hash = answers.revision
JOIN conversations ON conversations.id = answers.conversation_id
JOIN customers ON customers.id = conversations.customer_id
JOIN messages ON messages.conversation_id = answers.conversation_id AND messages.author = 'operator'
WHERE answers.sent_at >= :since AND answers.sent_at < :until AND conversations.excluded = ''
  AND (
      (answers.rule = 'operator_edited' AND messages.at = answers.sent_at)
      OR (answers.rule = 'operator_ignored' AND messages.seq = (
          SELECT MIN(own.seq) FROM messages AS own
          WHERE own.conversation_id = answers.conversation_id AND own.author = 'operator'
      ))
  )
ORDER BY answers.sent_at DESC, answers.id DESC

-- name: helped_out
-- What an operator wrote first, in their own words, after an answer of the bot was not enough; newest first.
SELECT answers.template AS template, answers.conversation_id AS conversation_id, messages.text AS text,
    messages.name AS operator, customers.name AS name
FROM answers
JOIN conversations ON conversations.id = answers.conversation_id
JOIN customers ON customers.id = conversations.customer_id
JOIN outcomes ON outcomes.answer_id = answers.id
JOIN messages ON messages.conversation_id = answers.conversation_id AND messages.seq = (
    SELECT MIN(own.seq) FROM messages AS own
    WHERE own.conversation_id = answers.conversation_id AND own.author = 'operator'
      AND own.at > COALESCE((
          SELECT MIN(same.at) FROM outcomes AS same
          WHERE same.answer_id = outcomes.answer_id AND same.outcome = outcomes.outcome
            AND same.event_number = outcomes.event_number
      ), outcomes.at)
)
WHERE answers.sent_at >= :since AND answers.sent_at < :until AND answers.operator_id IS NULL
  AND answers.substantive = 1 AND conversations.excluded = '' AND outcomes.outcome = 'handed_off'
  AND outcomes.number = (SELECT MAX(newest.number) FROM outcomes AS newest WHERE newest.answer_id = answers.id)
  AND NOT EXISTS (
      SELECT 1 FROM answers AS sent
      WHERE sent.conversation_id = answers.conversation_id AND sent.sent_at = messages.at
        AND sent.rule IN ('operator', 'operator_edited')
  )
ORDER BY answers.sent_at DESC, answers.id DESC

-- name: asked
-- What the bot said of its own accord in conversations that are over, among it its questions for slots.
SELECT messages.conversation_id AS conversation_id, messages.text AS text
FROM messages JOIN conversations ON conversations.id = messages.conversation_id
WHERE messages.at >= :since AND messages.at < :until AND messages.author = 'bot' AND messages.kind = 'phrase'
  AND conversations.excluded = '' AND conversations.status = 'closed'
ORDER BY messages.conversation_id, messages.seq

-- name: last_sent
SELECT answers.template AS template, MAX(answers.sent_at) AS sent_at
FROM answers JOIN conversations ON conversations.id = answers.conversation_id
WHERE answers.rule <> 'operator_ignored' AND conversations.excluded = ''
GROUP BY answers.template

-- name: first_day
SELECT MIN(opened_at) AS at FROM conversations WHERE excluded = ''
