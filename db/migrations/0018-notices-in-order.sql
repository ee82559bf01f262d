-- The order in which notices became readable, on the same line as the events' (0007): one reader follows both.
alter table notices add column transaction xid8 not null default pg_current_xact_id();
create index notices_in_order on notices (person, transaction, id);
-- The youngest event at a glance.
create index events_by_position on events (position);
