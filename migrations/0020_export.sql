-- Results for the national database of officers (điểm d khoản 1 Điều 26): every file that was made, with what was in it, and
-- when it was sent. Never changed; marked as sent once.

create table result_export (
    agency_id uuid not null references agency (agency_id),
    export_id uuid not null,
    -- "2026-11" for a month, "2026" for a year
    subject text not null constraint result_export_subject_known check (subject ~ '^[0-9]{4}(-[0-9]{2})?$'),
    format text not null constraint result_export_format_known check (format in ('csv', 'json')),
    people integer not null constraint result_export_has_people check (people > 0),
    content text not null,
    -- SHA-256 of the content in UTF-8
    hash bytea not null constraint result_export_hash check (hash = sha256(convert_to(content, 'UTF8'))),
    -- accounts
    made_by uuid not null,
    made_at timestamptz not null default now(),
    sent_number text,
    sent_on date,
    sent_by uuid,
    sent_at timestamptz,
    primary key (agency_id, export_id),
    -- the same results make the same file: a retry finds it
    constraint result_export_once unique (agency_id, subject, format, hash),
    constraint result_export_sent_together check (num_nulls(sent_number, sent_on, sent_by, sent_at) in (0, 4)),
    constraint result_export_sent_with_a_number check (sent_number <> '')
);
create index result_export_newest on result_export (agency_id, made_at desc);

create function refuse_result_export_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.sent_at is not null
        or to_jsonb(new) - '{sent_number,sent_on,sent_by,sent_at}'::text[]
            <> to_jsonb(old) - '{sent_number,sent_on,sent_by,sent_at}'::text[] then
        raise exception 'an export is marked as sent once, never changed';
    end if;
    return new;
end $$;
create trigger result_export_append_only before update or delete on result_export
    for each row execute function refuse_result_export_change();
