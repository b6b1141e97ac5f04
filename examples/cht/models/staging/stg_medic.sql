{{ documents('medic', 'medic') }}
