-- Danger signs between visits.
{{ form_view('pregnancy_danger_sign', {
    'danger_signs': ('danger_signs', 'text'),
    'referred': ('referred', 'text'),
    'seen_at': ('seen_at', 'text')
}) }}
