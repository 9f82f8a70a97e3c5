-- Server-side sessions of the people who operate a café (src/http/session.ts). Nothing in a row lets anybody in.

CREATE TABLE sessions (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  id TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  subject TEXT,
  facts TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  PRIMARY KEY (cafe_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_subject ON sessions (cafe_id, subject);
CREATE INDEX sessions_by_expiry ON sessions (cafe_id, expires_at_ms);
