-- What is recorded about a unit in a month and speaks for the percentage of đ or e of those who lead it (khoản 3 Điều 15
-- NĐ 335/2025/NĐ-CP). Nothing is changed or deleted: what is wrong is withdrawn, with the reason.

create table leader_note (
    agency_id uuid not null,
    note_id uuid not null,
    unit_id uuid not null,
    period date not null,
    -- kpi::review::NoteKind
    kind text not null constraint leader_note_kind_known check (kind in ('initiative', 'complaint')),
    text text not null constraint leader_note_has_a_text check (text <> ''),
    document text not null constraint leader_note_has_a_document check (document <> ''),
    -- accounts
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    withdraw_reason text,
    primary key (agency_id, note_id),
    constraint leader_note_is_first_day check (extract(day from period) = 1),
    constraint leader_note_withdrawn_with_a_reason check (
        (withdrawn_at is null) = (withdraw_reason is null) and (withdrawn_at is null) = (withdrawn_by is null)),
    constraint leader_note_unit_exists foreign key (agency_id, unit_id) references unit (agency_id, unit_id)
);
create index leader_note_unit on leader_note (agency_id, period, unit_id);

create function refuse_leader_note_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.withdrawn_at is not null
        or (new.agency_id, new.note_id, new.unit_id, new.period, new.kind, new.text, new.document, new.recorded_by, new.recorded_at)
            is distinct from
            (old.agency_id, old.note_id, old.unit_id, old.period, old.kind, old.text, old.document, old.recorded_by, old.recorded_at) then
        raise exception 'what is recorded about leaders is withdrawn once, never changed';
    end if;
    return new;
end $$;
create trigger leader_note_append_only before update or delete on leader_note
    for each row execute function refuse_leader_note_change();
