-- Working days late of a deliverable, beside the missed due days: a rule set may count either.
alter table deliverable add column days_late integer not null default 0
    constraint deliverable_days_late_in_range check (days_late between 0 and 1000);
