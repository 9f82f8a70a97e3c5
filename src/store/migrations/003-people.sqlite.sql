-- The people behind the counter: branches, persons, devices, what each may do for a while, and the record of what they did.

ALTER TABLE cafes ADD COLUMN language TEXT NOT NULL DEFAULT 'ko';
ALTER TABLE cafes ADD COLUMN stamp_gap_seconds INTEGER NOT NULL DEFAULT 120;
ALTER TABLE cafes ADD COLUMN visits_a_day INTEGER NOT NULL DEFAULT 3;
ALTER TABLE cafes ADD COLUMN stamps_a_visit INTEGER NOT NULL DEFAULT 9;
ALTER TABLE cafes ADD COLUMN kiosk_shows_count INTEGER NOT NULL DEFAULT 1;

-- Six letters that lead staff to a card, and what the limits look at: cached with the balance, in the same transaction.
ALTER TABLE cards ADD COLUMN code TEXT;
ALTER TABLE cards ADD COLUMN last_stamp_at_ms INTEGER;
ALTER TABLE cards ADD COLUMN visits_day INTEGER;
ALTER TABLE cards ADD COLUMN visits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cards ADD COLUMN last_code_step INTEGER;

CREATE INDEX cards_by_code ON cards (cafe_id, code) WHERE code IS NOT NULL;

-- The newest card cookie that was used, by its day, and since when: an older one after it is a copy.
ALTER TABLE browsers ADD COLUMN cookie_day_ms INTEGER;
ALTER TABLE browsers ADD COLUMN cookie_seen_at_ms INTEGER;

-- The line that an answer is about: whoever asks again is shown the same one.
ALTER TABLE answers ADD COLUMN entry_id BLOB;

ALTER TABLE entries ADD COLUMN person_id BLOB;
ALTER TABLE entries ADD COLUMN device_id BLOB;
ALTER TABLE entries ADD COLUMN branch_id BLOB;
ALTER TABLE entries ADD COLUMN counterpart_id BLOB;
ALTER TABLE entries ADD COLUMN over_limit TEXT;

CREATE TABLE branches (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  id BLOB NOT NULL,
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (cafe_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  id BLOB NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'staff')),
  name TEXT NOT NULL,
  email TEXT,
  password_hash TEXT,
  password_failures INTEGER NOT NULL DEFAULT 0,
  pin_hash TEXT,
  totp_sealed BLOB,
  totp_used_step INTEGER,
  created_at_ms INTEGER NOT NULL,
  disabled_at_ms INTEGER,
  PRIMARY KEY (cafe_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX people_by_email ON people (cafe_id, email) WHERE email IS NOT NULL;

CREATE TABLE passkeys (
  cafe_id INTEGER NOT NULL,
  id TEXT NOT NULL,
  person_id BLOB NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, person_id) REFERENCES people (cafe_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX passkeys_by_person ON passkeys (cafe_id, person_id);

-- Paired tablets. Of the cookie's secret only hashes: of the one in use, and of the one before it.
CREATE TABLE devices (
  cafe_id INTEGER NOT NULL,
  id BLOB NOT NULL,
  branch_id BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('kiosk', 'counter')),
  name TEXT NOT NULL,
  pairing_hash TEXT,
  pairing_expires_at_ms INTEGER,
  secret_hash TEXT,
  previous_secret_hash TEXT,
  rolled_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  paired_at_ms INTEGER,
  used_at_ms INTEGER,
  address TEXT,
  revoked_at_ms INTEGER,
  person_id BLOB,
  person_at_ms INTEGER,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, branch_id) REFERENCES branches (cafe_id, id)
) STRICT, WITHOUT ROWID;

-- Wrong PINs since the last right one, of a person on a device: counted for either.
CREATE TABLE pin_tries (
  cafe_id INTEGER NOT NULL,
  device_id BLOB NOT NULL,
  person_id BLOB NOT NULL,
  wrong INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (cafe_id, device_id, person_id),
  FOREIGN KEY (cafe_id, device_id) REFERENCES devices (cafe_id, id),
  FOREIGN KEY (cafe_id, person_id) REFERENCES people (cafe_id, id)
) STRICT, WITHOUT ROWID;

-- Links that let one person in, once: the owner through setup or back in, staff on their own phone. The id is a hash of the link's token.
CREATE TABLE invitations (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  id TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'reset', 'staff')),
  person_id BLOB,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER,
  PRIMARY KEY (cafe_id, id)
) STRICT, WITHOUT ROWID;

-- Links that make a customer's browser proven. The id is a hash of the link's token; one from a kiosk waits for a nod.
CREATE TABLE claim_links (
  cafe_id INTEGER NOT NULL,
  id TEXT NOT NULL,
  card_id BLOB NOT NULL,
  made_for_browser_id BLOB,
  person_id BLOB,
  device_id BLOB,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  claimed_at_ms INTEGER,
  claimed_browser_id BLOB,
  nodded_at_ms INTEGER,
  nodded_by BLOB,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, card_id) REFERENCES cards (cafe_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_links_by_time ON claim_links (cafe_id, created_at_ms);

-- A customer asks for a stamp, staff decide (mode approve).
CREATE TABLE requests (
  cafe_id INTEGER NOT NULL,
  id BLOB NOT NULL,
  card_id BLOB NOT NULL,
  browser_id BLOB NOT NULL,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  decision TEXT CHECK (decision IN ('allow', 'refuse')),
  decided_at_ms INTEGER,
  person_id BLOB,
  device_id BLOB,
  entry_id BLOB,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, card_id) REFERENCES cards (cafe_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX requests_by_browser ON requests (cafe_id, browser_id);

-- What owners, managers, staff and devices did: a chain for each café, each line's hash over the one before.
CREATE TABLE audits (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  number INTEGER NOT NULL CHECK (number > 0),
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  person_id BLOB,
  device_id BLOB,
  address TEXT,
  act TEXT NOT NULL,
  subject TEXT,
  facts TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (cafe_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audits_never_change BEFORE UPDATE ON audits
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audits_never_go BEFORE DELETE ON audits
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audits_never_replaced BEFORE INSERT ON audits
WHEN EXISTS (SELECT 1 FROM audits WHERE cafe_id = NEW.cafe_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- The end of each chain, so that lines cut off it are missed; it is what the next line waits for.
CREATE TABLE audit_heads (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (cafe_id)
) STRICT, WITHOUT ROWID;

-- What the limiters have counted.
CREATE TABLE limits (
  cafe_id INTEGER NOT NULL REFERENCES cafes (id),
  key TEXT NOT NULL,
  points INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  PRIMARY KEY (cafe_id, key)
) STRICT, WITHOUT ROWID;
