-- allocell 001: the events of allocation logs. One statement, so that every client runs it whole or not at all; it does
-- nothing where it was done before.
DO $migration$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('allocell.migration'));
  CREATE SCHEMA IF NOT EXISTS allocell;
  CREATE TABLE IF NOT EXISTS allocell.migration (
    number integer PRIMARY KEY,
    applied timestamptz NOT NULL DEFAULT now()
  );
  IF EXISTS (SELECT FROM allocell.migration WHERE number = 1) THEN
    RETURN;
  END IF;

  -- One event a row, without its treatment. (log, seq) and (log, request) are unique: no place and no request twice.
  CREATE TABLE allocell.event (
    log text NOT NULL,
    seq integer NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL,
    request text,
    -- Canonical JSON (RFC 8785) of the event without the fields that stand in allocell.treatment.
    body text NOT NULL,
    -- Whether fields of this event stand in allocell.treatment.
    has_treatment boolean NOT NULL,
    PRIMARY KEY (log, seq),
    -- In this order only the primary key serves who looks for a place in a log.
    UNIQUE (request, log)
  );

  -- UNBLINDED. The fields of an event that name a treatment, or from which one could be found by trying: as JSON, or
  -- encrypted with age to its holder's key, so that the administrator of the database cannot read them.
  CREATE TABLE allocell.treatment (
    log text NOT NULL,
    seq integer NOT NULL,
    fields text NOT NULL,
    PRIMARY KEY (log, seq),
    FOREIGN KEY (log, seq) REFERENCES allocell.event (log, seq)
  );

  -- The columns have their form: here and not as CHECK, which the server would read and plan anew for every insert.
  -- Lengths apart: a pattern that counts them takes the server longer than all the rest of an insert.
  -- Each event follows the one before it, and its hash is that of its text (where the text is all here).
  -- A connection keeps the plan of a function: made while the table is small, it must not scan the whole of it later.
  CREATE FUNCTION allocell.check_event() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $check$
  DECLARE
    head text := repeat('0', 64);
  BEGIN
    IF new.seq < 1
      OR length(new.log) > 100 OR new.log !~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'
      OR length(new.hash) <> 64 OR new.hash !~ '^[0-9a-f]*$'
      OR length(new.request) NOT BETWEEN 1 AND 128 OR new.request !~ '^[\x21-\x7e]*$'
    THEN
      RAISE EXCEPTION 'allocell: an event has columns of another form' USING ERRCODE = 'check_violation';
    END IF;
    IF new.seq > 1 THEN
      SELECT hash INTO head FROM allocell.event WHERE log = new.log AND seq = new.seq - 1;
    END IF;
    IF head IS DISTINCT FROM new.previous THEN
      RAISE EXCEPTION 'allocell: event % does not follow log %', new.seq, new.log USING ERRCODE = 'AC001';
    END IF;
    IF strpos(new.body, '"hash":"' || new.hash || '"') = 0
      OR strpos(new.body, '"previous":"' || new.previous || '"') = 0
      OR (NOT new.has_treatment AND new.hash <> encode(
        sha256(convert_to(replace(new.body, '"hash":"' || new.hash || '",', ''), 'UTF8')), 'hex'))
    THEN
      RAISE EXCEPTION 'allocell: the hash of event % of log % is not its own', new.seq, new.log USING ERRCODE = 'AC001';
    END IF;
    RETURN new;
  END
  $check$;
  CREATE TRIGGER check_event BEFORE INSERT ON allocell.event FOR EACH ROW EXECUTE FUNCTION allocell.check_event();

  -- Nothing is ever changed or taken out, not even by the owner of the tables.
  CREATE FUNCTION allocell.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $refuse$
  BEGIN
    RAISE EXCEPTION 'allocell: % is only ever added to', tg_table_name USING ERRCODE = 'AC002';
  END
  $refuse$;
  CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON allocell.event
    FOR EACH STATEMENT EXECUTE FUNCTION allocell.refuse_change();
  CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON allocell.treatment
    FOR EACH STATEMENT EXECUTE FUNCTION allocell.refuse_change();

  -- What blinded people may know of the events: by allow-list, no reason, no wrong treatment, no positions that are left.
  CREATE VIEW allocell.blinded_event AS
    SELECT
      log,
      seq,
      hash,
      body::json ->> 'type' AS type,
      body::json ->> 'at' AS at,
      body::json ->> 'participant' AS participant,
      body::json ->> 'by' AS replaced_by,
      body::json ->> 'number' AS number,
      coalesce(body::json ->> 'stratum', body::json ->> 'trueStratum') AS stratum,
      body::json ->> 'administration' AS administration,
      body::json ->> 'kit' AS kit
    FROM allocell.event
    WHERE body::json ->> 'type'
      IN ('assigned', 'replaced', 'forced', 'withdrawn', 'wrong-stratum', 'ineligible-kept', 'code-broken', 'dispensed');

  INSERT INTO allocell.migration (number) VALUES (1);
END
$migration$;
