-- Modes in force. A template's highest number counts; a template without a row stands where its file lets it start.

CREATE TABLE mode_changes (
    template TEXT NOT NULL,
    number BIGINT NOT NULL,             -- counts from 1
    before_mode TEXT NOT NULL,
    mode TEXT NOT NULL,
    rule BIGINT NOT NULL,               -- of docs/lifecycle.md
    sentence TEXT NOT NULL,             -- the evidence, or a person's reason
    actor TEXT NOT NULL,                -- `system`, or `person:NAME`
    at BIGINT NOT NULL,
    PRIMARY KEY (template, number)
);

-- Variants that have lost against a better one. An edited variant has another `text_hash` and a new chance.
CREATE TABLE lost_variants (
    template TEXT NOT NULL,
    variant TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    sentence TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (template, variant, text_hash)
);
