-- Reports of a form with a view that the view does not have, or has twice.
{% for form in ['pregnancy', 'pregnancy_home_visit', 'pregnancy_facility_visit_reminder', 'pregnancy_danger_sign', 'pregnancy_danger_sign_follow_up', 'delivery',
    'pnc_danger_sign_follow_up_mother', 'pnc_danger_sign_follow_up_baby', 'death_report', 'undo_death_report', 'child_assessment', 'household_survey'] -%}
{% if not loop.first %}union all
{% endif -%}
(select uuid from {{ ref('data_record') }} where form = '{{ form }}' except all select uuid from {{ ref('formview_' ~ form) }})
{% endfor %}
