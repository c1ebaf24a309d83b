-- Answers and conversations counted for rates, series and the funnel. Tests are never among them.

-- name: cells
-- A row for each kind of answer, week (Monday, UTC) and outcome. `used` says who sent it: `bot`, or how an operator did.
SELECT answers.template AS template, answers.revision AS revision, answers.variant AS variant,
    answers.channel AS channel, answers.language AS language,
    CASE WHEN answers.operator_id IS NULL THEN 'bot' ELSE answers.rule END AS used,
    (answers.sent_at - 345600000) / 604800000 AS week, outcomes.outcome AS outcome,
    COUNT(*) AS answers, MIN(answers.sent_at) AS first_at, MAX(answers.sent_at) AS last_at
FROM answers
JOIN conversations ON conversations.id = answers.conversation_id
JOIN outcomes ON outcomes.answer_id = answers.id
WHERE answers.sent_at >= :since AND answers.sent_at < :until
  AND (:template = '' OR answers.template = :template) AND conversations.excluded = ''
  AND outcomes.number = (SELECT MAX(newest.number) FROM outcomes AS newest WHERE newest.answer_id = answers.id)
GROUP BY answers.template, answers.revision, answers.variant, answers.channel, answers.language,
    CASE WHEN answers.operator_id IS NULL THEN 'bot' ELSE answers.rule END,
    (answers.sent_at - 345600000) / 604800000, outcomes.outcome
ORDER BY MIN(answers.sent_at), answers.revision, outcomes.outcome

-- name: texts
SELECT hash, text, first_sent_at FROM revisions WHERE :template = '' OR template = :template

-- name: talks
-- A row for each conversation that began in the time: what the bot's newest answer led to, and who else helped.
SELECT conversations.id AS id,
    COALESCE((
        SELECT outcomes.outcome FROM outcomes
        WHERE outcomes.answer_id = (
            SELECT answers.id FROM answers
            WHERE answers.conversation_id = conversations.id AND answers.substantive = 1
              AND answers.operator_id IS NULL
            ORDER BY answers.number DESC LIMIT 1
        )
        ORDER BY outcomes.number DESC LIMIT 1
    ), '') AS outcome,
    EXISTS (
        SELECT 1 FROM answers
        WHERE answers.conversation_id = conversations.id AND answers.substantive = 1
          AND answers.rule <> 'operator_ignored'
    ) AS answered,
    EXISTS (
        SELECT 1 FROM handoffs
        WHERE handoffs.conversation_id = conversations.id AND handoffs.result <> 'withdrawn'
    ) AS handed_over,
    EXISTS (
        SELECT 1 FROM handoffs
        WHERE handoffs.conversation_id = conversations.id AND handoffs.claimed_at IS NULL
          AND handoffs.contact = '' AND handoffs.result IN ('silence', 'customer_left')
    ) AS left_queue,
    EXISTS (
        SELECT 1 FROM handoffs WHERE handoffs.conversation_id = conversations.id AND handoffs.intent <> ''
    ) AS topic_known,
    conversations.status AS status
FROM conversations
WHERE conversations.opened_at >= :since AND conversations.opened_at < :until AND conversations.excluded = ''
  AND EXISTS (
      SELECT 1 FROM messages WHERE messages.conversation_id = conversations.id AND messages.author = 'customer'
  )

-- name: tests
SELECT COUNT(*) AS n FROM conversations
WHERE opened_at >= :since AND opened_at < :until AND excluded <> ''

-- name: said_without_answer
-- What the bot said of its own accord in conversations in which it has answered nothing.
SELECT DISTINCT messages.conversation_id AS conversation_id, messages.text AS text
FROM messages
JOIN conversations ON conversations.id = messages.conversation_id
WHERE conversations.opened_at >= :since AND conversations.opened_at < :until AND conversations.excluded = ''
  AND messages.author = 'bot' AND messages.kind = 'phrase'
  AND NOT EXISTS (
      SELECT 1 FROM answers
      WHERE answers.conversation_id = conversations.id AND answers.substantive = 1 AND answers.operator_id IS NULL
  )
