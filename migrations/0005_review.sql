-- The period sheet (Mẫu số 01) and the figures that follow from the work.

create table sheet (
    agency_id uuid not null,
    period date not null,
    officer_id uuid not null,
    unit_id uuid not null,
    role text not null constraint sheet_role_known check (role in ('staff', 'head', 'deputy')),
    status text not null default 'draft' constraint sheet_status_known check (status in ('draft', 'self_assessed', 'confirmed', 'locked')),
    rule_set text not null,
    strengths text not null default '',
    shortcomings text not null default '',
    -- the head's remark (Mẫu số 01, II.6)
    remark text not null default '',
    -- đ and e of a leader, 100 or 50, each with its reason (khoản 3 Điều 15)
    organising integer,
    organising_reason text not null default '',
    unity integer,
    unity_reason text not null default '',
    self_total numeric(5, 2),
    submitted_at timestamptz,
    confirmed_total numeric(5, 2),
    confirmed_level text,
    confirmed_by uuid,
    confirmed_at timestamptz,
    locked_at timestamptz,
    -- input and trace as they were confirmed, so that the sheet can be replayed
    confirmed_input jsonb,
    confirmed_trace jsonb,
    version integer not null default 1,
    primary key (agency_id, period, officer_id)
) partition by range (period);

create table sheet_criterion (
    agency_id uuid not null,
    period date not null,
    officer_id uuid not null,
    criterion text not null,
    self_points numeric(5, 2),
    confirmed_points numeric(5, 2),
    -- why the head's figure differs
    reason text not null default '',
    primary key (agency_id, period, officer_id, criterion),
    constraint sheet_criterion_points_in_range check (
        (self_points is null or self_points between 0 and 30)
        and (confirmed_points is null or confirmed_points between 0 and 30))
) partition by range (period);

-- Current figures of one person and month, recomputed in the transaction that changed their cause.
create table person_month (
    agency_id uuid not null,
    period date not null,
    officer_id uuid not null,
    unit_id uuid not null,
    assignments integer not null default 0,
    assigned numeric(20, 6) not null default 0,
    volume numeric(20, 6) not null default 0,
    quality numeric(20, 6) not null default 0,
    progress numeric(20, 6) not null default 0,
    accepted numeric(20, 6) not null default 0,
    common numeric(5, 2) not null default 0,
    -- null while the data do not suffice for a score
    score numeric(5, 2),
    level text,
    waiting integer not null default 0,
    sheet_status text not null default 'draft',
    computed_at timestamptz not null default now(),
    primary key (agency_id, period, officer_id)
) partition by range (period);
create index person_month_unit on person_month (agency_id, period, unit_id);

do $$
declare
    t text;
    y integer;
begin
    foreach t in array array['sheet', 'sheet_criterion', 'person_month'] loop
        for y in 2024..2040 loop
            execute format('create table %I partition of %I for values from (%L) to (%L)',
                t || '_' || y, t, make_date(y, 1, 1), make_date(y + 1, 1, 1));
        end loop;
        execute format('create table %I partition of %I default', t || '_other', t);
    end loop;
end $$;

-- Sums and counters of a unit's own people in a month; written by the merging worker alone.
create table unit_month (
    agency_id uuid not null,
    period date not null,
    unit_id uuid not null,
    people integer not null default 0,
    scored integer not null default 0,
    assignments integer not null default 0,
    assigned numeric(24, 6) not null default 0,
    volume numeric(24, 6) not null default 0,
    quality numeric(24, 6) not null default 0,
    progress numeric(24, 6) not null default 0,
    score_sum numeric(14, 2) not null default 0,
    excellent integer not null default 0,
    good integer not null default 0,
    completed integer not null default 0,
    not_completed integer not null default 0,
    waiting integer not null default 0,
    confirmed integer not null default 0,
    primary key (agency_id, period, unit_id)
);
