-- What became readable for everybody who follows is asked once, not once a person.
create index if not exists notices_for_all on notices (transaction, id);
