-- What an image was built on, and what of its weaknesses comes from there; written with each match.
create table image_base (
    digest varchar(140) primary key,
    -- Of the image itself, so that it may be known as a base of others: its repository, its layers, when it was made, what it has.
    repository text not null,
    chain varchar(64) not null,
    created timestamptz,
    found text[] not null,
    -- Of its base; an empty key where it says nothing of one.
    base_key varchar(64) not null default '',
    base_repository text not null default '',
    base_name text not null default '',
    base_digest text not null default '',
    base_created timestamptz,
    base_layers int not null default -1,
    base_found text[] not null default '{}',
    base_fixable text[] not null default '{}'
);
create index image_base_key on image_base (base_key);
create index image_base_repository on image_base (repository);
create index image_base_built on image_base (base_repository);
create index image_base_chain on image_base (chain);
