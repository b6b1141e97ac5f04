{{ documents('logs', 'medic-logs') }}
