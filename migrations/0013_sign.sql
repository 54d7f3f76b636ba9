-- Signatures (the competent authority of Điều 10 confirms, decides, closes minutes): what was signed, by whom, when.
-- A signature is never changed; it is withdrawn once, with a reason, before what was signed may be edited.

create table signature (
    agency_id uuid not null references agency (agency_id),
    signature_id uuid not null,
    kind text not null constraint signature_kind_known check (
        kind in ('sheet', 'month_announcement', 'year_decision', 'minutes', 'petition_reply')),
    -- the person concerned, the month or year, the record, as far as the kind has them
    officer_id uuid,
    period date constraint signature_period_is_first_day check (extract(day from period) = 1),
    year integer constraint signature_year_in_range check (year between 2000 and 2999),
    record_id uuid,
    -- version of what was signed, from 1
    version integer not null constraint signature_version_from_one check (version >= 1),
    -- canonical JSON: keys in order, no white space
    content text not null,
    content_hash bytea not null constraint signature_hash_is_of_the_content check (content_hash = sha256(convert_to(content, 'UTF8'))),
    signed_at timestamptz not null default now(),
    account_id uuid,
    signer_id uuid not null,
    -- as they were when signing
    signer_name text not null constraint signature_has_a_name check (signer_name <> ''),
    signer_post text not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdraw_reason text,
    primary key (agency_id, signature_id),
    constraint signature_withdrawn_with_a_reason check (
        (withdrawn_at is null and withdrawn_by is null and withdraw_reason is null)
        or (withdrawn_at is not null and withdrawn_by is not null and withdraw_reason <> '')),
    -- nobody signs about himself, but for minutes, which are about a meeting
    constraint signature_is_by_another check (officer_id is null or officer_id <> signer_id),
    constraint signature_signer_exists foreign key (agency_id, signer_id) references officer (agency_id, officer_id)
);
create index signature_officer on signature (agency_id, officer_id, signed_at desc);
create index signature_record on signature (agency_id, record_id);

create function refuse_signature_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.withdrawn_at is not null or new.withdrawn_at is null
        or to_jsonb(new) - array['withdrawn_at', 'withdrawn_by', 'withdraw_reason']
            is distinct from to_jsonb(old) - array['withdrawn_at', 'withdrawn_by', 'withdraw_reason'] then
        raise exception 'a signature is withdrawn once, never changed';
    end if;
    return new;
end $$;
create trigger signature_fixed before update or delete on signature
    for each row execute function refuse_signature_change();
