-- Another number whenever rows of what stands in no cluster, or gaps, are others: with the versions of contributions it names a snapshot.
alter table estate add column moved bigint not null default 0;
-- Newest event that is no longer kept.
alter table estate add column forgotten bigint not null default 0;
