-- Who has a part in which case, in the order lists are read in: an index of a sort PostgreSQL has not (docs/adr/0018). It follows
-- from `cases` alone and is kept by triggers, whoever writes there: this version, an earlier one, a rebuild, a backup put back.
create table case_parties (
  case_id  text not null,
  -- unit: a responsible one; party: another unit with a part in the case; person: named by the case itself.
  part     text not null check (part in ('unit', 'party', 'person')),
  party    text not null,
  -- As the case's row has them, so that a case that falls out is not looked at.
  kind     text not null,
  phase    text not null,
  sort_due date not null,
  readers  text[]
);

create function parties_in_order() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from case_parties where case_id = old.id;
  end if;
  if tg_op <> 'DELETE' then
    insert into case_parties (case_id, part, party, kind, phase, sort_due, readers)
    select new.id, part, party, new.kind, new.phase, new.sort_due, new.readers from (
      select distinct 'unit' as part, party from unnest(new.units) as party
      union all
      select 'party', party from (select unnest(new.parties) except select unnest(new.units)) as others (party)
      union all
      select distinct 'person', party from unnest(new.people) as party
    ) as parts;
  end if;
  return null;
end
$$;

-- Most events change none of it: then an append costs one comparison more.
create trigger parties_come after insert or delete on cases for each row execute function parties_in_order();
create trigger parties_move after update on cases for each row
  when ((old.id, old.kind, old.phase, old.sort_due, old.units, old.parties, old.people, old.readers)
    is distinct from (new.id, new.kind, new.phase, new.sort_due, new.units, new.parties, new.people, new.readers))
  execute function parties_in_order();

insert into case_parties (case_id, part, party, kind, phase, sort_due, readers)
select id, part, party, kind, phase, sort_due, readers from cases cross join lateral (
  select distinct 'unit' as part, party from unnest(units) as party
  union all
  select 'party', party from (select unnest(parties) except select unnest(units)) as others (party)
  union all
  select distinct 'person', party from unnest(people) as party
) as parts;

create index case_parties_in_order on case_parties (party, part, sort_due, case_id) include (kind, phase, readers);
create index case_parties_of_case on case_parties (case_id);
