-- What clusters contribute, where scopes stand, and what is to be told of it. (V1 is the corridor's.)

create sequence contribution_change;

-- One cluster's contribution; everything is null before the first.
create table contribution (
    cluster varchar(253) primary key,
    partition int not null,
    -- Another number after each change of anything in the row.
    change bigint not null,
    -- Since when a newer state waits to be scored; null when none does.
    awaited_since timestamptz,
    epoch bigint,
    number bigint,
    generation bigint,
    declarations bigint,
    -- Instants of Java reach further than timestamps of the database.
    deadline text,
    automation text,
    model text,
    as_of timestamptz,
    mode text,
    -- plimsoll.facts.v1.FactRecord each, delimited.
    facts bytea,
    used text[],
    -- plimsoll.tallies.v1.TallyRecord each, delimited.
    tallies bytea
);

-- Findings, in the order they are shown: place, cluster, tie. The estate's own have no cluster.
create table finding (
    cluster varchar(253) not null,
    place bytea not null,
    tie int not null,
    namespace text not null,
    team text not null,
    application text not null,
    control text not null,
    severity int not null,
    waived boolean not null,
    content bytea not null,
    primary key (cluster, place, tie)
);
create index finding_order on finding (place, cluster, tie);

-- Subjects with their answers to all questions of the model.
create table subject (
    cluster varchar(253) not null,
    place bytea not null,
    tie int not null,
    namespace text not null,
    team text not null,
    application text not null,
    ref bytea not null,
    answers bytea not null,
    primary key (cluster, place, tie)
);
create index subject_order on subject (place, cluster, tie);

-- The newest record of each scope, gone ones included: their sequence goes on.
create table scope (
    id varchar(1024) primary key,
    kind int not null,
    sequence bigint not null,
    gone boolean not null,
    teams text[] not null,
    -- plimsoll.stages.v1.StageRecord; null when gone.
    record bytea
);

-- Every record there was, for histories.
create table stage_record (
    scope varchar(1024) not null,
    sequence bigint not null,
    published timestamptz not null,
    record bytea not null,
    primary key (scope, sequence)
);

-- Stage changes, told in this order. Written by the merger alone, so the numbers become visible in their order.
create table event (
    sequence bigint generated always as identity primary key,
    at timestamptz not null,
    scope varchar(1024) not null,
    teams text[] not null,
    -- plimsoll.scoring.v1.WatchEventsResponse without its sequence.
    content bytea not null
);

-- Stages to be sent.
create table outbox (
    id bigint generated always as identity primary key,
    scope varchar(1024) not null,
    sequence bigint not null,
    record bytea
);

-- The estate as last judged: one row.
create table estate (
    one boolean primary key default true check (one),
    merger bigint not null default 0,
    declarations bigint not null default 0,
    declared bytea not null default ''
);
insert into estate default values;

create table coverage (
    ordinal int primary key,
    cluster varchar(253) not null,
    -- plimsoll.kernel.v1.Coverage
    content bytea not null
);

-- Where new rows are laid beside the old to find the difference; empty outside of a transaction. Not temporary tables: those need a right
-- that a service's role has no other use for.
create unlogged table new_finding (like finding);
create unlogged table new_subject (like subject);
