-- A woman is reminded of a visit at the facility.
{{ form_view('pregnancy_facility_visit_reminder', {
    'reminder_date': ('reminder_date', 'date'),
    'reminder_method': ('reminder_method', 'text')
}) }}
