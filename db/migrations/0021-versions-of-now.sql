-- What every case is now lies together, apart from what it was: figures of today, and of a day after which little has changed, read a
-- twentieth of the pages. A row that ends moves over by itself.
alter table case_versions rename to case_versions_past;
drop index case_versions_last;
alter index case_versions_of_case rename to case_versions_past_of_case;
alter index case_versions_of_round rename to case_versions_past_of_round;
drop index if exists case_versions_until;

create table case_versions (like case_versions_past including defaults) partition by list ((valid_until is null));
create table case_versions_now partition of case_versions for values in (true);
with gone as (delete from case_versions_past where valid_until is null returning *)
insert into case_versions_now select * from gone;
alter table case_versions attach partition case_versions_past for values in (false);

create index case_versions_now_of_case on case_versions_now (case_id);
create index case_versions_now_of_round on case_versions_now (round, sort_due, case_id);
-- Rows come in the order in which they end, so those that ended after a moment lie together as well.
create index case_versions_past_until on case_versions_past (coalesce(valid_until, 'infinity'::timestamptz));
