-- Runs that compute stored scores again from their stored inputs, and what differed.

create table replay (
    agency_id uuid not null references agency (agency_id),
    replay_id uuid not null,
    from_period date not null,
    until_period date not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz not null,
    -- stored scores that were computed again
    checked integer not null constraint replay_checked_positive check (checked >= 0),
    -- of these, scores that differ
    different integer not null constraint replay_different_in_range check (different between 0 and checked),
    primary key (agency_id, replay_id),
    constraint replay_months_in_order check (from_period <= until_period)
);
create index replay_finished on replay (agency_id, finished_at desc);

-- Which score differed and in what; never by how much: the person's page says that to those who may know.
create table replay_difference (
    agency_id uuid not null,
    replay_id uuid not null,
    ordinal integer not null,
    officer_id uuid not null,
    period date not null,
    what text not null,
    primary key (agency_id, replay_id, ordinal),
    constraint replay_difference_of_a_run foreign key (agency_id, replay_id) references replay (agency_id, replay_id)
);
