-- Modes in force, and what the ledger holds for and against changing them.

-- name: changes
SELECT template, number, before_mode, mode, rule, sentence, actor, at FROM mode_changes ORDER BY template, number

-- name: change
-- Nothing is written when another change came in between.
INSERT INTO mode_changes (template, number, before_mode, mode, rule, sentence, actor, at)
SELECT :template, :number, :before_mode, :mode, :rule, :sentence, :actor, :at
WHERE :number = (SELECT COALESCE(MAX(number), 0) + 1 FROM mode_changes WHERE template = :template)

-- name: lost
SELECT template, variant, text_hash, sentence, at FROM lost_variants ORDER BY template, variant, at

-- name: lose
INSERT INTO lost_variants (template, variant, text_hash, sentence, at)
VALUES (:template, :variant, :text_hash, :sentence, :at)
ON CONFLICT (template, variant, text_hash) DO NOTHING

-- name: sends
-- In the order of sending; the newest outcome of each, since when it has been that: what was only noted beside it later
-- does not make it younger. Of the bot's and of operators' the `most` newest of each template since `since`; and the
-- `first` ones of each revision since the template began afresh, from which its own level is taken, however old.
SELECT answers.conversation_id AS conversation, answers.template AS template, answers.revision AS revision,
    answers.variant AS variant, answers.mode AS mode, answers.channel AS channel, answers.rule AS rule,
    answers.operator_id AS operator_id, answers.sent_at AS sent_at,
    outcomes.outcome AS outcome, outcomes.actor AS actor, outcomes.at AS at
FROM (
    SELECT one.id, one.conversation_id, one.template, one.revision, one.variant, one.mode, one.channel, one.rule,
        one.operator_id, one.sent_at,
        ROW_NUMBER() OVER (
            PARTITION BY one.template, CASE WHEN one.operator_id IS NULL THEN 0 ELSE 1 END
            ORDER BY one.sent_at DESC, one.id DESC
        ) AS age,
        ROW_NUMBER() OVER (
            PARTITION BY one.template, one.revision, CASE WHEN one.operator_id IS NULL THEN 0 ELSE 1 END,
                CASE WHEN one.sent_at < afresh.at THEN 0 ELSE 1 END
            ORDER BY one.sent_at, one.id
        ) AS place,
        CASE WHEN one.sent_at < afresh.at THEN 0 ELSE 1 END AS counts
    FROM answers AS one
    LEFT JOIN (
        SELECT template, MAX(at) AS at FROM mode_changes
        WHERE mode = 'draft' OR (mode = 'suggest' AND before_mode IN ('trial', 'auto'))
        GROUP BY template
    ) AS afresh ON afresh.template = one.template
    WHERE one.substantive = 1 OR one.rule = 'operator_ignored'
) AS answers
JOIN conversations ON conversations.id = answers.conversation_id
JOIN outcomes ON outcomes.answer_id = answers.id
WHERE ((answers.counts = 1 AND answers.place <= :first) OR (answers.age <= :most AND answers.sent_at >= :since))
  AND conversations.excluded = ''
  AND outcomes.number = (
      SELECT MIN(same.number) FROM outcomes AS same
      WHERE same.answer_id = answers.id AND NOT EXISTS (
          SELECT 1 FROM outcomes AS later
          WHERE later.answer_id = same.answer_id AND later.number > same.number AND later.outcome <> same.outcome
      )
  )
ORDER BY answers.sent_at, answers.id

-- name: answered_alone
-- Of all times, not of the last year: what is edited stays so until it has earned something.
SELECT answers.template AS template, answers.revision AS revision, answers.mode AS mode,
    MIN(answers.sent_at) AS first_at, MAX(answers.sent_at) AS last_at
FROM answers
JOIN conversations ON conversations.id = answers.conversation_id
WHERE answers.operator_id IS NULL AND answers.mode IN ('trial', 'auto') AND answers.substantive = 1
  AND conversations.excluded = ''
GROUP BY answers.template, answers.revision, answers.mode
