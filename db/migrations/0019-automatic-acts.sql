-- What the machine did, the latest first: read on everybody's first page.
create index events_of_engine on events (at desc, position desc) where author->>'kind' = 'engine';
