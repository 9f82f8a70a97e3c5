-- The people behind the counter: branches, persons, devices, what each may do for a while, and the record of what they did.

ALTER TABLE cafes ADD COLUMN language text NOT NULL DEFAULT 'ko';
ALTER TABLE cafes ADD COLUMN stamp_gap_seconds integer NOT NULL DEFAULT 120;
ALTER TABLE cafes ADD COLUMN visits_a_day integer NOT NULL DEFAULT 3;
ALTER TABLE cafes ADD COLUMN stamps_a_visit integer NOT NULL DEFAULT 9;
ALTER TABLE cafes ADD COLUMN kiosk_shows_count integer NOT NULL DEFAULT 1;

-- Six letters that lead staff to a card, and what the limits look at: cached with the balance, in the same transaction.
ALTER TABLE cards ADD COLUMN code text;
ALTER TABLE cards ADD COLUMN last_stamp_at_ms bigint;
ALTER TABLE cards ADD COLUMN visits_day integer;
ALTER TABLE cards ADD COLUMN visits integer NOT NULL DEFAULT 0;
ALTER TABLE cards ADD COLUMN last_code_step integer;

CREATE INDEX cards_by_code ON cards (cafe_id, code) WHERE code IS NOT NULL;

-- The newest card cookie that was used, by its day, and since when: an older one after it is a copy.
ALTER TABLE browsers ADD COLUMN cookie_day_ms bigint;
ALTER TABLE browsers ADD COLUMN cookie_seen_at_ms bigint;

-- The line that an answer is about: whoever asks again is shown the same one.
ALTER TABLE answers ADD COLUMN entry_id uuid;

ALTER TABLE entries ADD COLUMN person_id uuid;
ALTER TABLE entries ADD COLUMN device_id uuid;
ALTER TABLE entries ADD COLUMN branch_id uuid;
ALTER TABLE entries ADD COLUMN counterpart_id uuid;
ALTER TABLE entries ADD COLUMN over_limit text;

CREATE TABLE branches (
  cafe_id integer NOT NULL REFERENCES cafes (id),
  id uuid NOT NULL,
  name text NOT NULL,
  created_at_ms bigint NOT NULL,
  PRIMARY KEY (cafe_id, id)
);

CREATE TABLE people (
  cafe_id integer NOT NULL REFERENCES cafes (id),
  id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'staff')),
  name text NOT NULL,
  email text,
  password_hash text,
  password_failures integer NOT NULL DEFAULT 0,
  pin_hash text,
  totp_sealed bytea,
  totp_used_step integer,
  created_at_ms bigint NOT NULL,
  disabled_at_ms bigint,
  PRIMARY KEY (cafe_id, id)
);

CREATE UNIQUE INDEX people_by_email ON people (cafe_id, email) WHERE email IS NOT NULL;

CREATE TABLE passkeys (
  cafe_id integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  person_id uuid NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text NOT NULL,
  name text NOT NULL,
  created_at_ms bigint NOT NULL,
  used_at_ms bigint,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, person_id) REFERENCES people (cafe_id, id)
);

CREATE INDEX passkeys_by_person ON passkeys (cafe_id, person_id);

-- Paired tablets. Of the cookie's secret only hashes: of the one in use, and of the one before it.
CREATE TABLE devices (
  cafe_id integer NOT NULL,
  id uuid NOT NULL,
  branch_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('kiosk', 'counter')),
  name text NOT NULL,
  pairing_hash text,
  pairing_expires_at_ms bigint,
  secret_hash text,
  previous_secret_hash text,
  rolled_at_ms bigint,
  created_at_ms bigint NOT NULL,
  paired_at_ms bigint,
  used_at_ms bigint,
  address text,
  revoked_at_ms bigint,
  person_id uuid,
  person_at_ms bigint,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, branch_id) REFERENCES branches (cafe_id, id)
);

-- Wrong PINs since the last right one, of a person on a device: counted for either.
CREATE TABLE pin_tries (
  cafe_id integer NOT NULL,
  device_id uuid NOT NULL,
  person_id uuid NOT NULL,
  wrong integer NOT NULL,
  last_at_ms bigint NOT NULL,
  PRIMARY KEY (cafe_id, device_id, person_id),
  FOREIGN KEY (cafe_id, device_id) REFERENCES devices (cafe_id, id),
  FOREIGN KEY (cafe_id, person_id) REFERENCES people (cafe_id, id)
);

-- Links that let one person in, once: the owner through setup or back in, staff on their own phone. The id is a hash of the link's token.
CREATE TABLE invitations (
  cafe_id integer NOT NULL REFERENCES cafes (id),
  id text COLLATE "C" NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('setup', 'reset', 'staff')),
  person_id uuid,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  used_at_ms bigint,
  PRIMARY KEY (cafe_id, id)
);

-- Links that make a customer's browser proven. The id is a hash of the link's token; one from a kiosk waits for a nod.
CREATE TABLE claim_links (
  cafe_id integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  card_id uuid NOT NULL,
  made_for_browser_id uuid,
  person_id uuid,
  device_id uuid,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  claimed_at_ms bigint,
  claimed_browser_id uuid,
  nodded_at_ms bigint,
  nodded_by uuid,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, card_id) REFERENCES cards (cafe_id, id)
);

CREATE INDEX claim_links_by_time ON claim_links (cafe_id, created_at_ms);

-- A customer asks for a stamp, staff decide (mode approve).
CREATE TABLE requests (
  cafe_id integer NOT NULL,
  id uuid NOT NULL,
  card_id uuid NOT NULL,
  browser_id uuid NOT NULL,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  decision text CHECK (decision IN ('allow', 'refuse')),
  decided_at_ms bigint,
  person_id uuid,
  device_id uuid,
  entry_id uuid,
  PRIMARY KEY (cafe_id, id),
  FOREIGN KEY (cafe_id, card_id) REFERENCES cards (cafe_id, id)
);

CREATE INDEX requests_by_browser ON requests (cafe_id, browser_id);

-- What owners, managers, staff and devices did: a chain for each café, each line's hash over the one before.
CREATE TABLE audits (
  cafe_id integer NOT NULL REFERENCES cafes (id),
  number integer NOT NULL CHECK (number > 0),
  at_ms bigint NOT NULL,
  actor text NOT NULL,
  person_id uuid,
  device_id uuid,
  address text,
  act text NOT NULL,
  subject text,
  facts text NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (cafe_id, number)
);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;

CREATE TRIGGER audits_never_change BEFORE UPDATE OR DELETE ON audits
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

-- The end of each chain, so that lines cut off it are missed; it is what the next line waits for.
CREATE TABLE audit_heads (
  cafe_id integer NOT NULL REFERENCES cafes (id),
  number integer NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (cafe_id)
);

-- What the limiters have counted.
CREATE TABLE limits (
  cafe_id integer NOT NULL REFERENCES cafes (id),
  key text COLLATE "C" NOT NULL,
  points integer NOT NULL,
  expires_at_ms bigint NOT NULL,
  PRIMARY KEY (cafe_id, key)
);

-- Plans for the largest café, as in 001.
ALTER TABLE branches ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE people ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE passkeys ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE devices ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE pin_tries ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE invitations ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE claim_links ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE requests ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE audits ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE audit_heads ALTER cafe_id SET (n_distinct = 1);
ALTER TABLE limits ALTER cafe_id SET (n_distinct = 1);
