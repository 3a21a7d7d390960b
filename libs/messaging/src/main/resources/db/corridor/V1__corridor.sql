-- What an analyser keeps of its own: who owns which partition, and its counter in versions.

-- Replicas that were seen lately.
create table replica (
    address varchar(255) primary key,
    seen timestamptz not null
);

-- One owner a partition; the generation rises with each change of hands.
create table lease (
    partition int primary key,
    address varchar(255) not null,
    generation bigint not null,
    expires timestamptz not null
);

-- The counter of everything that is not a cluster's state: engine, model, declarations.
create table generation (
    number bigint primary key,
    fingerprint text not null
);

-- Where each cluster is, so that whoever does not own it can name who does.
create table cluster_place (
    cluster varchar(253) primary key,
    partition int not null
);
