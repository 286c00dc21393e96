-- allocell 002: who may do what. Roles belong to the whole server, so they may be there already; they cannot log in:
-- grant them to the users of your application (GRANT allocell_writer TO my_user).
DO $migration$
DECLARE
  role_name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('allocell.migration'));
  IF EXISTS (SELECT FROM allocell.migration WHERE number = 2) THEN
    RETURN;
  END IF;
  FOREACH role_name IN ARRAY ARRAY['allocell_writer', 'allocell_unblinded', 'allocell_blinded'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA allocell TO %I', role_name);
  END LOOP;

  -- Writes and reads logs that hold no treatment: all that the office of a randomization list needs.
  GRANT SELECT, INSERT ON allocell.event TO allocell_writer;
  -- In addition UNBLINDED: writes and reads the treatments that logs hold, which a dynamic allocation needs.
  GRANT SELECT, INSERT ON allocell.event, allocell.treatment TO allocell_unblinded;
  -- Reads participants, numbers and strata; no treatment, no reason, nothing of the list.
  GRANT SELECT ON allocell.blinded_event TO allocell_blinded;

  INSERT INTO allocell.migration (number) VALUES (2);
END
$migration$;
