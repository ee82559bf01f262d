-- Persons a case itself names: its leaders, its watcher, its deputies. They find it in their lists.
alter table cases add column people text[] not null default '{}';
update cases set people = array[case_leader] where case_leader is not null;
create index cases_of_people on cases using gin (people) where people <> '{}';

-- Which case points at which file, so that a file is read by whoever reads a case it belongs to. Follows from the record.
create table case_evidence (
  case_id text    not null,
  sha256  text    not null,
  seq     integer not null
);
create index case_evidence_of_case on case_evidence (case_id, seq);
create index case_evidence_of_file on case_evidence (sha256);
insert into case_evidence (case_id, sha256, seq)
select case_id, hash, min(seq) from (
  select case_id, seq, (regexp_matches(event::text, '"sha256": ?"([0-9a-f]{64})"', 'g'))[1] as hash from events
) as found group by case_id, hash;

-- Areas: counties, districts, development zones, and towns below them; the bodies a plan means by 各县区党委、政府 (JN-03).
create table areas (
  name       text primary key,
  level      text not null check (level in ('county', 'town')),
  parent     text references areas,
  party      text,
  government text,
  added_at   timestamptz not null default now()
);

-- Leaders of an area by tier, and those attached to it from above (HH-07, HH-15); a change of holder ends one row and begins another.
create table area_leaders (
  id       bigint generated always as identity primary key,
  area     text not null references areas,
  tier     text not null check (tier in ('attached', 'first', 'in-charge', 'other')),
  person   text not null references officers,
  from_day date not null,
  to_day   date,
  check (to_day is null or to_day >= from_day)
);
create index area_leaders_of_area on area_leaders (area, tier);
create index area_leaders_of_person on area_leaders (person);
