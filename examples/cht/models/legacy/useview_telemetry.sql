{{ config(materialized='materialized_view', indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['period_start', 'user_name']}]) }}
select uuid, period_start, user_name, app_version, boot_time_min, boot_time_max, boot_time_count, doc_count_on_local_db
from {{ ref('telemetry') }}
