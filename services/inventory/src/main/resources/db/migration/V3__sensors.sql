-- Live clusters: what their sensors told, by object. Nothing in here refers to the table of clusters: publishing holds a cluster's row for as
-- long as it computes, and a sensor's batch must not wait for that.

create table sensor (
    cluster text collate "C" primary key,
    -- Counted up with each stream; a batch of an earlier one is refused.
    session bigint not null,
    credential text not null,
    version text not null,
    replica text not null,
    -- OPEN: nothing asked yet; SNAPSHOT, COMPARISON: a round is under way; SYNCED: what is held is what the sensor sees.
    state text not null check (state in ('OPEN', 'SNAPSHOT', 'COMPARISON', 'SYNCED')),
    opened timestamptz not null,
    closed timestamptz,
    heard timestamptz not null,
    -- When a round was over first; null before: nothing is published of a cluster that was never seen whole.
    synced timestamptz,
    agreed timestamptz,
    objects bigint not null,
    digest bytea not null,
    -- Counted up with each batch that changed something.
    sequence bigint not null,
    -- Since when a batch waits to be published; null when none does.
    waiting timestamptz,
    -- A SensorCoverage.
    denied bytea not null
);

-- Sequence of the sensor's batches that the newest published state holds.
alter table cluster add column live_sequence bigint not null default 0;

create table live_object (
    cluster text collate "C" not null,
    grp text collate "C" not null,
    kind text collate "C" not null,
    namespace text collate "C" not null,
    name text collate "C" not null,
    -- As source_object.object.
    object bytea not null,
    -- SHA-256 of the JSON as the sensor sent it.
    hash bytea not null,
    resource_version text not null,
    generation bigint not null,
    -- Session whose snapshot saw it last.
    round bigint not null,
    primary key (cluster, grp, kind, namespace, name)
);

-- Deletions, for a day: an older change that comes later revives nothing.
create table live_gone (
    cluster text collate "C" not null,
    grp text collate "C" not null,
    kind text collate "C" not null,
    namespace text collate "C" not null,
    name text collate "C" not null,
    resource_version text not null,
    at timestamptz not null,
    primary key (cluster, grp, kind, namespace, name)
);
create index live_gone_at on live_gone (cluster, at);

create table sensor_credential (
    id text primary key,
    cluster text collate "C" not null,
    -- SHA-256 of the secret: of 256 random bits nobody guesses any.
    secret bytea not null,
    created timestamptz not null,
    created_by text not null,
    expires timestamptz,
    revoked timestamptz,
    used timestamptz
);
create index sensor_credential_cluster on sensor_credential (cluster, created);

-- Changes of what is wanted of objects, as sensors saw them.
create table object_change (
    id bigint generated always as identity primary key,
    cluster text collate "C" not null,
    grp text not null,
    kind text not null,
    namespace text not null,
    name text not null,
    what text not null,
    at timestamptz not null,
    manager text not null,
    operation text not null,
    manager_time text not null,
    delivery text not null,
    revision text not null
);
create index object_change_cluster on object_change (cluster, id);

-- When a record was first seen since it was last absent, and when it last changed.
alter table published add column first_seen timestamptz not null default now();
alter table published add column last_changed timestamptz not null default now();

-- The object behind a record of subjects.
create index published_subject on published (cluster, subject) where topic = 1;
