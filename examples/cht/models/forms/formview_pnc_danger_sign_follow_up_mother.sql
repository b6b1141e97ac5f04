-- The mother after the delivery.
{{ form_view('pnc_danger_sign_follow_up_mother', {
    'visit_date': ('g_visit,visit_date', 'date'),
    'danger_signs': ('g_visit,danger_signs', 'text'),
    'visit_confirmed': ('g_visit,visit_confirmed', 'text')
}) }}
