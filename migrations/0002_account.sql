-- Who may sign in, and the sessions that are open.

create table account (
    agency_id uuid not null references agency (agency_id),
    account_id uuid not null,
    officer_id uuid,
    -- lower case, one name in the whole installation: the sign-in page asks for no agency
    login text not null constraint account_login_unique unique,
    password_hash text not null,
    -- roles beyond those that a post gives: leader, personnel, administrator
    roles text[] not null default '{}',
    must_change boolean not null default false,
    locked_at timestamptz,
    created_at timestamptz not null default now(),
    version integer not null default 1,
    primary key (agency_id, account_id),
    constraint account_officer_once unique (agency_id, officer_id),
    constraint account_roles_known check (roles <@ array['leader', 'personnel', 'administrator']),
    constraint account_officer_exists foreign key (agency_id, officer_id) references officer (agency_id, officer_id)
);

-- The cookie names no agency, so a session is found by the hash of its token alone.
create table session (
    token_hash bytea primary key,
    -- an id that may be shown and ended without knowing the token
    session_id uuid not null constraint session_id_unique unique,
    agency_id uuid,
    account_id uuid,
    data jsonb not null,
    address text,
    agent text,
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    -- the absolute limit; the idle limit is counted from seen_at
    expires_at timestamptz not null
);
create index session_account on session (agency_id, account_id);
create index session_expires on session (expires_at);

-- Failed sign-ins, counted by account name and address; old rows are deleted as new ones come.
create table sign_in_failure (
    login text not null,
    address text not null,
    at timestamptz not null default now()
);
create index sign_in_failure_recent on sign_in_failure (address, at);

-- The one-time link of an empty installation; only the hash is kept.
create table setup_link (
    token_hash bytea primary key,
    created_at timestamptz not null default now(),
    used_at timestamptz
);
