-- Versioned catalogues of products and their coefficients (Điều 13 NĐ 335/2025/NĐ-CP).

create table catalogue (
    agency_id uuid not null references agency (agency_id),
    catalogue_id uuid not null,
    version_number integer not null,
    name text not null,
    status text not null constraint catalogue_status_known check (status in ('draft', 'approved', 'superseded')),
    -- number of the decision that issued it
    decision text,
    -- points of the standard product (coefficient 1)
    standard_points numeric(12, 4),
    standard_product_id uuid,
    effective_from date,
    -- SHA-256 of the imported content: the same content twice changes nothing
    digest text,
    created_by uuid,
    created_at timestamptz not null default now(),
    approved_by uuid,
    approved_at timestamptz,
    primary key (agency_id, catalogue_id),
    constraint catalogue_version_unique unique (agency_id, version_number)
);
create unique index catalogue_one_approved on catalogue (agency_id) where status = 'approved';

create table product_group (
    agency_id uuid not null,
    catalogue_id uuid not null,
    code text not null,
    min_points numeric(12, 4),
    max_points numeric(12, 4),
    ordinal integer not null,
    primary key (agency_id, catalogue_id, code),
    constraint product_group_catalogue_exists foreign key (agency_id, catalogue_id) references catalogue (agency_id, catalogue_id)
);

create table product (
    agency_id uuid not null,
    catalogue_id uuid not null,
    product_id uuid not null,
    code text not null,
    task text not null,
    detail text not null default '',
    output text not null default '',
    group_code text,
    points numeric(12, 4) not null,
    coefficient numeric(12, 6) not null constraint product_coefficient_positive check (coefficient > 0),
    unit_of_measure text,
    -- name of the unit that uses it, when the catalogue restricts it to one
    unit_name text,
    note text,
    ordinal integer not null,
    primary key (agency_id, catalogue_id, product_id),
    constraint product_code_unique unique (agency_id, catalogue_id, code),
    constraint product_catalogue_exists foreign key (agency_id, catalogue_id) references catalogue (agency_id, catalogue_id)
);

-- What an import understood of an uploaded file, until it is applied or a day has passed: nothing else is changed by an upload.
create table import_preview (
    agency_id uuid not null references agency (agency_id),
    preview_id uuid not null,
    kind text not null constraint import_preview_kind_known check (kind in ('catalogue', 'people')),
    file_name text not null,
    -- what was read; null when the file was refused
    content jsonb,
    -- why the file was refused; null when it was read
    refusal jsonb,
    digest text not null,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    primary key (agency_id, preview_id),
    constraint import_preview_read_or_refused check ((content is null) <> (refusal is null))
);
create index import_preview_age on import_preview (agency_id, created_at);
