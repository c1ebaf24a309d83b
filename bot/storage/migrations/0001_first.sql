-- Times are milliseconds since 1970-01-01 UTC. Text columns named *_json hold JSON.

CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,              -- the deployment's own account on the channel; '' where there is only one
    external_id TEXT NOT NULL,          -- who the customer is on that channel
    name TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    proven INTEGER NOT NULL DEFAULT 0,  -- 1 when the host page signed the identity
    identity_json TEXT NOT NULL DEFAULT '{}',
    language TEXT NOT NULL DEFAULT '',
    consent_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (channel, account, external_id)
);

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    status TEXT NOT NULL,
    language TEXT NOT NULL,
    version BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,           -- sequence number of the newest message
    last_event BIGINT NOT NULL,         -- number of the newest event
    state_json TEXT NOT NULL,           -- slots, pending question, and what the ladder remembers
    is_test INTEGER NOT NULL DEFAULT 0,
    opened_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    closed_at BIGINT,
    closed_by TEXT NOT NULL DEFAULT '',
    close_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX conversations_of_customer ON conversations (customer_id, opened_at);

CREATE TABLE events (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload_json TEXT NOT NULL,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    external_id TEXT,                   -- NULL: never a duplicate
    content_hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, number),
    UNIQUE (channel, account, customer_id, external_id)
);

CREATE TABLE messages (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq BIGINT NOT NULL,
    event_number BIGINT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    buttons_json TEXT NOT NULL DEFAULT '[]',
    kind TEXT NOT NULL DEFAULT 'text',
    external_id TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX messages_of_event ON messages (conversation_id, event_number);

CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    number BIGINT NOT NULL,
    template TEXT NOT NULL,
    revision TEXT NOT NULL,
    variant TEXT NOT NULL,
    mode TEXT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    intent TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    corrections_json TEXT NOT NULL,
    substantive INTEGER NOT NULL,
    operator_id TEXT,
    sent_at BIGINT NOT NULL
);
CREATE INDEX answers_of_conversation ON answers (conversation_id, number);
CREATE INDEX answers_of_template ON answers (template, sent_at);

CREATE TABLE outcomes (
    answer_id TEXT NOT NULL REFERENCES answers (id),
    number BIGINT NOT NULL,             -- counts from 1; the highest counts
    outcome TEXT NOT NULL,
    cause TEXT NOT NULL,
    actor TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    at BIGINT NOT NULL,
    PRIMARY KEY (answer_id, number)
);

CREATE TABLE handoffs (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    reason TEXT NOT NULL,
    team TEXT NOT NULL,
    priority INTEGER NOT NULL,          -- 0 emergency, 1 asked for a person, 2 everything else
    suggestion TEXT NOT NULL DEFAULT '',
    intent TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,               -- waiting, claimed, ended
    operator_id TEXT,
    opened_at BIGINT NOT NULL,
    deadline_at BIGINT NOT NULL,
    claimed_at BIGINT,
    ended_at BIGINT,
    result TEXT NOT NULL DEFAULT ''
);
CREATE INDEX handoffs_waiting ON handoffs (status, priority, opened_at);
CREATE INDEX handoffs_of_conversation ON handoffs (conversation_id, opened_at);

CREATE TABLE timers (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    kind TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, kind)
);
CREATE INDEX timers_due ON timers (due_at);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    conversation_id TEXT NOT NULL DEFAULT '',
    payload_json TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    run_at BIGINT NOT NULL,
    taken_until BIGINT NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX jobs_due ON jobs (done_at, run_at);

CREATE TABLE operators (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles_json TEXT NOT NULL,
    teams_json TEXT NOT NULL,
    must_change_password INTEGER NOT NULL DEFAULT 0,
    disabled INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    operator_id TEXT NOT NULL REFERENCES operators (id),
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,              -- keys that the deployment made for itself, such as the one signing chat tokens
    value TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE content_revisions (
    hash TEXT PRIMARY KEY,
    sources_json TEXT NOT NULL,         -- relative path to text of every file
    loaded_at BIGINT NOT NULL,
    current INTEGER NOT NULL
);

CREATE TABLE revisions (
    hash TEXT PRIMARY KEY,
    template TEXT NOT NULL,
    variant TEXT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    first_sent_at BIGINT NOT NULL
);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT ''
);
