-- Who is signed in from a browser. The cookie itself is never kept: whoever reads this table signs in as nobody.
create table sessions (
  -- SHA-256 of the cookie's value.
  hash       text        primary key check (length(hash) = 64),
  person     text        not null,
  created_at timestamptz not null,
  used_at    timestamptz not null,
  -- However much it is used.
  ends_at    timestamptz not null
);
create index sessions_by_end on sessions (ends_at);
