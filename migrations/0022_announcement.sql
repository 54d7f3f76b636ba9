-- Which signed announcement told a person the result of a month; null while nothing was announced, and for months from
-- before announcements were signed.

alter table sheet
    add column announcement_id uuid,
    add constraint sheet_announcement_exists
        foreign key (agency_id, announcement_id) references signature (agency_id, signature_id),
    add constraint sheet_announced_by_its_announcement
        check (announcement_id is null or status in ('announced', 'locked'));

create function refuse_other_announcement() returns trigger language plpgsql as $$
begin
    raise exception 'the announcement of a sheet stays the one that it is';
end $$;
create trigger sheet_announcement_stays before update on sheet
    for each row when (old.announcement_id is not null and new.announcement_id is distinct from old.announcement_id)
    execute function refuse_other_announcement();
