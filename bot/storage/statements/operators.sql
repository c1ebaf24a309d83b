-- name: count
SELECT COUNT(*) AS n FROM operators;

-- name: add
INSERT INTO operators (id, login, name, password_hash, roles_json, teams_json, must_change_password, disabled, created_at)
VALUES (:id, :login, :name, :password_hash, :roles_json, :teams_json, 1, 0, :at);

-- name: all
SELECT id, login, name, roles_json, teams_json, must_change_password, disabled FROM operators ORDER BY login;

-- name: by_login
SELECT id, login, name, roles_json, teams_json, must_change_password, disabled, password_hash
FROM operators WHERE login = :login;

-- name: set_password
UPDATE operators SET password_hash = :password_hash, must_change_password = :must_change_password WHERE id = :id;

-- name: rehash
UPDATE operators SET password_hash = :password_hash WHERE id = :id AND password_hash = :before;

-- name: set_disabled
UPDATE operators SET disabled = :disabled WHERE id = :id;

-- name: add_session
INSERT INTO sessions (token_hash, operator_id, csrf, created_at, seen_at, expires_at)
VALUES (:token_hash, :operator_id, :csrf, :at, :at, :expires_at);

-- name: session
SELECT s.csrf, s.created_at, s.seen_at, s.expires_at,
       o.id, o.login, o.name, o.roles_json, o.teams_json, o.must_change_password, o.disabled
FROM sessions s JOIN operators o ON o.id = s.operator_id
WHERE s.token_hash = :token_hash;

-- name: session_seen
UPDATE sessions SET seen_at = :at WHERE token_hash = :token_hash AND seen_at < :at;

-- name: end_session
DELETE FROM sessions WHERE token_hash = :token_hash;

-- name: end_sessions_of
DELETE FROM sessions WHERE operator_id = :operator_id;

-- name: end_old_sessions
DELETE FROM sessions WHERE expires_at <= :at OR seen_at <= :unseen_since;

-- name: audit
INSERT INTO audit (id, at, actor, act, subject, detail) VALUES (:id, :at, :actor, :act, :subject, :detail);

-- name: audit_of
SELECT at, actor, act, subject, detail FROM audit WHERE subject = :subject ORDER BY at, id;
