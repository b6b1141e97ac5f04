{{ config(materialized='function', arguments='value text', returns='numeric') }}
-- A number, else null.
select substring(value from '^\s*(-?\d{1,60}(?:\.\d{1,60})?)\s*$')::numeric
