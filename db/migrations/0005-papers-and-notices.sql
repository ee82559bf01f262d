-- Papers and their numbers: without gap or repeat for each organ, year and series. A drill has a series of its own.
create table paper_series (
  document_code text    not null,
  year          integer not null,
  series        text    not null check (series in ('real', 'drill')),
  last          integer not null default 0,
  primary key (document_code, year, series)
);

create table papers (
  key           text primary key,
  case_id       text        not null,
  round         text        not null,
  seq           integer     not null,
  paper         text        not null,
  number        text        not null unique,
  document_code text        not null,
  year          integer     not null,
  series        text        not null,
  ordinal       integer     not null check (ordinal > 0),
  subject       text        not null,
  content       bytea       not null,
  sha256        text        not null check (length(sha256) = 64),
  paper_order   json        not null,
  at            timestamptz not null,
  unique (document_code, year, series, ordinal)
);
create index papers_of_case on papers (case_id, seq);
create index papers_of_round on papers (round, at, key);

-- The in-app inbox: one notice for each key and person.
create table notices (
  id      bigint generated always as identity primary key,
  key     text        not null,
  person  text        not null,
  case_id text        not null,
  round   text        not null,
  seq     integer     not null,
  drill   boolean     not null,
  subject text        not null,
  text    text        not null,
  at      timestamptz not null,
  read_at timestamptz,
  unique (key, person)
);
create index notices_of_person on notices (person, id desc);
create index notices_unread on notices (person) where read_at is null;
create index notices_of_case on notices (case_id, seq);

-- The same notice by mail. `message_id` follows from key and person, so that the channel can tell a repeat.
create table mails (
  key        text        not null,
  person     text        not null,
  address    text        not null,
  message_id text        not null unique,
  state      text        not null check (state in ('waiting', 'sending', 'sent', 'refused')),
  attempts   integer     not null default 0,
  answer     text,
  at         timestamptz not null default now(),
  primary key (key, person)
);
create index mails_unsent on mails (at) where state in ('waiting', 'sending');

-- Files people put in, by content.
create table evidence (
  sha256     text    primary key check (length(sha256) = 64),
  name       text    not null,
  media_type text    not null,
  bytes      integer not null check (bytes >= 0),
  content    bytea   not null,
  person     text,
  at         timestamptz not null default now()
);
