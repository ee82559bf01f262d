-- A moment's rows are found from either side: by when they began, or by when they ended.
create index case_versions_until on case_versions (round, (coalesce(valid_until, 'infinity'::timestamptz)));
-- Returns are counted without looking at what they say.
drop index returns_of_round;
create index returns_of_round on returns (round, period) include (case_id, timeliness, missed_at, submitted_at);
-- A month's figures are megabytes of text: kept as they are, written in a fraction of the time.
alter table snapshots alter column figures set storage external;
