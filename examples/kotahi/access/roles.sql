-- Who may read what. Run once by an administrator: tributary db psql --project … < access/roles.sql
-- The schemas must be there: run a sync and a build before.
do $$
begin
    if not exists (select from pg_roles where rolname = 'kotahi_raw') then create role kotahi_raw nologin; end if;
    if not exists (select from pg_roles where rolname = 'kotahi_reports') then create role kotahi_reports nologin; end if;
    if not exists (select from pg_roles where rolname = 'kotahi_counts') then create role kotahi_counts nologin; end if;
end $$;

-- Everything as it came, with narratives: few people.
grant usage on schema karo, indici to kotahi_raw;
grant select on all tables in schema karo, indici to kotahi_raw;
alter default privileges in schema karo, indici grant select on tables to kotahi_raw;

-- Reports on people.
grant usage on schema kotahi, rpt to kotahi_reports;
grant select on all tables in schema kotahi, rpt to kotahi_reports;
alter default privileges in schema kotahi, rpt grant select on tables to kotahi_reports;

-- Numbers only.
grant usage on schema kotahi, rpt to kotahi_counts;
grant select on kotahi.mvw_tupaia_stages_counts, rpt.open_cases_daily, rpt.financial_summary, rpt.data_as_of to kotahi_counts;

-- A login for Power BI (choose the password when you run it):
--     create role powerbi login password '…' in role kotahi_reports;
--     alter role powerbi set default_transaction_read_only = on;
--     alter role powerbi set log_statement = 'all';     -- who read what, in the server's log
