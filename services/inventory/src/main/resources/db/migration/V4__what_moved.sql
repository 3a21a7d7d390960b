-- By which batch of its sensor an object came to be what it is, or was deleted: whoever knows a cluster as of a batch asks for what moved since.
-- What was written before belongs to none, and is read whole.
alter table live_object add column sequence bigint not null default 0;
alter table live_gone add column sequence bigint not null default 0;

-- When the newest published state read what the sensor told.
alter table cluster add column live_read timestamptz;

-- A busy cluster deletes tens of thousands of objects a day, and is asked each second which of them it was since.
create index live_gone_sequence on live_gone (cluster, sequence);
