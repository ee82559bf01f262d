-- What came of a case is listed beside it.
create index if not exists cases_of_origin on cases (origin) where origin is not null;
