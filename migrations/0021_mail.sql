-- Mail that is sent (0015 made the table), and since when a digest tells of notifications.

alter table account
    -- when what waits was last looked through for a digest; notifications after it are new to the next one
    add column digest_at timestamptz;

-- mail that is done with is removed after some days
create index mail_done on mail ((coalesce(sent_at, given_up_at))) where sent_at is not null or given_up_at is not null;
