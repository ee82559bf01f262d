-- What a case was from one event to the next, as far as figures and lists need it: one row for each change, so that every
-- figure can be had as of any moment. Intervals of a case follow each other without gap or overlap; an empty one is of a
-- moment at which more happened.
create table case_versions (
  case_id             text    not null,
  seq                 integer not null,
  valid_from          timestamptz(3) not null,
  -- null: until now.
  valid_until         timestamptz(3),
  kind                text    not null,
  round               text    not null,
  n                   integer not null,
  origin              text,
  phase               text    not null,
  standing            text    not null,
  open                boolean not null,
  class               text,
  source_name         text,
  source_level        text,
  units               text[]  not null,
  parties             text[]  not null,
  lead_unit           text,
  cooperating_units   text[]  not null,
  supervising_unit    text,
  area                text,
  case_leader         text,
  due                 date,
  original_due        date,
  sort_due            date    not null,
  -- The first moment at which it is overdue if nothing happens.
  overdue_from        timestamptz(3),
  claimed             integer not null,
  verified            integer not null,
  -- Closed, or the share of its nodes completed, in per cent: a claim counts for nothing.
  completed           integer not null,
  open_nodes          integer not null,
  pace                text,
  pressed_from        date,
  rectification_round integer not null,
  closing_round       integer not null,
  closing_step        text,
  turn                text,
  rung                text,
  returns_submitted   integer not null,
  returns_late        integer not null,
  returns_missed      integer not null,
  missed_in_a_row     integer not null,
  registered_at       timestamptz(3) not null,
  handed_over_at      timestamptz(3),
  closed_at           timestamptz(3),
  readers             text[],
  -- Is there a moment it waits for?
  awaits              text    not null
);
create index case_versions_of_case on case_versions (case_id, seq);
create index case_versions_last on case_versions (case_id) where valid_until is null;
create index case_versions_of_round on case_versions (round, valid_from);

-- Figures of a round, frozen at a moment (HH-03, JN-21). A correction is another snapshot, under another key.
create table snapshots (
  key      text primary key,
  round    text        not null,
  cut_off  timestamptz(3) not null,
  from_day date        not null,
  to_day   date        not null,
  figures  json        not null,
  hash     text        not null check (length(hash) = 64),
  taken_at timestamptz not null default now()
);
create index snapshots_of_round on snapshots (round, cut_off);
create index snapshots_by_hash on snapshots (hash);

create function refuse_thawing() returns trigger language plpgsql as $$
begin
  raise exception 'a snapshot is never edited: % on % is refused (JN-21)', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end
$$;
create trigger never_edited
  before update or delete or truncate on snapshots
  for each statement execute function refuse_thawing();
