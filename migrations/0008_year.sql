-- A person's year (Điều 10, 11, 17, 19, 20 NĐ 335/2025/NĐ-CP): what shortens it, what comes from elsewhere, what blocks
-- it, and what the authority decided. Nothing here is overwritten: a row is withdrawn or replaced, with the reason.

-- How a post is held: in a place of one's own, lent by another unit, or on probation (followed, not rated).
alter table post add column arrangement text not null default 'regular'
    constraint post_arrangement_known check (arrangement in ('regular', 'secondment', 'probation'));

-- kpi::rating::Absence
create table absence (
    agency_id uuid not null,
    absence_id uuid not null,
    officer_id uuid not null,
    kind text not null constraint absence_kind_known check (kind in ('sick_leave', 'maternity_leave', 'unpaid_leave', 'other')),
    from_day date not null,
    until_day date not null,
    document text not null constraint absence_has_a_document check (document <> ''),
    -- accounts, as everywhere below where nothing else is said
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    withdraw_reason text,
    primary key (agency_id, absence_id),
    constraint absence_days_in_order check (until_day >= from_day),
    constraint absence_withdrawn_with_a_reason check ((withdrawn_at is null) = (withdraw_reason is null)),
    constraint absence_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id)
);
create index absence_officer on absence (agency_id, officer_id);
create index absence_days on absence (agency_id, until_day, from_day);

-- A month that another organisation scored (khoản 1 Điều 19): read-only, replaced only by a later row.
create table outside_month (
    agency_id uuid not null,
    outside_id uuid not null,
    officer_id uuid not null,
    period date not null,
    score numeric(5, 2) not null constraint outside_month_score_in_range check (score between 0 and 100),
    -- the organisation that scored it
    origin text not null constraint outside_month_has_an_origin check (origin <> ''),
    document text not null constraint outside_month_has_a_document check (document <> ''),
    -- SHA-256 of what was entered
    digest text not null,
    -- why it replaces an earlier row; empty for a first one
    reason text not null default '',
    entered_by uuid not null,
    entered_at timestamptz not null default now(),
    superseded_by uuid,
    primary key (agency_id, outside_id),
    constraint outside_month_is_first_day check (extract(day from period) = 1),
    constraint outside_month_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id)
);
create unique index outside_month_once on outside_month (agency_id, officer_id, period) where superseded_by is null;
create index outside_month_period on outside_month (agency_id, period) where superseded_by is null;

create function refuse_outside_month_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.superseded_by is not null
        or (new.officer_id, new.period, new.score, new.origin, new.document, new.digest, new.reason, new.entered_by, new.entered_at)
            is distinct from (old.officer_id, old.period, old.score, old.origin, old.document, old.digest, old.reason, old.entered_by, old.entered_at) then
        raise exception 'months from elsewhere are replaced, never changed';
    end if;
    return new;
end $$;
create trigger outside_month_read_only before update or delete on outside_month
    for each row execute function refuse_outside_month_change();

-- kpi::rating::Blocker, in the one year in which its act counts (khoản 3 Điều 11).
create table year_blocker (
    agency_id uuid not null,
    blocker_id uuid not null,
    officer_id uuid not null,
    year integer not null constraint year_blocker_year_in_range check (year between 2000 and 2999),
    kind text not null constraint year_blocker_kind_known check (kind in ('degradation', 'discipline', 'unit_corruption')),
    -- what was done: the same act counts once, whatever decisions follow it
    act text not null constraint year_blocker_has_an_act check (act <> ''),
    document text not null constraint year_blocker_has_a_document check (document <> ''),
    decided_on date not null,
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    withdraw_reason text,
    primary key (agency_id, blocker_id),
    constraint year_blocker_withdrawn_with_a_reason check ((withdrawn_at is null) = (withdraw_reason is null)),
    constraint year_blocker_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id)
);
create unique index year_blocker_act_once on year_blocker (agency_id, officer_id, fold(act)) where withdrawn_at is null;
create index year_blocker_year on year_blocker (agency_id, year) where withdrawn_at is null;

-- A decision to use more than the ordinary share of "xuất sắc" (điểm b khoản 5 Điều 20).
create table year_quota (
    agency_id uuid not null references agency (agency_id),
    quota_id uuid not null,
    year integer not null constraint year_quota_year_in_range check (year between 2000 and 2999),
    ratio numeric(5, 4) not null constraint year_quota_ratio_in_range check (ratio between 0 and 1),
    document text not null constraint year_quota_has_a_document check (document <> ''),
    decided_on date not null,
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    superseded_by uuid,
    primary key (agency_id, quota_id)
);
create unique index year_quota_once on year_quota (agency_id, year) where superseded_by is null;

-- Whom the authority keeps at "xuất sắc" while more stand for it than may be (khoản 5 Điều 20).
create table year_choice (
    agency_id uuid not null,
    choice_id uuid not null,
    year integer not null constraint year_choice_year_in_range check (year between 2000 and 2999),
    officer_id uuid not null,
    chosen text not null constraint year_choice_known check (chosen in ('excellent', 'good')),
    reason text not null constraint year_choice_has_a_reason check (reason <> ''),
    -- the officer who decided, and his account
    decided_by uuid not null,
    account_id uuid not null,
    decided_at timestamptz not null default now(),
    undone_by uuid,
    undone_at timestamptz,
    undo_reason text,
    version integer not null default 1,
    primary key (agency_id, choice_id),
    constraint year_choice_undone_with_a_reason check ((undone_at is null) = (undo_reason is null)),
    constraint year_choice_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id)
);
create unique index year_choice_once on year_choice (agency_id, year, officer_id) where undone_at is null;
