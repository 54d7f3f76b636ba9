-- The steps of a yearly rating (Điều 21 NĐ 335/2025/NĐ-CP), its decisions, and petitions (Điều 22). What was decided or
-- answered stays: a decision is replaced by another one.

-- Mẫu số 02 of a person and how far his rating is: kpi::rating::process.
create table year_sheet (
    agency_id uuid not null,
    year integer not null constraint year_sheet_year_in_range check (year between 2000 and 2999),
    officer_id uuid not null,
    unit_id uuid not null,
    -- a head or a deputy: the Party committee is asked
    leads boolean not null,
    -- the head of the agency: the managing agency decides
    decided_above boolean not null default false,
    status text not null default 'draft' constraint year_sheet_status_known check (
        status in ('draft', 'submitted', 'met', 'opinion', 'proposed', 'decided', 'published')),
    self_level text constraint year_sheet_self_level_known check (self_level in ('excellent', 'good', 'completed', 'not_completed')),
    self_remarks text not null default '',
    -- why the personnel office made the sheet in his place (khoản 3 Điều 19)
    absent_reason text,
    -- as they were when the sheet was handed in: [{"month": 1, "score": "91.5", "note": ""}, …]
    months jsonb,
    mean numeric(5, 2) constraint year_sheet_mean_in_range check (mean between 0 and 100),
    submitted_at timestamptz,
    -- the meeting: minutes kept here, or minutes on paper
    minutes_id uuid,
    minutes_number text,
    minutes_on date,
    minutes_summary text not null default '',
    opinion text,
    opinion_on date,
    opinion_document text,
    -- what the rules computed when the level was proposed
    computed_level text constraint year_sheet_computed_level_known check (computed_level in ('excellent', 'good', 'completed', 'not_completed')),
    proposed_level text constraint year_sheet_proposed_level_known check (proposed_level in ('excellent', 'good', 'completed', 'not_completed')),
    proposal_reason text not null default '',
    -- what to do with it (Mẫu số 02 IV; Điều 23)
    handling text not null default '',
    proposed_by uuid,
    proposed_at timestamptz,
    -- why it was sent back, the last time
    back_reason text not null default '',
    version integer not null default 1,
    primary key (agency_id, year, officer_id),
    constraint year_sheet_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id),
    constraint year_sheet_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id),
    constraint year_sheet_handed_in check (
        status = 'draft' or (submitted_at is not null and months is not null and (self_level is not null or absent_reason is not null))),
    constraint year_sheet_met_with_minutes check (
        status in ('draft', 'submitted') or minutes_id is not null
        or (minutes_number is not null and minutes_on is not null and minutes_summary <> '')),
    constraint year_sheet_committee_asked check (
        (status <> 'opinion' or leads)
        and (not leads or status in ('draft', 'submitted', 'met')
             or (opinion is not null and opinion_on is not null and opinion_document is not null))),
    constraint year_sheet_proposed_with_a_level check (
        status not in ('proposed', 'decided', 'published') or (proposed_level is not null and computed_level is not null)),
    constraint year_sheet_departure_has_a_reason check (
        status not in ('proposed', 'decided', 'published') or proposed_level = computed_level or proposal_reason <> '')
);
create index year_sheet_status on year_sheet (agency_id, year, status);

-- A decision about the level of a person's year. One paper may decide about many; each has a row.
create table year_decision (
    agency_id uuid not null,
    decision_id uuid not null,
    year integer not null,
    officer_id uuid not null,
    number text not null constraint year_decision_has_a_number check (number <> ''),
    decided_on date not null,
    level text not null constraint year_decision_level_known check (level in ('excellent', 'good', 'completed', 'not_completed')),
    -- what the rules computed at that time, and the group in which the places at "xuất sắc" are counted
    computed_level text not null constraint year_decision_computed_level_known check (computed_level in ('excellent', 'good', 'completed', 'not_completed')),
    mean numeric(5, 2),
    reason text not null default '',
    handling text not null default '',
    -- signed here, or made by the managing agency
    signature_id uuid,
    outside_authority text,
    -- the officer who decided; none for the managing agency
    decided_by uuid,
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    -- an earlier decision that this one replaces, and why
    supersedes uuid,
    supersede_reason text,
    replaced_by uuid,
    published_at timestamptz,
    primary key (agency_id, decision_id),
    constraint year_decision_sheet_exists foreign key (agency_id, year, officer_id) references year_sheet (agency_id, year, officer_id),
    constraint year_decision_signed check ((signature_id is null) <> (outside_authority is null)),
    constraint year_decision_here_has_its_author check ((decided_by is null) = (outside_authority is not null)),
    constraint year_decision_not_about_oneself check (decided_by <> officer_id),
    constraint year_decision_departure_has_a_reason check (level = computed_level or reason <> ''),
    constraint year_decision_replaces_with_a_reason check ((supersedes is null) = (supersede_reason is null)),
    constraint year_decision_replaces_another check (supersedes <> decision_id)
);
-- one stands; each is replaced once
create unique index year_decision_one_stands on year_decision (agency_id, year, officer_id) where replaced_by is null;
create unique index year_decision_replaced_once on year_decision (agency_id, supersedes) where supersedes is not null;
create index year_decision_officer on year_decision (agency_id, year, officer_id);

-- kpi::rating::process::transitions; a decided sheet keeps what it was decided on.
create function refuse_year_sheet_step() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a year sheet is never deleted';
    end if;
    if tg_op = 'INSERT' then
        if new.status <> 'draft' then
            raise exception 'a year sheet begins as a draft, not as %', new.status;
        end if;
        return new;
    end if;
    if (old.agency_id, old.year, old.officer_id) is distinct from (new.agency_id, new.year, new.officer_id) then
        raise exception 'a year sheet stays that of its officer';
    end if;
    if old.status <> new.status and (old.status, new.status) not in (
        ('draft', 'submitted'),
        ('submitted', 'draft'), ('submitted', 'met'),
        ('met', 'submitted'), ('met', 'opinion'), ('met', 'proposed'),
        ('opinion', 'met'), ('opinion', 'proposed'),
        ('proposed', 'met'), ('proposed', 'opinion'), ('proposed', 'decided'),
        ('decided', 'published')) then
        raise exception 'a year sheet does not go from % to %', old.status, new.status;
    end if;
    if old.status in ('decided', 'published')
        and (to_jsonb(new) - array['status', 'version']) is distinct from (to_jsonb(old) - array['status', 'version']) then
        raise exception 'a decided year sheet is never changed';
    end if;
    if new.status in ('decided', 'published') and not exists (
        select from year_decision d
        where d.agency_id = new.agency_id and d.year = new.year and d.officer_id = new.officer_id and d.replaced_by is null
          and (new.status = 'decided' or d.published_at is not null)) then
        raise exception 'a year sheet is % only with a decision', new.status;
    end if;
    return new;
end $$;
create trigger year_sheet_steps before insert or update or delete on year_sheet
    for each row execute function refuse_year_sheet_step();

create function refuse_year_decision_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
        or (old.replaced_by is not null and new.replaced_by is distinct from old.replaced_by)
        or (old.published_at is not null and new.published_at is distinct from old.published_at)
        or (to_jsonb(new) - array['replaced_by', 'published_at']) is distinct from (to_jsonb(old) - array['replaced_by', 'published_at']) then
        raise exception 'a decision is replaced, never changed';
    end if;
    return new;
end $$;
create trigger year_decision_append_only before update or delete on year_decision
    for each row execute function refuse_year_decision_change();

-- kpi::petition. About one month or the decision of a year; about one line or the whole.
create table petition (
    agency_id uuid not null,
    petition_id uuid not null,
    officer_id uuid not null,
    period date,
    year integer,
    -- the decision that stood when it was lodged
    decision_id uuid,
    line_kind text constraint petition_line_kind_known check (line_kind in ('criterion', 'assignment')),
    -- code of the criterion, or id of the assignment
    line text,
    -- the line as the reader knows it
    line_label text not null default '',
    text text not null constraint petition_has_a_text check (text <> ''),
    -- who gave the result, and answers
    authority_id uuid not null,
    lodged_at timestamptz not null default now(),
    received_on date not null,
    due_on date not null,
    status text not null default 'lodged' constraint petition_status_known check (status in ('lodged', 'answered', 'withdrawn')),
    outcome text constraint petition_outcome_known check (outcome in ('granted', 'partly', 'refused')),
    reply text not null default '',
    answered_by uuid,
    answered_at timestamptz,
    signature_id uuid,
    -- what came of it: the new version of the month's sheet, or the decision that replaces the old one
    sheet_version integer,
    new_decision_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (agency_id, petition_id),
    constraint petition_about_a_month_or_a_year check (
        (period is null) <> (year is null) and (year is null) = (decision_id is null)),
    constraint petition_is_first_day check (extract(day from period) = 1),
    constraint petition_line_of_a_month check (
        (line_kind is null) = (line is null) and (line is null or period is not null)),
    constraint petition_due_after_receipt check (due_on >= received_on),
    constraint petition_not_answered_by_oneself check (authority_id <> officer_id and answered_by <> officer_id),
    constraint petition_answered check (
        (status = 'answered')
        = (outcome is not null and reply <> '' and answered_by is not null and answered_at is not null and signature_id is not null)),
    constraint petition_granted_changes_the_result check (
        (coalesce(outcome, 'refused') = 'refused') = (sheet_version is null and new_decision_id is null)
        and (sheet_version is null or period is not null) and (new_decision_id is null or year is not null)),
    constraint petition_withdrawn check ((status = 'withdrawn') = (withdrawn_at is not null)),
    constraint petition_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id),
    constraint petition_authority_exists foreign key (agency_id, authority_id) references officer (agency_id, officer_id),
    constraint petition_decision_exists foreign key (agency_id, decision_id) references year_decision (agency_id, decision_id),
    constraint petition_new_decision_exists foreign key (agency_id, new_decision_id) references year_decision (agency_id, decision_id)
);
create unique index petition_one_open on petition (agency_id, officer_id, coalesce(period, make_date(year, 1, 1)), (period is null), coalesce(line, ''))
    where status = 'lodged';
create index petition_officer on petition (agency_id, officer_id, lodged_at desc);
create index petition_authority on petition (agency_id, authority_id, due_on) where status = 'lodged';

create function refuse_petition_step() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a petition is never deleted';
    end if;
    if tg_op = 'INSERT' then
        if new.status <> 'lodged' then
            raise exception 'a petition begins as lodged, not as %', new.status;
        end if;
        return new;
    end if;
    if old.status <> 'lodged' then
        raise exception 'a petition that is % is final', old.status;
    end if;
    if (to_jsonb(new) - array['status', 'outcome', 'reply', 'answered_by', 'answered_at', 'signature_id', 'sheet_version', 'new_decision_id', 'withdrawn_at', 'version'])
        is distinct from (to_jsonb(old) - array['status', 'outcome', 'reply', 'answered_by', 'answered_at', 'signature_id', 'sheet_version', 'new_decision_id', 'withdrawn_at', 'version']) then
        raise exception 'what a petition asks for is never changed';
    end if;
    return new;
end $$;
create trigger petition_steps before insert or update or delete on petition
    for each row execute function refuse_petition_step();
