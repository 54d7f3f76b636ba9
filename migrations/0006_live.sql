-- What changed, from a commit to every open screen, and who did what.

create sequence change_batch;

-- One row a write, appended in its transaction. The additive columns are the delta of unit_month.
create table change (
    agency_id uuid not null,
    change_id bigint generated always as identity,
    period date not null,
    unit_id uuid not null,
    officer_id uuid not null,
    kind text not null,
    people integer not null default 0,
    scored integer not null default 0,
    assignments integer not null default 0,
    assigned numeric(20, 6) not null default 0,
    volume numeric(20, 6) not null default 0,
    quality numeric(20, 6) not null default 0,
    progress numeric(20, 6) not null default 0,
    score_sum numeric(14, 2) not null default 0,
    excellent integer not null default 0,
    good integer not null default 0,
    completed integer not null default 0,
    not_completed integer not null default 0,
    waiting integer not null default 0,
    confirmed integer not null default 0,
    -- set by the merging worker in the transaction that adds the delta: each row is merged exactly once,
    -- whatever the order in which transactions commit
    batch bigint,
    at timestamptz not null default now(),
    primary key (agency_id, change_id)
);
create index change_waiting on change (change_id) where batch is null;
create index change_batch_order on change (batch);

create table notification (
    agency_id uuid not null,
    notification_id uuid not null,
    officer_id uuid not null,
    text text not null,
    link text not null,
    at timestamptz not null default now(),
    read_at timestamptz,
    primary key (agency_id, notification_id)
);
create index notification_officer on notification (agency_id, officer_id, at desc);

-- Append-only: who did what. Values of scores and passwords never appear here, only what was touched and why.
create table audit (
    agency_id uuid not null,
    audit_id uuid not null,
    at timestamptz not null default now(),
    account_id uuid,
    officer_id uuid,
    action text not null,
    subject_kind text not null,
    subject_id uuid,
    detail jsonb not null default '{}',
    primary key (agency_id, audit_id)
);
create index audit_at on audit (agency_id, at desc);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit rows are never changed';
end $$;
create trigger audit_append_only before update or delete on audit
    for each row execute function refuse_audit_change();
