-- What was refused at the door: no part of the record, which knows only what happened. `seq`: the case's last event it was judged on.
create table refusals (
  id        bigint generated always as identity primary key,
  case_id   text    not null,
  seq       integer not null,
  command_id text   not null,
  act       text    not null,
  person    text    not null,
  name      text    not null,
  clause    text    not null,
  why       text    not null,
  at        timestamptz(3) not null,
  unique (case_id, command_id)
);
create index refusals_of_case on refusals (case_id, id desc);
