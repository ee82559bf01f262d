-- What fell due while the round had paused its returns (CD-17), and what was decided about it.
alter table returns add column passed_over_at timestamptz(3);
alter table returns add column waived_at timestamptz(3);
alter table returns add column called_in_by date;
