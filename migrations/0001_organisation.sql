-- Agencies, their unit tree, people and posts.
-- Every primary key begins with agency_id, no foreign key crosses agencies:
-- the same schema runs on one server or distributed by agency.

create table agency (
    agency_id uuid primary key,
    name text not null,
    -- a code for URLs and files, ASCII
    code text not null constraint agency_code_unique unique,
    created_at timestamptz not null default now()
);

create table unit (
    agency_id uuid not null references agency (agency_id),
    unit_id uuid not null,
    parent_id uuid,
    -- codes of all ancestors and the unit itself, "/BAN/VP/": a subtree is a prefix, no recursion needed
    path text not null,
    code text not null,
    name text not null,
    ordinal integer not null default 0,
    active boolean not null default true,
    primary key (agency_id, unit_id),
    constraint unit_code_unique unique (agency_id, code),
    constraint unit_parent_exists foreign key (agency_id, parent_id) references unit (agency_id, unit_id)
);
create index unit_path on unit (agency_id, path text_pattern_ops);

create table task_group (
    agency_id uuid not null references agency (agency_id),
    task_group_id uuid not null,
    name text not null,
    primary key (agency_id, task_group_id),
    constraint task_group_name_unique unique (agency_id, name)
);

create table officer (
    agency_id uuid not null references agency (agency_id),
    officer_id uuid not null,
    -- the personnel office's number of the person
    code text not null,
    full_name text not null,
    -- given name first, so that lists sort as Vietnamese expects; collation vi comes with the database
    sort_key text not null,
    task_group_id uuid,
    active boolean not null default true,
    version integer not null default 1,
    primary key (agency_id, officer_id),
    constraint officer_code_unique unique (agency_id, code),
    constraint officer_task_group_exists foreign key (agency_id, task_group_id) references task_group (agency_id, task_group_id)
);

create table post (
    agency_id uuid not null,
    post_id uuid not null,
    officer_id uuid not null,
    unit_id uuid not null,
    kind text not null constraint post_kind_known check (kind in ('head', 'deputy', 'staff')),
    title text not null,
    from_day date not null,
    -- last day held; null while it is held
    until_day date,
    primary key (agency_id, post_id),
    constraint post_days_in_order check (until_day is null or until_day >= from_day),
    constraint post_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id),
    constraint post_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id)
);
create index post_officer on post (agency_id, officer_id);
create index post_unit on post (agency_id, unit_id);

create table holiday (
    agency_id uuid not null references agency (agency_id),
    day date not null,
    name text not null,
    primary key (agency_id, day)
);

-- Text for searching: lower case, no accents, đ as d. Plain SQL, since unaccent is an extension that only a superuser adds.
create function fold(text) returns text
    language sql immutable parallel safe strict
    return lower(translate(regexp_replace(normalize($1, nfd), '[\u0300-\u036f]', '', 'g'), 'Đđ', 'Dd'));
