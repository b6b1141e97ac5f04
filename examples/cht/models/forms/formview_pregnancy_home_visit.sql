-- A pregnant woman is visited at home.
{{ form_view('pregnancy_home_visit', {
    'visit_date': ('g_visit,visit_date', 'date'),
    'visit_time': ('g_visit,visit_time', 'text'),
    'pregnancy_status': ('g_visit,pregnancy_status', 'text'),
    'gps': ('g_visit,gps', 'text'),
    'danger_signs': ('g_danger_signs,danger_signs', 'text'),
    'visited_facility': ('g_facility,visited_facility', 'text'),
    'facility_visits': ('g_facility,facility_visits', 'whole'),
    'weight': ('weight', 'number'),
    'visit_number': ('visit_number', 'whole')
}) }}
