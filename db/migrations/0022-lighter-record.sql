-- Two hashes of a case are never the same: each has its event's number in it, and that is unique. This index was a quarter of the
-- record again and was never read.
alter table events drop constraint events_case_id_hash_key;
-- What the public is told of, the latest first.
create index events_of_publicity on events (at desc, case_id, seq desc)
  where type in ('rectification-started', 'notice-posted', 'closed');
-- Since when a case is on the supervised list (JN-10), null: it is not. Told of older cases by their last such event.
alter table cases add column supervised_since timestamptz(3);
update cases set supervised_since = (
  select max(at) from events where events.case_id = cases.id and events.type = 'supervision-listed')
where id in (select case_id from case_states where state::text like '%"supervised":{%');
create index cases_supervised on cases (sort_due, id) where supervised_since is not null;
-- Where each case begins: what was received is counted by these, and a round's feed starts at the first of them.
create index events_begun on events (case_id) include (type, at, transaction) where seq = 1;
