-- Meetings that go through a unit's people or an agency's units (Điều 17, 21 NĐ 335/2025/NĐ-CP), run from several
-- devices: who presents what, who took part, what was said, and the minutes.

create table meeting (
    agency_id uuid not null references agency (agency_id),
    meeting_id uuid not null,
    kind text not null constraint meeting_kind_known check (kind in ('month_unit', 'compare_units', 'year')),
    unit_id uuid not null,
    -- first day of the month; null for a year
    period date constraint meeting_is_first_day check (extract(day from period) = 1),
    year integer not null constraint meeting_year_in_range check (year between 2000 and 2999),
    title text not null,
    -- an account, as everywhere below where nothing else is said
    opened_by uuid not null,
    started_at timestamptz not null default now(),
    ended_by uuid,
    ended_at timestamptz,
    -- who presents; null after a release. A sign of life keeps others from taking over
    presenter uuid,
    presenter_name text not null default '',
    presenter_seen timestamptz,
    -- the officer or unit that is presented
    subject uuid,
    -- counts every act of the presenter: a device that saw fewer is stale
    step integer not null default 0,
    names_hidden boolean not null default false,
    frozen_at timestamptz,
    -- app::meeting::wire::Figures as they stood then
    frozen jsonb,
    primary key (agency_id, meeting_id),
    constraint meeting_frozen_whole check ((frozen_at is null) = (frozen is null)),
    constraint meeting_ended_whole check ((ended_at is null) = (ended_by is null)),
    constraint meeting_month_or_year check ((kind = 'month_unit') <= (period is not null) and (kind = 'year') <= (period is null)),
    constraint meeting_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id)
);
-- One meeting of a kind at a time about the same.
create unique index meeting_runs_once on meeting (agency_id, unit_id, kind, year, coalesce(period, '0001-01-01'))
    where ended_at is null;
create index meeting_started on meeting (agency_id, started_at desc);

create table meeting_member (
    agency_id uuid not null,
    meeting_id uuid not null,
    account_id uuid not null,
    officer_id uuid,
    name text not null,
    joined_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    primary key (agency_id, meeting_id, account_id),
    constraint meeting_member_meeting_exists foreign key (agency_id, meeting_id) references meeting (agency_id, meeting_id)
);

-- What was said. The device gives the id, so that what it sends again counts once; rows are never changed.
create table meeting_entry (
    agency_id uuid not null,
    entry_id uuid not null,
    meeting_id uuid not null,
    kind text not null constraint meeting_entry_kind_known check (kind in ('remark', 'conclusion', 'task', 'opinion')),
    -- the officer or unit it is about; null for the whole meeting
    subject uuid,
    text text not null constraint meeting_entry_has_a_text check (text <> ''),
    account_id uuid not null,
    name text not null,
    written_at timestamptz not null,
    received_at timestamptz not null default now(),
    primary key (agency_id, entry_id),
    constraint meeting_entry_meeting_exists foreign key (agency_id, meeting_id) references meeting (agency_id, meeting_id)
);
create index meeting_entry_meeting on meeting_entry (agency_id, meeting_id, written_at);

create function refuse_meeting_entry_change() returns trigger language plpgsql as $$
begin
    raise exception 'entries of a meeting are never changed';
end $$;
create trigger meeting_entry_append_only before update or delete on meeting_entry
    for each row execute function refuse_meeting_entry_change();

create table minutes (
    agency_id uuid not null,
    minutes_id uuid not null,
    meeting_id uuid not null,
    unit_id uuid not null,
    year integer not null,
    period date,
    -- app::meeting::wire::Minutes
    content jsonb not null,
    version integer not null default 1,
    -- when the meeting was closed, and the signature of its chair; null until he signed
    closed_at timestamptz not null,
    signature_id uuid,
    primary key (agency_id, minutes_id),
    constraint minutes_once unique (agency_id, meeting_id),
    constraint minutes_meeting_exists foreign key (agency_id, meeting_id) references meeting (agency_id, meeting_id)
);
create index minutes_unit on minutes (agency_id, unit_id, year);

create function refuse_minutes_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.signature_id is not null
        or (new.minutes_id, new.meeting_id, new.unit_id, new.year, new.period, new.closed_at)
            is distinct from (old.minutes_id, old.meeting_id, old.unit_id, old.year, old.period, old.closed_at) then
        raise exception 'minutes are kept, and signed ones never change';
    end if;
    return new;
end $$;
create trigger minutes_fixed_once_signed before update or delete on minutes
    for each row execute function refuse_minutes_change();
