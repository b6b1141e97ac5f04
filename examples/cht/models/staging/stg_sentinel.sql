{{ documents('sentinel', 'medic-sentinel') }}
