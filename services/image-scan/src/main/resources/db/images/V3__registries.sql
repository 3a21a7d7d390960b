-- What registries say of an image beside giving it: whether it is settled who may pull and push, their own scanner's last report, and the policy by
-- which they give out nothing with a critical weakness.
alter table image_reference
    add column governed varchar(4) not null default 'open',
    add column governed_how text not null default 'who may pull and push was not asked yet',
    add column registry_scanned timestamptz,
    add column registry_scanner text not null default '',
    add column registry_criticals int not null default 0,
    add column blocking text not null default '';
