-- The record (GN-07): what became of every case, numbered per case from 1 and chained by hash.
-- Nothing here is ever edited or taken away; everything in 0004-projections.sql can be built again from it.
create table events (
  case_id    text        not null,
  seq        integer     not null check (seq > 0),
  -- The round's own time, in milliseconds: a finer moment would not come back as it was hashed.
  at         timestamptz(3) not null,
  type       text        not null,
  -- json, not jsonb: it keeps every character a person may have typed, also U+0000 and half a surrogate pair.
  author     json        not null,
  event      json        not null,
  command_id text,
  prev       text        not null check (length(prev) = 64),
  hash       text        not null check (length(hash) = 64),
  primary key (case_id, seq),
  unique (case_id, hash)
);
create index events_of_command on events (command_id) where command_id is not null;
create index events_of_type on events (type, at);

create function refuse_editing_the_record() returns trigger language plpgsql as $$
begin
  raise exception 'the record is never edited: % on % is refused (GN-07)', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end
$$;

create trigger never_edited
  before update or delete or truncate on events
  for each statement execute function refuse_editing_the_record();

comment on table events is
  'Insert only. An event is a fact: it is followed by another, never edited or deleted (GN-07). Written by append alone.';

-- A command on its way: written before it is sent to Temporal, deleted with the append of what it became.
-- What is left here for long belongs to a case whose backlog somebody has to ask for.
create table intents (
  case_id    text        not null,
  command_id text        not null,
  at         timestamptz not null default now(),
  primary key (case_id, command_id)
);
create index intents_by_age on intents (at);
