-- Settings that change how values print are pinned, so that the same rows give the same bytes on every server.
begin isolation level repeatable read, read only;
set local datestyle = 'ISO, YMD';
set local intervalstyle = 'postgres';
set local bytea_output = 'hex';
set local extra_float_digits = 1;
set local xmloption = 'content';
set local lock_timeout = '60s';
set local idle_in_transaction_session_timeout = 0;
set local statement_timeout = 0;
