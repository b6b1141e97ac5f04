-- A pregnancy is registered.
{{ form_view('pregnancy', {
    'lmp_method': ('g_registration,lmp_method', 'text'),
    'lmp_date': ('g_registration,lmp_date', 'date'),
    'edd': ('g_registration,edd', 'date'),
    'previous_pregnancies': ('g_history,previous_pregnancies', 'whole'),
    'risk_factors': ('g_history,risk_factors', 'text'),
    'height': ('g_history,height', 'number'),
    'danger_signs': ('g_danger_signs,danger_signs', 'text'),
    'temperature': ('g_danger_signs,temperature', 'number'),
    'hiv_tested': ('hiv_tested', 'text'),
    'weeks_pregnant': ('weeks_pregnant', 'whole')
}) }}
