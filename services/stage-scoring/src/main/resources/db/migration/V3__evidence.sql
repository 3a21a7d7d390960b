-- Versions of the evidence a contribution stands on: the same state may be answered anew. Those kept before are scored anew.
alter table contribution add column evidence text not null default '';
