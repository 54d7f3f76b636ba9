-- Rule sets of an agency: copied from a built-in one, changed, approved from a month on, never changed once approved.

create table rule_set (
    agency_id uuid not null references agency (agency_id),
    rule_set_id uuid not null,
    -- by which sheets name their rules
    code text not null,
    name text not null,
    legal_basis text not null,
    status text not null default 'draft' constraint rule_set_status_known check (status in ('draft', 'approved', 'superseded')),
    -- kpi::rule_set::RuleSet
    content jsonb not null,
    -- why it departs from the decree: reason by path of the field
    reasons jsonb not null default '{}',
    copied_from text not null,
    author uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    -- number of the decision that issued it
    decision text,
    effective_from date,
    approved_by uuid,
    approved_at timestamptz,
    version integer not null default 1,
    primary key (agency_id, rule_set_id),
    constraint rule_set_code_unique unique (agency_id, code),
    constraint rule_set_approved_by_another check (
        status = 'draft'
        or (decision is not null and effective_from is not null and approved_at is not null and approved_by <> author)),
    constraint rule_set_from_a_first_day check (extract(day from effective_from) = 1)
);
create unique index rule_set_one_a_month on rule_set (agency_id, effective_from) where status <> 'draft';

-- Sheets keep the code of their rules, so approved rules stay as they were.
create function refuse_rule_set_change() returns trigger language plpgsql as $$
begin
    if old.status <> 'draft' and (tg_op = 'DELETE'
        or (new.code, new.content, new.reasons, new.legal_basis, new.effective_from, new.approved_by, new.author)
            is distinct from (old.code, old.content, old.reasons, old.legal_basis, old.effective_from, old.approved_by, old.author)
        or new.status = 'draft') then
        raise exception 'approved rule sets are never changed';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger rule_set_fixed before update or delete on rule_set
    for each row execute function refuse_rule_set_change();

-- What the officer's own figure was computed from when the sheet was sent, so that it can be replayed and compared.
alter table sheet add column self_input jsonb;
