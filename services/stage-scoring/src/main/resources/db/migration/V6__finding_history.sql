-- Findings over time: one row for whatever is or was a finding, by what is asked of whom. Bounded: what is resolved is kept for a while.
create table finding_life (
    cluster varchar(253) not null,
    -- Digest of control and subject: the same whatever is said of it and wherever it stands.
    identity bytea not null,
    -- As last seen, see the table finding.
    namespace text not null,
    team text not null,
    application text not null,
    control text not null,
    severity int not null,
    waived boolean not null,
    content bytea not null,
    first_seen timestamptz not null,
    -- Null while the newest scoring of its cluster sees it.
    last_seen timestamptz,
    -- Null while it is open.
    resolved_at timestamptz,
    -- Why: plimsoll.findings.v1.FindingResolution; 0 while it is open.
    resolution int not null default 0,
    -- The newest time it came back; null when it never did.
    reopened_at timestamptz,
    reopenings int not null default 0,
    primary key (cluster, identity)
);
create index finding_life_order on finding_life (first_seen desc, cluster, identity);
create index finding_life_resolved on finding_life (resolved_at) where resolved_at is not null;

-- A replica of the version before writes the default.
alter table finding add column identity bytea not null default '';
alter table new_finding add column identity bytea not null default '';

-- When the estate was last judged, as a contribution has it of its cluster.
alter table estate add column as_of timestamptz;

-- What was kept without histories is scored anew and begins one.
update contribution set evidence = '';
