-- A child is assessed.
{{ form_view('child_assessment', {
    'patient_age_in_months': ('g_child,patient_age_in_months', 'whole'),
    'muac': ('g_child,muac', 'number'),
    'gps': ('g_child,gps', 'text'),
    'symptoms': ('symptoms', 'text'),
    'fever_days': ('g_fever,fever_days', 'whole'),
    'malaria_test': ('g_fever,malaria_test', 'text'),
    'caregiver_uuid': ('caregiver', 'text'),
    'notes': ('notes', 'text')
}) }}
