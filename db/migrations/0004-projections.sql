-- Everything here follows from the record and the rules; `bihuan ledger rebuild` drops it and builds it again.
-- Written by db/projections/ alone. No foreign keys: an append must not wait for anything but its own case's row.

-- One row a case: what lists, counts and filters need.
create table cases (
  id                  text primary key,
  kind                text    not null check (kind in ('problem', 'referral')),
  round               text    not null,
  -- The entry's number in its plan; a referral has its origin's.
  n                   integer not null,
  origin              text,
  phase               text    not null,
  open                boolean not null,
  class               text,
  source_name         text,
  source_level        text,
  text                text    not null,
  units               text[]  not null,
  -- Every unit with a part in the case, the responsible ones among them.
  parties             text[]  not null,
  lead_unit           text,
  cooperating_units   text[]  not null,
  supervising_unit    text,
  area                text,
  case_leader         text,
  due                 date,
  original_due        date,
  -- `due`, or the end of time: lists are ordered by it and the id.
  sort_due            date    not null,
  overdue_since       timestamptz(3),
  -- What the last return claims, and what somebody has verified (YZ-13), in per cent.
  claimed             integer not null,
  verified            integer not null,
  -- The pace bucket as the last event left it, and the day from which 达到序时进度 will have become 加紧整改.
  pace                text,
  pressed_from        date,
  rectification_round integer not null,
  closing_round       integer not null,
  closing_step        text,
  -- Who is expected to act in that step, in words.
  turn                text,
  rung                text,
  returns_submitted   integer not null,
  returns_late        integer not null,
  returns_missed      integer not null,
  missed_in_a_row     integer not null,
  registered_at       timestamptz(3) not null,
  handed_over_at      timestamptz(3),
  closed_at           timestamptz(3),
  next_moment         timestamptz(3),
  policy              text    not null,
  calendar            text    not null,
  at                  timestamptz(3) not null,
  head_seq            integer not null,
  head_hash           text    not null
);
create index cases_by_due on cases (sort_due, id);
create index cases_of_round on cases (round, sort_due, id);
create index cases_of_phase on cases (phase, sort_due, id);
create index cases_counted on cases (round, kind, phase, class) include (overdue_since);
create index cases_of_parties on cases using gin (parties);
create index cases_of_leader on cases (case_leader) where case_leader is not null;
create index cases_overdue on cases (sort_due, id) where overdue_since is not null;
create index cases_open on cases (round, id) where open;

-- The state the case's events fold to.
create table case_states (
  case_id text primary key,
  state   json not null
);

-- Pairs of neighbouring characters: Chinese has no spaces, and most words have two.
create table case_texts (
  case_id text primary key,
  text    text   not null,
  pairs   text[] not null
);
create index case_texts_by_pair on case_texts using gin (pairs);

-- What is to be done in each case, by which chair.
create table todos (
  case_id  text    not null,
  ordinal  integer not null,
  round    text    not null,
  act      text    not null,
  title    text    not null,
  seat     text    not null,
  unit     text,
  person   text,
  area     text,
  -- Who may sit in the chair under a recorded authority (GN-09).
  deputies text[]  not null,
  due      date
);
create index todos_of_case on todos (case_id, ordinal);
create index todos_of_seat on todos (seat, unit);
create index todos_of_person on todos (person) where person is not null;
create index todos_of_deputies on todos using gin (deputies) where deputies <> '{}';

-- One row for each period a return was due: a late return never erases that it was missing (JN-07).
create table returns (
  case_id      text    not null,
  period       date    not null,
  round        text    not null,
  chased_at    timestamptz(3),
  missed_at    timestamptz(3),
  in_a_row     integer,
  submitted_at timestamptz(3),
  timeliness   text,
  by_person    text,
  by_name      text,
  progress     integer,
  content      jsonb
);
create index returns_of_case on returns (case_id, period);
create index returns_of_round on returns (round, period);

-- Every signature, review and vote there ever was; those of a closing round that ended otherwise have lapsed (YZ-08).
create table sign_offs (
  case_id    text    not null,
  seq        integer not null,
  round      text    not null,
  closing    integer not null,
  step       text    not null,
  title      text    not null,
  verdict    text    not null,
  seat       text    not null,
  unit       text,
  person     text    not null,
  name       text    not null,
  role       text    not null,
  principal  text,
  saw        text    not null,
  opinion    text    not null,
  at         timestamptz(3) not null,
  lapsed_at  timestamptz(3),
  lapsed_seq integer
);
create index sign_offs_of_case on sign_offs (case_id, seq);
create index sign_offs_of_person on sign_offs (person, at);

-- Each rung at most once a round (GN-05).
create table rungs (
  case_id    text    not null,
  rung       text    not null,
  rectification integer not null,
  round      text    not null,
  state      text    not null,
  cause      text    not null,
  reason     text,
  paper      text,
  seq        integer not null,
  drafted_at timestamptz(3),
  raised_at  timestamptz(3),
  decided_by text,
  ended_at   timestamptz(3)
);
create index rungs_of_case on rungs (case_id, rectification);
create index rungs_of_round on rungs (round, rung, state);
