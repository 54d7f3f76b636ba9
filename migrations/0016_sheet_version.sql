-- The signed life of a period sheet: every conclusion is a version of its own, kept for good. A sheet shows the newest.
-- kpi::review::SHEET_TRANSITIONS is the table of steps that the trigger below repeats.

alter table sheet drop constraint sheet_status_known;
alter table sheet add constraint sheet_status_known
    check (status in ('draft', 'self_assessed', 'confirmed', 'announced', 'locked'));
-- A sheet that nobody concluded shows no conclusion; one that was concluded names who did it and when.
alter table sheet add constraint sheet_concluded_by_somebody check (
    case when status in ('confirmed', 'announced', 'locked') then confirmed_by is not null and confirmed_at is not null
         else confirmed_by is null and confirmed_at is null and confirmed_total is null and confirmed_level is null
             and confirmed_input is null and confirmed_trace is null end);

create table sheet_version (
    agency_id uuid not null,
    period date not null,
    officer_id uuid not null,
    version_no integer not null constraint sheet_version_from_one check (version_no >= 1),
    -- kpi::scoring::PeriodInput and its trace under the rule set, so that the version can be replayed
    rule_set text not null,
    input jsonb,
    trace jsonb,
    -- null while the data did not suffice for a score
    total numeric(5, 2),
    level text,
    -- points and reasons by criterion: [{"criterion": …, "points": …, "reason": …}]
    criteria jsonb not null,
    remark text not null default '',
    organising integer,
    organising_reason text not null default '',
    unity integer,
    unity_reason text not null default '',
    -- the officer who prepared it, where that was not the one who signed
    prepared_by uuid,
    signed_by uuid not null,
    signed_at timestamptz not null default now(),
    -- null for what was confirmed before there were signatures
    signature_id uuid,
    -- the version that this one replaces, and why
    supersedes integer,
    reason text not null default '',
    -- the signature was withdrawn before the month was announced
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    withdraw_reason text,
    primary key (agency_id, period, officer_id, version_no),
    constraint sheet_version_is_scored check ((input is null) = (trace is null)),
    constraint sheet_version_supersedes_an_older_one check (supersedes < version_no),
    constraint sheet_version_withdrawn_with_a_reason check (
        (withdrawn_at is null) = (withdrawn_by is null)
        and (withdrawn_at is null) = (withdraw_reason is null) and withdraw_reason <> '')
) partition by range (period);

do $$
declare
    y integer;
begin
    for y in 2024..2040 loop
        execute format('create table %I partition of sheet_version for values from (%L) to (%L)',
            'sheet_version_' || y, make_date(y, 1, 1), make_date(y + 1, 1, 1));
    end loop;
    create table sheet_version_other partition of sheet_version default;
end $$;

insert into sheet_version (agency_id, period, officer_id, version_no, rule_set, input, trace, total, level, criteria, remark,
    organising, organising_reason, unity, unity_reason, signed_by, signed_at)
select s.agency_id, s.period, s.officer_id, 1, s.rule_set, s.confirmed_input, s.confirmed_trace, s.confirmed_total,
    s.confirmed_level, (
        select coalesce(jsonb_agg(jsonb_build_object('criterion', k.criterion, 'points', k.confirmed_points::text, 'reason', k.reason)
            order by k.criterion), '[]')
        from sheet_criterion k where k.agency_id = s.agency_id and k.period = s.period and k.officer_id = s.officer_id
            and k.confirmed_points is not null),
    s.remark, s.organising, s.organising_reason, s.unity, s.unity_reason, s.confirmed_by, s.confirmed_at
from sheet s where s.status in ('confirmed', 'locked');

create function refuse_sheet_version_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.withdrawn_at is not null
        or to_jsonb(new) - '{withdrawn_by,withdrawn_at,withdraw_reason}'::text[]
            <> to_jsonb(old) - '{withdrawn_by,withdrawn_at,withdraw_reason}'::text[] then
        raise exception 'a signed version of a sheet is withdrawn once or superseded, never changed';
    end if;
    return new;
end $$;
create trigger sheet_version_append_only before update or delete on sheet_version
    for each row execute function refuse_sheet_version_change();

create function refuse_sheet_step() returns trigger language plpgsql as $$
declare
    newest sheet_version;
begin
    if (old.status, new.status) not in (
        ('draft', 'self_assessed'), ('draft', 'confirmed'), ('self_assessed', 'draft'), ('self_assessed', 'confirmed'),
        ('confirmed', 'self_assessed'), ('confirmed', 'announced'), ('announced', 'locked')) and old.status <> new.status then
        raise exception 'a sheet does not go from % to %', old.status, new.status;
    end if;
    if old.status in ('announced', 'locked')
        and (new.confirmed_total, new.confirmed_level, new.confirmed_input, new.confirmed_trace, new.organising, new.unity,
             new.remark, new.confirmed_by)
            is distinct from
            (old.confirmed_total, old.confirmed_level, old.confirmed_input, old.confirmed_trace, old.organising, old.unity,
             old.remark, old.confirmed_by) then
        select * into newest from sheet_version v
        where v.agency_id = new.agency_id and v.period = new.period and v.officer_id = new.officer_id
        order by v.version_no desc limit 1;
        if newest.supersedes is null
            or (new.confirmed_total, new.confirmed_level, new.confirmed_input, new.confirmed_trace, new.organising, new.unity,
                new.remark, new.confirmed_by)
                is distinct from
                (newest.total, newest.level, newest.input, newest.trace, newest.organising, newest.unity,
                 newest.remark, newest.signed_by) then
            raise exception 'an announced sheet changes only to a newer version that supersedes the one before';
        end if;
    end if;
    return new;
end $$;
create trigger sheet_steps before update on sheet for each row execute function refuse_sheet_step();

-- What is written down for a sheet before it is signed: the values that the competent person will look at. Nothing of it
-- counts; it goes when the sheet is signed.
create table prepared_conclusion (
    agency_id uuid not null,
    period date not null,
    officer_id uuid not null,
    -- app::review::steps::Conclusion: points and reasons by criterion, remark, đ and e with their reasons
    content jsonb not null,
    -- marked for the next signature; a draft else
    ready boolean not null,
    -- version of the sheet that was seen
    sheet_version integer not null,
    -- officer
    prepared_by uuid not null,
    prepared_at timestamptz not null default now(),
    version integer not null default 1,
    primary key (agency_id, period, officer_id)
);

-- Who prepares for which competent person: for everybody he decides about, or for one unit.
create table delegation (
    agency_id uuid not null,
    delegation_id uuid not null,
    authority_id uuid not null,
    delegate_id uuid not null,
    unit_id uuid,
    from_day date not null,
    until_day date not null,
    document text not null constraint delegation_has_a_document check (document <> ''),
    -- account
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    ended_by uuid,
    ended_at timestamptz,
    primary key (agency_id, delegation_id),
    constraint delegation_to_somebody_else check (delegate_id <> authority_id),
    constraint delegation_from_before_until check (from_day <= until_day),
    constraint delegation_ended_by_somebody check ((ended_at is null) = (ended_by is null)),
    constraint delegation_authority_exists foreign key (agency_id, authority_id) references officer (agency_id, officer_id),
    constraint delegation_delegate_exists foreign key (agency_id, delegate_id) references officer (agency_id, officer_id),
    constraint delegation_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id)
);
create index delegation_delegate on delegation (agency_id, delegate_id) where ended_at is null;
create index delegation_authority on delegation (agency_id, authority_id) where ended_at is null;

create function refuse_delegation_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.ended_at is not null
        or to_jsonb(new) - '{ended_by,ended_at}'::text[] <> to_jsonb(old) - '{ended_by,ended_at}'::text[] then
        raise exception 'a delegation is ended once, never changed';
    end if;
    return new;
end $$;
create trigger delegation_append_only before update or delete on delegation
    for each row execute function refuse_delegation_change();
