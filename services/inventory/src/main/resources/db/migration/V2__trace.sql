-- The trace of the call that put a record into the outbox, as W3C Trace Context has it; empty where nothing is traced.
alter table outbox add column trace varchar(128) not null default '';
