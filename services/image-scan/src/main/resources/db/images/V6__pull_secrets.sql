-- Which pull secrets the workload names, cluster/namespace/name each; only where the connectors say that they may be used.
alter table image_use add column pull_secrets text not null default '';
