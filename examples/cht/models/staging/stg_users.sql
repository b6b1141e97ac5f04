{{ documents('users', '_users') }}
