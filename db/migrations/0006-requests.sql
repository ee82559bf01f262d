-- Keys under which callers asked for something: the same key with other words is refused, with the same words it happens once.
create table requests (
  person      text        not null,
  key         text        not null,
  -- SHA-256 over what was asked for, its address included.
  fingerprint text        not null check (length(fingerprint) = 64),
  at          timestamptz not null default now(),
  primary key (person, key)
);

-- Who opened a round: its cases are registered in that name, also when the registering goes on after a restart.
alter table rounds add column opened_by json;
