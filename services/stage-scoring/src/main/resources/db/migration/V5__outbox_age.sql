-- When a stage began to wait for being sent; a replica of the version before writes it by default.
alter table outbox add column waiting_since timestamptz not null default now();
