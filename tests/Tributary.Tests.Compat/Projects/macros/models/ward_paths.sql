-- depends_on: {{ ref('wards') }}
{% set tree = parents(ref('wards')) %}
{% for ward in tree %}
select '{{ ward }}' as ward, '{{ path_of(ward, tree) }}' as path, {{ depth_of(ward, tree) }} as depth {{ 'union all' if not loop.last }}
{% else %}
select null as ward, null as path, 0 as depth
{% endfor %}
