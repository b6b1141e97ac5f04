select doc from {{ ref('stg_users_meta') }}
