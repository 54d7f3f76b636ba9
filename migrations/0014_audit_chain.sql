-- The audit log says from where and about whom, and is sealed: each second a worker puts the new rows of an agency into an
-- order and chains them by their hashes, so that a row that was altered, removed, added or moved later is found.

drop trigger audit_append_only on audit;

alter table audit add column address text;
-- the officer whose record the act touched, for "who looked at it, who changed it"
alter table audit add column concerns uuid;
update audit set concerns = case
    when subject_kind in ('officer', 'sheet') then subject_id
    when detail->>'officer' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (detail->>'officer')::uuid
end;
create index audit_concerns on audit (agency_id, concerns, audit_id) where concerns is not null;
create index audit_actor on audit (agency_id, officer_id, audit_id) where officer_id is not null;
-- ids are ordered by time, so a span of time is a span of the primary key
drop index audit_at;

-- Place and hash of every sealed row: seq counts 1, 2, 3 … without a hole; hash covers seq, previous and all columns of the row.
create table audit_seal (
    agency_id uuid not null,
    seq bigint not null,
    audit_id uuid not null,
    previous bytea not null,
    hash bytea not null,
    primary key (agency_id, seq),
    constraint audit_seal_once unique (agency_id, audit_id),
    constraint audit_seal_counts check (seq > 0),
    constraint audit_seal_hashes check (length(previous) = 32 and length(hash) = 32)
);

-- The newest seal of an agency: what is printed on forms, and what says that the end of the chain was not cut off.
create table audit_head (
    agency_id uuid primary key,
    seq bigint not null,
    hash bytea not null
);

-- Rows that wait for their seal. A row stands here from the commit that wrote it to the commit that sealed it.
create table audit_waiting (
    agency_id uuid not null,
    audit_id uuid not null,
    primary key (agency_id, audit_id)
);
insert into audit_waiting (agency_id, audit_id) select agency_id, audit_id from audit;

-- With the owner's rights: who writes the log need not be able to write the queue.
create function audit_wait() returns trigger language plpgsql security definer set search_path from current as $$
begin
    insert into audit_waiting (agency_id, audit_id) values (new.agency_id, new.audit_id);
    return null;
end $$;
create trigger audit_waits after insert on audit for each row execute function audit_wait();

-- The server's role has no right to any of this (see grants.sql); these refuse everybody else, the owner too.
create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception '% is only ever added to', tg_table_name;
end $$;
create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function refuse_audit_change();
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
    for each statement execute function refuse_audit_change();
create trigger audit_head_kept before delete or truncate on audit_head
    for each statement execute function refuse_audit_change();

create function refuse_audit_head_back() returns trigger language plpgsql as $$
begin
    if new.agency_id <> old.agency_id or new.seq <= old.seq then
        raise exception 'audit_head only goes forward';
    end if;
    return new;
end $$;
create trigger audit_head_forward before update on audit_head
    for each row execute function refuse_audit_head_back();

-- Who looked at whose record last, so that a view is written once an hour a pair at most.
create table record_view (
    agency_id uuid not null,
    officer_id uuid not null,
    account_id uuid not null,
    at timestamptz not null,
    primary key (agency_id, officer_id, account_id)
);
