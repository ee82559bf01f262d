-- A round may be opened on the feedback alone, and get its plan later (GN-12).
alter table rounds alter column plan_date drop not null;
