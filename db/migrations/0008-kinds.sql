-- Cases of any kind: what kinds there are is the domain's to say.
alter table cases drop constraint cases_kind_check;
-- Who alone may read a case; null: whoever reads cases of its kind.
alter table cases add column readers text[];
update cases set readers = array['role:coordinator', 'role:office-head', 'role:leader', 'role:secretary', 'role:mayor',
  'role:deputy-secretary-general', 'role:discipline'] where kind = 'referral';
create index cases_of_kind on cases (kind, round, sort_due, id);

-- The number a case opened at the door was given: the same request again gets the same case.
create table case_numbers (
  round  text    not null,
  prefix text    not null,
  last   integer not null,
  primary key (round, prefix)
);
create table case_openings (
  command_id text primary key,
  case_id    text        not null unique,
  at         timestamptz not null default now()
);

-- What one case asks of another, or of one that is still to be opened: kept here by its workflow, given by the door.
create table orders (
  key      text primary key,
  round    text        not null,
  -- The case it is for; null: it opens one.
  case_id  text,
  command  json        not null,
  by       json        not null,
  at       timestamptz(3) not null,
  placed_at timestamptz not null default now(),
  state    text        not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
  answer   text
);
create index orders_waiting on orders (placed_at) where state = 'waiting';
