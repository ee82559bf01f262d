-- Papers that events ordered and the record does not have yet (GN-07). An older ledger's: `bihuan ledger rebuild`.
create table papers_awaited (
  key     text primary key,
  case_id text           not null,
  round   text           not null,
  seq     integer        not null,
  paper   text           not null,
  at      timestamptz(3) not null
);
create index papers_awaited_of_case on papers_awaited (case_id);
create index papers_awaited_in_order on papers_awaited (at, key);

-- What the last attempt to write one failed of; gone with the paper.
create table paper_failures (
  key    text primary key,
  times  integer     not null default 1,
  answer text        not null,
  at     timestamptz not null default now()
);
