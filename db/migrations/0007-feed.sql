-- The order in which events became readable, over all cases. A position is given before its transaction ends, so by itself it
-- would let a reader pass over an event that commits late; transactions older than the oldest still running cannot.
alter table events
  add column transaction xid8   not null default pg_current_xact_id(),
  add column position    bigint not null generated always as identity;
create index events_in_order on events (transaction, position);
