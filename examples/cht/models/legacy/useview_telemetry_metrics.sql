select * from {{ ref('telemetry_metrics') }}
