-- Who leads a case, each as tier:person (YZ-03), so that results can be had by leader as of any moment (YZ-12). Rows from before
-- are told again from the record when this has been applied.
alter table case_versions add column leaders text[];
