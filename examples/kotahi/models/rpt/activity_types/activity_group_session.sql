{{ config(materialized='view') }}
{{ activity_type_view(14) }}
