-- A death.
{{ form_view('death_report', {
    'date_of_death': ('death_details,date_of_death', 'date'),
    'place_of_death': ('death_details,place_of_death', 'text'),
    'place_of_death_other': ('death_details,place_of_death_other', 'text'),
    'death_information': ('death_details,death_information', 'text')
}) }}
