-- The first slice: cafés, programmes, cards, browsers and the ledger. Café first in every key (decision 004).

CREATE TABLE cafes (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('self', 'counter', 'code', 'approve')),
  set_up_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE rewards (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  programme_version INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT,
  cost INTEGER NOT NULL CHECK (cost > 0),
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (cafe_id, programme_version, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cards (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  id BLOB NOT NULL,
  phone_lookup BLOB NOT NULL,
  phone_sealed BLOB NOT NULL,
  last_four_lookup BLOB NOT NULL,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  promised_version INTEGER NOT NULL,
  last_entry_id BLOB,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (cafe_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX cards_by_phone ON cards (cafe_id, phone_lookup);
CREATE INDEX cards_by_last_four ON cards (cafe_id, last_four_lookup);

CREATE TABLE browsers (
  cafe_id INTEGER NOT NULL,
  id BLOB NOT NULL,
  card_id BLOB NOT NULL,
  own INTEGER NOT NULL CHECK (own >= 0),
  spent_elsewhere INTEGER NOT NULL CHECK (spent_elsewhere >= 0),
  promised_version INTEGER NOT NULL,
  last_entry_id BLOB,
  ticket_entry_id BLOB,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, card_id) REFERENCES cards (cafe_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX browsers_by_card ON browsers (cafe_id, card_id);

-- A claim makes a browser proven; who and when are its point, so it is a row and not a flag.
CREATE TABLE claims (
  cafe_id INTEGER NOT NULL,
  browser_id BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (cafe_id, browser_id),
  FOREIGN KEY (cafe_id, browser_id) REFERENCES browsers (cafe_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The ledger. No secondary index on what every stamp writes: a card remembers its last entry and each entry its previous one.
CREATE TABLE entries (
  cafe_id INTEGER NOT NULL,
  id BLOB NOT NULL,
  card_id BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('stamp', 'redeem', 'void', 'move', 'expire', 'adjust', 'import', 'merge')),
  stamps INTEGER NOT NULL,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  at_ms INTEGER NOT NULL,
  programme_version INTEGER NOT NULL,
  actor TEXT NOT NULL,
  previous_id BLOB,
  browser_id BLOB,
  browser_previous_id BLOB,
  reward_id TEXT,
  undoes_id BLOB,
  reason TEXT,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, card_id) REFERENCES cards (cafe_id, id)
) STRICT, WITHOUT ROWID;

-- A line is undone once; only undoing lines are in this index.
CREATE UNIQUE INDEX entries_by_undone ON entries (cafe_id, undoes_id) WHERE undoes_id IS NOT NULL;

CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- REPLACE takes a line away without asking the trigger above.
CREATE TRIGGER entries_never_replaced BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE cafe_id = NEW.cafe_id AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The first answer to each idempotency key, written with the change it answers.
CREATE TABLE answers (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  key TEXT NOT NULL,
  asker TEXT NOT NULL,
  request_digest BLOB NOT NULL,
  browser_id BLOB,
  stamps INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (cafe_id, key)
) STRICT, WITHOUT ROWID;

-- What shows that the keys are the ones this database was written with.
CREATE TABLE key_checks (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  value BLOB NOT NULL
) STRICT;
