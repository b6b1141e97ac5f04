{{ config(materialized='function', arguments='value text', returns='timestamptz') }}
-- Milliseconds since 1970, as a number or its text; else null.
select to_timestamp(substring(value from '^(\d{1,15})(?:\.\d+)?$')::numeric / 1000)
