-- Server-side sessions of the people who operate a café (src/http/session.ts). Nothing in a row lets anybody in.

CREATE TABLE sessions (
  cafe_id integer NOT NULL REFERENCES cafes (id),
  id text COLLATE "C" NOT NULL,
  secret_hash text NOT NULL,
  subject text,
  facts text NOT NULL,
  created_at_ms bigint NOT NULL,
  used_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  PRIMARY KEY (cafe_id, id)
);

CREATE INDEX sessions_by_subject ON sessions (cafe_id, subject);
CREATE INDEX sessions_by_expiry ON sessions (cafe_id, expires_at_ms);

ALTER TABLE sessions ALTER cafe_id SET (n_distinct = 1); -- as in 001
