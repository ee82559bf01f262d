-- Rules by hash: a case is pinned to one version of each (domain rule 12), so a version is never edited.
create table policies (
  hash     text primary key check (length(hash) = 64),
  id       text not null,
  city     text not null,
  title    text not null,
  yaml     text not null,
  resolved json not null,
  saved_at timestamptz not null default now()
);
create index policies_by_id on policies (id, saved_at desc);

create table calendars (
  hash     text primary key check (length(hash) = 64),
  calendar json not null,
  saved_at timestamptz not null default now()
);

-- One inspection of one city and its feedback (CD-20). `clock` is the round's time; a drill has its own.
create table rounds (
  id            text primary key,
  city          text        not null,
  title         text        not null,
  policy_hash   text        not null references policies,
  calendar_hash text        not null references calendars,
  source        json        not null,
  feedback_date date,
  plan_date     date        not null,
  clock         json        not null,
  drill         boolean     not null,
  plan          text        not null,
  reading       json        not null,
  opened_at     timestamptz not null
);

-- Every entry of an accepted plan, and since when its case is on the record: a plan is never half-registered.
create table plan_entries (
  round         text    not null references rounds,
  n             integer not null check (n > 0),
  entry         json    not null,
  registered_at timestamptz,
  primary key (round, n)
);
create index plan_entries_waiting on plan_entries (round, n) where registered_at is null;
