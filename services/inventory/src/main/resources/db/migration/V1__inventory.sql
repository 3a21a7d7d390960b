-- What exists. PostgreSQL is the truth: topics can be refilled from these tables at any time.
-- Text that is compared byte by byte is ordered so too, whatever the database's locale.

create table cluster (
    name text collate "C" primary key,
    mode text not null check (mode in ('MANIFESTS', 'LIVE')),
    partition int not null,
    epoch bigint not null,
    -- 0 before the first accepted batch.
    number bigint not null,
    object_count bigint not null,
    accepted timestamptz,
    incomplete boolean not null,
    -- What turned objects into subjects and facts: another engine may say something else of the same objects.
    engine text not null
);

-- What was uploaded last under this name, or what a sensor sees.
create table source (
    cluster text collate "C" not null references cluster,
    name text collate "C" not null,
    digest bytea not null,
    objects int not null,
    -- What reading it told: a FactRecord that holds coverage only.
    coverage bytea not null,
    accepted timestamptz not null,
    primary key (cluster, name)
);

-- The objects of a source, projected: a ResourceRecord whose identity is not resolved yet.
create table source_object (
    cluster text collate "C" not null,
    source text collate "C" not null,
    position int not null,
    object bytea not null,
    primary key (cluster, source, position),
    foreign key (cluster, source) references source on delete cascade
);

-- The live records of the cluster topics, as published last: without their version, which stands beside them.
create table published (
    cluster text collate "C" not null references cluster,
    topic smallint not null,
    key text collate "C" not null,
    hash bytea not null,
    content bytea not null,
    epoch bigint not null,
    number bigint not null,
    -- Of resources only, empty elsewhere: by these they are listed.
    kind text not null,
    namespace text not null,
    -- Of resources only: key of the record of its subjects, whether there is one or not.
    subject text collate "C" not null,
    -- Of subjects only: their team, where they have one.
    team text not null,
    primary key (cluster, topic, key)
);

-- Teams that own something in a namespace; an empty namespace stands for the whole cluster.
create table scope_team (
    cluster text collate "C" not null references cluster,
    namespace text collate "C" not null,
    team text not null,
    primary key (cluster, namespace, team)
);

create table declaration_state (
    one boolean primary key check (one),
    number bigint not null
);

create table declaration_source (
    name text collate "C" primary key,
    accepted timestamptz not null
);

-- One statement: a DeclarationRecord without its number, which stands beside it.
create table declaration (
    key text collate "C" primary key,
    source text collate "C" not null references declaration_source,
    kind text collate "C" not null,
    name text collate "C" not null,
    content bytea not null,
    number bigint not null
);

-- Clusters whose subjects or facts may say something else since a declaration, an engine or a rebuild.
create table pending (
    cluster text collate "C" primary key,
    -- A rebuild writes everything anew; an empty cluster stands for the declarations.
    rebuild boolean not null
);

-- What a key of idempotency was answered; kept for a day.
create table answer (
    key text primary key,
    content bytea not null,
    at timestamptz not null
);
create index answer_at on answer (at);

-- Records on their way to the topics, in the order of id; a lane is the partition whose owner writes them.
create table outbox (
    id bigint generated always as identity primary key,
    lane int not null,
    topic smallint not null,
    key text not null,
    -- Null for a tombstone.
    value bytea,
    version text not null,
    at timestamptz not null default now()
);
create index outbox_lane on outbox (lane, id);

create table replica (
    address text primary key,
    seen timestamptz not null
);
create table lease (
    partition int primary key,
    address text not null,
    generation bigint not null,
    expires timestamptz not null
);
