-- Who runs what: one row a container and image reference, written by the replica that owns the cluster.
create table image_use (
    cluster varchar(253) not null,
    namespace varchar(253) not null,
    object varchar(253) not null,
    name text not null,
    container text not null,
    reference text not null,
    platform varchar(60) not null,
    team text not null,
    application text not null,
    exposed boolean not null,
    primary key (cluster, namespace, object, name, container, reference, platform)
);
create index image_use_reference on image_use (reference, platform);

-- The queue, and what it found out: a reference on a platform leads to a digest.
create table image_reference (
    reference text not null,
    platform varchar(60) not null,
    digest varchar(140),
    -- Empty when the last attempt succeeded; else why not.
    reason varchar(40) not null default 'pending',
    detail text not null default '',
    -- Whether pulling needs a credential, and whether a trusted key signed it: yes, no, open.
    access varchar(4) not null default 'open',
    access_how text not null default '',
    signature varchar(4) not null default 'open',
    signature_how text not null default '',
    -- What an attached provenance says of where it was built from.
    provenance text not null default '',
    attempts int not null default 0,
    exposed boolean not null default false,
    -- Somebody asked for it by name.
    asked boolean not null default false,
    due timestamptz not null,
    taken_until timestamptz,
    resolved timestamptz,
    moved bigint not null default 0,
    primary key (reference, platform)
);
create index image_reference_due on image_reference (due);
create index image_reference_digest on image_reference (digest);
create index image_reference_moved on image_reference (moved);

-- What is in an image: read once, matched again whenever feeds move.
create table image (
    digest varchar(140) primary key,
    platform varchar(60) not null,
    name text not null,
    report bytea,
    -- The first part that was not read; empty when the report is whole.
    missing text not null default '',
    scanned timestamptz,
    origin text not null default '',
    matched timestamptz,
    feeds varchar(80) not null default '',
    answer bytea,
    -- Why nothing found is no answer: empty, feeds or parts.
    doubt varchar(5) not null default '',
    doubt_how text not null default '',
    critical int not null default 0,
    high int not null default 0,
    medium int not null default 0,
    low int not null default 0,
    fixable int not null default 0,
    critical_name text not null default '',
    critical_since timestamptz,
    taken_until timestamptz,
    moved bigint not null default 0
);
create index image_matched on image (matched);
create index image_moved on image (moved);

-- When a weakness was first found in a digest.
create table image_weakness (
    digest varchar(140) not null,
    vulnerability text not null,
    fixable_critical boolean not null,
    first_seen timestamptz not null,
    primary key (digest, vulnerability)
);

-- The same of an application, whatever digests it runs over time.
create table application_weakness (
    cluster varchar(253) not null,
    namespace varchar(253) not null,
    application text not null,
    vulnerability text not null,
    first_seen timestamptz not null,
    fixed timestamptz,
    primary key (cluster, namespace, application, vulnerability)
);

-- Counts every change of what is known, so that whoever joins it sees what is new. One row, which orders those who change something.
create table knowledge (
    only_row boolean primary key default true check (only_row),
    number bigint not null
);
insert into knowledge (number) values (0);
