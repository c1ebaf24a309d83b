-- The ledger: answers are written once, outcomes are appended and the highest number counts.

-- name: insert_revision
INSERT INTO revisions (hash, template, variant, channel, language, text, first_sent_at)
VALUES (:hash, :template, :variant, :channel, :language, :text, :first_sent_at)
ON CONFLICT (hash) DO NOTHING

-- name: insert_answer
INSERT INTO answers (
    id, conversation_id, number, template, revision, variant, mode, channel, language, intent, rule,
    confidence, corrections_json, substantive, operator_id, sent_at
) VALUES (
    :id, :conversation_id, :number, :template, :revision, :variant, :mode, :channel, :language, :intent, :rule,
    :confidence, :corrections_json, :substantive, :operator_id, :sent_at
)

-- name: append_outcome
INSERT INTO outcomes (answer_id, number, outcome, cause, actor, note, kind, event_number, at)
SELECT :answer_id, COALESCE(MAX(number), 0) + 1, :outcome, :cause, :actor, :note, :kind, :event_number, :at
FROM outcomes WHERE answer_id = :answer_id

-- name: append_close
INSERT INTO closes (conversation_id, number, event_number, cause, actor, reason, at)
SELECT :conversation_id, COALESCE(MAX(number), 0) + 1, :event_number, :cause, :actor, :reason, :at
FROM closes WHERE conversation_id = :conversation_id

-- name: tallies
-- Substantive or not, so that the report can show what was sent; what does not count is `excluded`.
SELECT answers.template AS template, outcomes.outcome AS outcome, COUNT(*) AS answers
FROM answers
JOIN conversations ON conversations.id = answers.conversation_id
JOIN outcomes ON outcomes.answer_id = answers.id
WHERE answers.sent_at >= :since AND answers.sent_at < :until
  AND answers.operator_id IS NULL AND conversations.excluded = ''
  AND outcomes.number = (SELECT MAX(newest.number) FROM outcomes AS newest WHERE newest.answer_id = answers.id)
GROUP BY answers.template, outcomes.outcome

-- name: modes
SELECT answers.template AS template, answers.mode AS mode
FROM answers
WHERE answers.sent_at >= :since AND answers.sent_at < :until AND answers.operator_id IS NULL
ORDER BY answers.sent_at, answers.number

-- name: unanswered
SELECT COUNT(*) AS conversations,
    SUM(CASE WHEN EXISTS (
        SELECT 1 FROM answers
        WHERE answers.conversation_id = conversations.id AND answers.substantive = 1
          AND answers.rule <> 'operator_ignored'
    ) THEN 0 ELSE 1 END) AS unanswered
FROM conversations
WHERE conversations.opened_at >= :since AND conversations.opened_at < :until AND conversations.excluded = ''
  AND EXISTS (
      SELECT 1 FROM messages WHERE messages.conversation_id = conversations.id AND messages.author = 'customer'
  )

-- name: answer
SELECT answers.id AS id, answers.conversation_id AS conversation_id, answers.number AS number,
    answers.template AS template, answers.revision AS revision, answers.variant AS variant, answers.mode AS mode,
    answers.channel AS channel, answers.language AS language, answers.intent AS intent, answers.rule AS rule,
    answers.confidence AS confidence, answers.corrections_json AS corrections_json,
    answers.substantive AS substantive, answers.operator_id AS operator_id, answers.sent_at AS sent_at,
    revisions.text AS revision_text
FROM answers JOIN revisions ON revisions.hash = answers.revision
WHERE answers.id = :id

-- name: answers_of
SELECT id, conversation_id, template, revision, variant, mode, channel, language, intent, rule, confidence,
    corrections_json, substantive, operator_id, sent_at
FROM answers WHERE conversation_id = :conversation_id ORDER BY number

-- name: overruled
SELECT COUNT(*) AS answers
FROM answers
JOIN conversations ON conversations.id = answers.conversation_id
WHERE answers.sent_at >= :since AND answers.sent_at < :until
  AND answers.operator_id IS NULL AND conversations.excluded = ''
  AND EXISTS (SELECT 1 FROM outcomes WHERE outcomes.answer_id = answers.id AND outcomes.actor LIKE :person)

-- name: outcomes
SELECT outcomes.number AS number, outcomes.outcome AS outcome, outcomes.cause AS cause, outcomes.actor AS actor,
    outcomes.note AS note, outcomes.kind AS kind, outcomes.event_number AS event_number,
    COALESCE(events.kind, '') AS event_kind, outcomes.at AS at
FROM outcomes
JOIN answers ON answers.id = outcomes.answer_id
LEFT JOIN events
    ON events.conversation_id = answers.conversation_id AND events.number = outcomes.event_number
WHERE outcomes.answer_id = :answer_id ORDER BY outcomes.number

-- name: closes
SELECT number, event_number, cause, actor, reason, at FROM closes
WHERE conversation_id = :conversation_id ORDER BY number

-- name: excluded_answers
-- Of every answer that is excluded now, those of operators and of whole conversations among them.
SELECT outcomes.kind AS kind, answers.template AS template, COUNT(*) AS answers
FROM answers
JOIN outcomes ON outcomes.answer_id = answers.id
WHERE answers.sent_at >= :since AND answers.sent_at < :until AND outcomes.outcome = 'excluded'
  AND outcomes.number = (SELECT MAX(newest.number) FROM outcomes AS newest WHERE newest.answer_id = answers.id)
GROUP BY outcomes.kind, answers.template
ORDER BY COUNT(*) DESC, answers.template

-- name: excluded_conversations
SELECT excluded, COUNT(*) AS conversations FROM conversations
WHERE opened_at >= :since AND opened_at < :until AND excluded <> ''
GROUP BY excluded

-- name: counting
-- The answers of a conversation that count, however long ago they were sent.
SELECT answers.id AS id FROM answers
JOIN outcomes ON outcomes.answer_id = answers.id
WHERE answers.conversation_id = :conversation_id AND outcomes.outcome <> 'excluded'
  AND outcomes.number = (SELECT MAX(newest.number) FROM outcomes AS newest WHERE newest.answer_id = answers.id)
ORDER BY answers.number
