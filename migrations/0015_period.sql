-- A month of assessment as a thing with a life (kpi::period::life): its dates, who opened, announced and locked it, the
-- dates of units of their own, who was left out of an announcement and why, reminders, and mail that waits.

alter table period drop constraint period_status_known;
update period set status = 'locked' where status = 'closed';
alter table period
    add constraint period_status_known
        check (status in ('open', 'self_assessment', 'confirmation', 'announced', 'locked')),
    -- moved on by its dates, not by hand
    add column automatic boolean not null default true,
    add column self_from date,
    add column self_until date,
    add column confirm_until date,
    add column announce_on date,
    add column lock_on date,
    add column version integer not null default 1,
    -- accounts
    add column opened_by uuid,
    add column opened_at timestamptz not null default now(),
    -- why it was opened although the check before opening named something
    add column open_reason text not null default '',
    add column announced_by uuid,
    add column announced_at timestamptz,
    add column locked_by uuid,
    add column locked_at timestamptz;
update period p set
    announced_at = coalesce((select max(s.locked_at) from sheet s where s.agency_id = p.agency_id and s.period = p.period), now()),
    locked_at = coalesce((select max(s.locked_at) from sheet s where s.agency_id = p.agency_id and s.period = p.period), now())
where status = 'locked';
alter table period
    add constraint period_dates_together check (num_nulls(self_from, self_until, confirm_until, announce_on, lock_on) in (0, 5)),
    add constraint period_dates_in_order check (
        self_from >= period and self_from <= self_until and self_until <= confirm_until
        and confirm_until <= announce_on and announce_on <= lock_on),
    add constraint period_announced_at_a_moment check ((status in ('announced', 'locked')) = (announced_at is not null)),
    add constraint period_locked_at_a_moment check ((status = 'locked') = (locked_at is not null));

create function refuse_period_step() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a period is never deleted';
    end if;
    if tg_op = 'INSERT' then
        if new.status <> 'open' then
            raise exception 'a period begins open, not %', new.status;
        end if;
        return new;
    end if;
    if (new.agency_id, new.period) is distinct from (old.agency_id, old.period) then
        raise exception 'a period stays the month that it is';
    end if;
    if old.status = 'locked' then
        raise exception 'a locked period is never changed';
    end if;
    if new.status <> old.status and (old.status, new.status) not in (
        ('open', 'self_assessment'), ('self_assessment', 'open'),
        ('self_assessment', 'confirmation'), ('confirmation', 'self_assessment'),
        ('confirmation', 'announced'), ('announced', 'locked')) then
        raise exception 'a period does not go from % to %', old.status, new.status;
    end if;
    return new;
end $$;
create trigger period_steps before insert or update or delete on period
    for each row execute function refuse_period_step();

-- A unit's own dates (those below it included), and its announcement before the others.
create table period_unit (
    agency_id uuid not null,
    period date not null,
    unit_id uuid not null,
    -- null: the agency's
    self_until date,
    confirm_until date,
    announce_on date,
    announced_by uuid,
    announced_at timestamptz,
    version integer not null default 1,
    primary key (agency_id, period, unit_id),
    constraint period_unit_period_exists foreign key (agency_id, period) references period (agency_id, period),
    constraint period_unit_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id),
    constraint period_unit_dates_in_order check (
        (self_until is null or confirm_until is null or self_until <= confirm_until)
        and (confirm_until is null or announce_on is null or confirm_until <= announce_on))
);

create function refuse_period_unit_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'the dates of a unit are changed, not deleted';
    end if;
    if tg_op = 'UPDATE' and old.announced_at is not null then
        raise exception 'an announced unit is never changed';
    end if;
    if new.announced_at is not null and not exists (
        select from period p where p.agency_id = new.agency_id and p.period = new.period and p.status = 'confirmation') then
        raise exception 'a unit is announced while its period is confirmed';
    end if;
    return new;
end $$;
create trigger period_unit_steps before insert or update or delete on period_unit
    for each row execute function refuse_period_unit_change();

-- Whose sheet was not confirmed when the results were announced, and why. Never changed.
create table period_left_out (
    agency_id uuid not null,
    period date not null,
    officer_id uuid not null,
    reason text not null constraint period_left_out_has_a_reason check (reason <> ''),
    left_out_by uuid,
    left_out_at timestamptz not null default now(),
    primary key (agency_id, period, officer_id),
    constraint period_left_out_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id)
);

create function refuse_period_left_out_change() returns trigger language plpgsql as $$
begin
    raise exception 'who was left out, and why, is never changed';
end $$;
create trigger period_left_out_append_only before update or delete on period_left_out
    for each row execute function refuse_period_left_out_change();

-- A reminder is given once: for which date of the period, so many working days before it.
create table period_reminder (
    agency_id uuid not null,
    period date not null,
    officer_id uuid not null,
    kind text not null constraint period_reminder_kind_known check (kind in ('self_until', 'confirm_until', 'announce_on')),
    days_before integer not null,
    at timestamptz not null default now(),
    primary key (agency_id, period, officer_id, kind, days_before)
);

-- Where an account gets mail, and whether once a day what is due.
alter table account
    add column email text constraint account_email_looks_like_one check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254),
    add column digest boolean not null default true,
    -- the last day whose digest was written
    add column digest_day date;

-- Mail that waits to be sent; it survives a restart.
create table mail (
    agency_id uuid not null references agency (agency_id),
    mail_id uuid not null,
    address text not null,
    subject text not null,
    body text not null,
    created_at timestamptz not null default now(),
    -- the next try
    due_at timestamptz not null default now(),
    tries integer not null default 0,
    last_error text,
    sent_at timestamptz,
    given_up_at timestamptz,
    primary key (agency_id, mail_id)
);
create index mail_waiting on mail (due_at) where sent_at is null and given_up_at is null;
