-- Prints: every paper that left the product, with the code that leads back from it to its record; and the queue of
-- jobs that print many people at once.

create table print_record (
    agency_id uuid not null references agency (agency_id),
    -- ten characters of Crockford's base 32, "7K3M92XQ4T"; it is printed with a dash in the middle
    code text not null constraint print_record_code_readable check (code ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
    kind text not null constraint print_record_kind_known check (
        kind in ('sheet', 'trace', 'unit', 'year_sheet', 'minutes', 'notice')),
    -- the record, as far as the kind has them
    officer_id uuid,
    unit_id uuid,
    period date constraint print_record_is_first_day check (extract(day from period) = 1),
    year integer constraint print_record_year_in_range check (year between 2000 and 2999),
    record_id uuid,
    -- SHA-256 of what was printed, without code and time: it tells whether the record says the same today
    content_hash bytea not null constraint print_record_content_is_hashed check (length(content_hash) = 32),
    format text not null constraint print_record_format_known check (format in ('pdf', 'docx', 'xlsx')),
    -- SHA-256 of the file, which holds several papers where they were printed together
    file_hash bytea not null constraint print_record_file_is_hashed check (length(file_hash) = 32),
    job_id uuid,
    account_id uuid not null,
    printed_by text not null,
    printed_at timestamptz not null default now(),
    primary key (agency_id, code),
    constraint print_record_has_a_subject check (
        case kind
            when 'sheet' then officer_id is not null and period is not null
            when 'trace' then officer_id is not null and period is not null
            when 'unit' then unit_id is not null and period is not null
            when 'year_sheet' then officer_id is not null and year is not null
            else record_id is not null end)
);
create index print_record_officer on print_record (agency_id, officer_id, printed_at desc);

create function refuse_print_change() returns trigger language plpgsql as $$
begin
    raise exception 'what was printed stays on record';
end $$;
create trigger print_record_append_only before update or delete on print_record
    for each row execute function refuse_print_change();

create table report_job (
    agency_id uuid not null references agency (agency_id),
    job_id uuid not null,
    kind text not null constraint report_job_kind_known check (kind in ('sheets', 'year_sheets')),
    period date constraint report_job_is_first_day check (extract(day from period) = 1),
    year integer constraint report_job_year_in_range check (year between 2000 and 2999),
    -- one PDF of all, or one PDF a person in an archive
    pack text not null constraint report_job_pack_known check (pack in ('pdf', 'zip')),
    status text not null default 'waiting' constraint report_job_status_known check (
        status in ('waiting', 'running', 'done', 'failed', 'cancelled', 'removed')),
    total integer not null default 0 constraint report_job_total_positive check (total >= 0),
    done integer not null default 0,
    account_id uuid not null,
    asked_by text not null,
    asked_at timestamptz not null default now(),
    -- how often it was begun: a server that is killed leaves it running without a sign of life
    attempts integer not null default 0,
    alive_at timestamptz,
    finished_at timestamptz,
    -- number of the failure in the log
    error text,
    size bigint not null default 0,
    primary key (agency_id, job_id),
    constraint report_job_of_a_month_or_a_year check ((period is null) <> (year is null) and (kind = 'sheets') = (year is null)),
    constraint report_job_done_in_range check (done between 0 and total),
    constraint report_job_finished check ((finished_at is null) = (status in ('waiting', 'running'))),
    constraint report_job_failed_with_a_number check ((status = 'failed') = (error is not null)),
    constraint report_job_alive_while_running check (status <> 'running' or alive_at is not null)
);
create index report_job_open on report_job (asked_at) where status in ('waiting', 'running');
create index report_job_agency on report_job (agency_id, asked_at desc);

create table report_chunk (
    agency_id uuid not null,
    job_id uuid not null,
    ordinal integer not null,
    content bytea not null,
    primary key (agency_id, job_id, ordinal),
    constraint report_chunk_of_a_job foreign key (agency_id, job_id) references report_job (agency_id, job_id) on delete cascade
);
