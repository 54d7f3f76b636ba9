-- The work of a month: assignments, progress, deliverables, their rounds, causes and evidence.
-- period is the first day of the month; the big tables are partitioned by it, a partition a year.

create table period (
    agency_id uuid not null references agency (agency_id),
    period date not null,
    status text not null default 'open' constraint period_status_known check (status in ('open', 'closed')),
    primary key (agency_id, period),
    constraint period_is_first_day check (extract(day from period) = 1)
);

create table assignment (
    agency_id uuid not null,
    period date not null,
    assignment_id uuid not null,
    officer_id uuid not null,
    -- where the officer held a post when it was assigned
    unit_id uuid not null,
    product_id uuid not null,
    -- snapshot of the product: a later catalogue never changes a month
    product_code text not null,
    product_name text not null,
    coefficient numeric(12, 6) not null constraint assignment_coefficient_positive check (coefficient > 0),
    kind text not null constraint assignment_kind_known check (kind in ('plan', 'ad_hoc', 'taken_over')),
    quantity numeric(12, 4) not null constraint assignment_quantity_in_range check (quantity > 0 and quantity <= 1000000),
    handed_over numeric(12, 4) not null default 0,
    -- the giver's assignment, when kind is taken_over
    taken_from uuid,
    due_day date not null,
    expected_output text not null default '',
    -- what the officer reports as done so far; deliverables are counted apart
    quantity_done numeric(12, 4) not null default 0,
    -- day of the work last reported, as the officer gives it
    work_day date,
    status text not null default 'active' constraint assignment_status_known check (status in ('active', 'cancelled')),
    cancel_reason text,
    assigned_by uuid not null,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (agency_id, period, assignment_id),
    constraint assignment_handed_over_in_range check (handed_over >= 0 and handed_over <= quantity),
    constraint assignment_done_in_range check (quantity_done >= 0 and quantity_done <= quantity - handed_over)
) partition by range (period);
create index assignment_officer on assignment (agency_id, period, officer_id);
create index assignment_unit on assignment (agency_id, period, unit_id);

create table progress_report (
    agency_id uuid not null,
    period date not null,
    report_id uuid not null,
    assignment_id uuid not null,
    quantity_done numeric(12, 4) not null,
    note text not null default '',
    work_day date not null,
    reported_by uuid not null,
    at timestamptz not null default now(),
    primary key (agency_id, period, report_id)
) partition by range (period);
create index progress_report_assignment on progress_report (agency_id, period, assignment_id);

create table deliverable (
    agency_id uuid not null,
    period date not null,
    deliverable_id uuid not null,
    assignment_id uuid not null,
    officer_id uuid not null,
    unit_id uuid not null,
    quantity numeric(12, 4) not null constraint deliverable_quantity_positive check (quantity > 0),
    status text not null constraint deliverable_status_known check (status in ('delivered', 'returned', 'accepted', 'withdrawn')),
    -- the due day in force: the assignment's, or the one set with the last return
    due_day date not null,
    -- counted from the rounds: returns for major errors, missed due days
    failed_reviews integer not null default 0,
    delays integer not null default 0,
    excused_failed_reviews integer not null default 0,
    excused_delays integer not null default 0,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    primary key (agency_id, period, deliverable_id),
    constraint deliverable_counts_in_range check (
        failed_reviews >= 0 and delays >= 0
        and excused_failed_reviews between 0 and failed_reviews
        and excused_delays between 0 and delays)
) partition by range (period);
create index deliverable_assignment on deliverable (agency_id, period, assignment_id);
create index deliverable_officer on deliverable (agency_id, period, officer_id);
create index deliverable_waiting on deliverable (agency_id, period, unit_id) where status = 'delivered';

-- One row a round: what was delivered when, and what the head decided.
create table delivery (
    agency_id uuid not null,
    period date not null,
    delivery_id uuid not null,
    deliverable_id uuid not null,
    round integer not null,
    -- the day of the work as the officer gives it, and as the head confirms it
    work_day date not null,
    confirmed_day date,
    due_day date not null,
    note text not null default '',
    decision text constraint delivery_decision_known check (decision in ('accept', 'return_major', 'return_minor')),
    reason text not null default '',
    decided_by uuid,
    decided_at timestamptz,
    at timestamptz not null default now(),
    primary key (agency_id, period, delivery_id),
    constraint delivery_round_once unique (agency_id, period, deliverable_id, round)
) partition by range (period);

-- An objective cause (điểm b, c khoản 2 Điều 14): asked for by the officer, confirmed or refused by the head.
create table cause (
    agency_id uuid not null,
    period date not null,
    cause_id uuid not null,
    deliverable_id uuid not null,
    officer_id uuid not null,
    concerns text not null constraint cause_concerns_known check (concerns in ('delay', 'failed_review')),
    occurrences integer not null constraint cause_occurrences_in_range check (occurrences between 1 and 1000),
    reason text not null,
    evidence text not null default '',
    status text not null default 'requested' constraint cause_status_known check (status in ('requested', 'confirmed', 'refused')),
    decision_reason text not null default '',
    decided_by uuid,
    decided_at timestamptz,
    requested_at timestamptz not null default now(),
    primary key (agency_id, period, cause_id)
) partition by range (period);
create index cause_officer on cause (agency_id, period, officer_id);

create table evidence (
    agency_id uuid not null,
    period date not null,
    evidence_id uuid not null,
    assignment_id uuid not null,
    officer_id uuid not null,
    kind text not null constraint evidence_kind_known check (kind in ('document', 'link', 'file')),
    -- the document's number, the link, or the file's name
    label text not null,
    media_type text,
    -- at most 10 MB; kept as a plain column, so that a dump or a standby has it too
    content bytea,
    size integer not null default 0,
    added_by uuid not null,
    at timestamptz not null default now(),
    primary key (agency_id, period, evidence_id)
) partition by range (period);
create index evidence_assignment on evidence (agency_id, period, assignment_id);

do $$
declare
    t text;
    y integer;
begin
    foreach t in array array['assignment', 'progress_report', 'deliverable', 'delivery', 'cause', 'evidence'] loop
        for y in 2024..2040 loop
            execute format('create table %I partition of %I for values from (%L) to (%L)',
                t || '_' || y, t, make_date(y, 1, 1), make_date(y + 1, 1, 1));
        end loop;
        execute format('create table %I partition of %I default', t || '_other', t);
    end loop;
end $$;

-- A save carries a key, so that a retry counts once.
create table idempotency (
    agency_id uuid not null references agency (agency_id),
    key uuid not null,
    account_id uuid not null,
    at timestamptz not null default now(),
    primary key (agency_id, key)
);
create index idempotency_at on idempotency (at);
