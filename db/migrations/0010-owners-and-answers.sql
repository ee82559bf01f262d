-- For the standing audits (HH-13): does the case have an owner, and where it owes somebody outside an answer, by when and
-- whether it was given. Rows from before are told again from the record when this has been applied.
alter table case_versions
  add column owner     text,
  add column answer_by timestamptz(3),
  add column answer    text;
