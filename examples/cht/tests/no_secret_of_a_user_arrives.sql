select uuid from {{ ref('stg_users') }} where doc ?| array['password_scheme', 'derived_key', 'salt', 'iterations', 'password', 'password_sha']
