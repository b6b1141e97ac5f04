{{ config(materialized='materialized_view', indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['period_start', 'user_name']}]) }}
select uuid, source, url, user_name, period_start, cause, message
from {{ ref('feedback') }}
