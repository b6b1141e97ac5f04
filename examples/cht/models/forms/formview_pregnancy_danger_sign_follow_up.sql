-- Danger signs are followed up.
{{ form_view('pregnancy_danger_sign_follow_up', {
    'visit_confirmed': ('visit_confirmed', 'text'),
    'danger_signs_present': ('danger_signs_present', 'text')
}) }}
