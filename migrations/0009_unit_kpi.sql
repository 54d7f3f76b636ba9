-- The KPI of a unit and year (Điều 6–8 NĐ 335/2025/NĐ-CP): indicators of its function with their monthly figures, points of the
-- common criteria, facts that decide, and the level that was recognised.

create table indicator (
    agency_id uuid not null references agency (agency_id),
    indicator_id uuid not null,
    unit_id uuid not null,
    year integer not null constraint indicator_year_in_range check (year between 2000 and 2999),
    -- name of the group of functions it belongs to
    function text not null,
    name text not null,
    unit_of_measure text not null,
    direction text not null constraint indicator_direction_known check (direction in ('higher', 'lower')),
    -- true: the figure grows over the year towards the target; false: a rate or a mean, held against the whole target at any time
    accumulates boolean not null,
    target numeric(20, 4) not null constraint indicator_target_in_range check (target > 0 and target <= 1000000000000),
    weight numeric(7, 4) not null constraint indicator_weight_in_range check (weight between 0 and 100),
    owner_id uuid not null,
    ordinal integer not null,
    version integer not null default 1,
    -- only while it has no figures
    removed_at timestamptz,
    primary key (agency_id, indicator_id),
    constraint indicator_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id),
    constraint indicator_owner_exists foreign key (agency_id, owner_id) references officer (agency_id, officer_id)
);
create unique index indicator_name_once on indicator (agency_id, unit_id, year, lower(name)) where removed_at is null;
create index indicator_owner on indicator (agency_id, owner_id, year) where removed_at is null;

-- A row a report: a correction is the next version of its month, the last one counts, none is changed.
create table indicator_actual (
    agency_id uuid not null,
    indicator_id uuid not null,
    -- first day of the month
    period date not null constraint indicator_actual_is_first_day check (extract(day from period) = 1),
    version integer not null,
    -- figure of the year up to the cut-off day
    actual numeric(20, 4) not null constraint indicator_actual_in_range check (actual >= 0 and actual <= 1000000000000),
    source text not null,
    cut_off date not null,
    evidence text not null default '',
    -- why the version before was wrong; empty for the first
    reason text not null default '',
    reported_by uuid not null,
    at timestamptz not null default now(),
    primary key (agency_id, indicator_id, period, version),
    constraint indicator_actual_cut_off_in_month check (cut_off >= period and cut_off < period + interval '1 month'),
    constraint indicator_actual_indicator_exists foreign key (agency_id, indicator_id) references indicator (agency_id, indicator_id)
);

-- Points of one group of the common criteria.
create table unit_basic (
    agency_id uuid not null,
    unit_id uuid not null,
    year integer not null,
    criterion text not null,
    max numeric(7, 4) not null constraint unit_basic_max_in_range check (max between 0 and 100),
    points numeric(7, 4) not null,
    reason text not null,
    primary key (agency_id, unit_id, year, criterion),
    constraint unit_basic_points_in_range check (points between 0 and max),
    constraint unit_basic_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id)
);

-- What the authority knows and decides about a unit's year; its row is the lock of the year's writes.
create table unit_year (
    agency_id uuid not null,
    unit_id uuid not null,
    year integer not null,
    shortcomings_fixed boolean not null default true,
    shortcomings_note text not null default '',
    wrongdoing boolean not null default false,
    wrongdoing_document text not null default '',
    force_majeure boolean not null default false,
    force_majeure_document text not null default '',
    -- the level that was recognised; null until then
    level text constraint unit_year_level_known check (level in ('not_completed', 'completed', 'good', 'excellent')),
    -- whether the law left the level open, so that the authority decided it
    decided boolean not null default false,
    reason text not null default '',
    -- score, rule set and input as they were recognised, so that the score can be computed again
    total numeric(5, 2),
    rule_set text,
    input jsonb,
    decided_by uuid,
    decided_at timestamptz,
    version integer not null default 1,
    primary key (agency_id, unit_id, year),
    constraint unit_year_wrongdoing_documented check (not wrongdoing or wrongdoing_document <> ''),
    constraint unit_year_force_majeure_documented check (not force_majeure or force_majeure_document <> ''),
    constraint unit_year_decision_complete check (
        level is null or (total is not null and rule_set is not null and input is not null and decided_at is not null)),
    constraint unit_year_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id)
);
