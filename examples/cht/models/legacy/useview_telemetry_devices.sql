select * from {{ ref('telemetry_devices') }}
