-- Documents of others: statements of exploitability, applied to every image they speak of.
create table vex_document (
    name varchar(100) primary key,
    -- Who says it, as shown wherever it sets something aside.
    source text not null,
    document bytea not null,
    statements int not null,
    problems text[] not null,
    put timestamptz not null
);

-- Format and tool of the bill of materials an image's packages are known from, and who put it; empty when its layers were read.
alter table image add column bill text not null default '';
