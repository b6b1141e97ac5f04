{{ documents('users_meta', 'medic-users-meta') }}
