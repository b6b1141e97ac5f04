{{ config(materialized='function', arguments='value text', returns='date') }}
-- A day that the calendar has, else null: forms hold '', 'NaN' and what people typed.
select substring(value from
    '^((?:[12]\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])))|(?:[12]\d(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29)(?![0-9])')::date
