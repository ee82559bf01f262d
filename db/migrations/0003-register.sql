-- Who is who: units, people, and the posts they hold from one day to another.
create table units (
  name     text primary key,
  aliases  text[] not null default '{}',
  area     text,
  added_at timestamptz not null default now()
);

create table officers (
  person   text primary key,
  name     text    not null,
  email    text,
  password text,
  active   boolean not null default true,
  added_at timestamptz not null default now()
);

-- A post runs through its last day; a change of holder ends one row and begins another (YZ-17).
create table posts (
  id       bigint generated always as identity primary key,
  person   text not null references officers,
  role     text not null,
  unit     text references units,
  from_day date not null,
  to_day   date,
  check (to_day is null or to_day >= from_day)
);
create unique index posts_once on posts (person, role, unit, from_day) nulls not distinct;
create index posts_of_role on posts (role, unit);

-- Units a plan names and the register lacks: proposed, never dropped.
create table proposals (
  round    text      not null references rounds,
  name     text      not null,
  entries  integer[] not null,
  state    text      not null default 'open' check (state in ('open', 'accepted', 'dismissed')),
  at       timestamptz not null default now(),
  primary key (round, name)
);
