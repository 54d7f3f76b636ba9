-- What the role of the running server may do, run by the owner after the migrations. It reads and writes rows, and it changes
-- no table, no trigger and no right. The audit log it may only add to; it cannot set the moment of a row either.
do $$
declare
    app text := quote_ident(current_setting('congtam.role'));
    house text := quote_ident(current_schema());
begin
    if current_setting('congtam.role') = current_user then
        return;
    end if;
    -- two servers that start at once would meet in the rows of the catalogue
    perform pg_advisory_xact_lock(x'C097A6'::int);
    execute format('revoke create on schema %s from public', house);
    execute format('grant usage on schema %s to %s', house, app);
    execute format('grant select, insert, update, delete on all tables in schema %s to %s', house, app);
    execute format('grant usage, select on all sequences in schema %s to %s', house, app);

    execute format('revoke insert, update, delete on _sqlx_migrations from %s', app);
    execute format('revoke insert, update, delete on audit from %s', app);
    execute format('grant insert (agency_id, audit_id, account_id, officer_id, action, subject_kind, subject_id, detail, address, concerns) on audit to %s', app);
    execute format('revoke update, delete on audit_seal from %s', app);
    execute format('revoke delete on audit_head from %s', app);
    -- a trigger with the owner's rights fills the queue
    execute format('revoke insert, update on audit_waiting from %s', app);
end $$;
