-- A household is surveyed.
{{ form_view('household_survey', {
    'water_source': ('water_source', 'text'),
    'latrine': ('latrine', 'text'),
    'members': ('members', 'whole')
}) }}
