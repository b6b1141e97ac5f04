{# Lists and dicts, mostly with namespaces. #}

{% macro running_totals(items) %}
    {%- set state = namespace(total=0, all=[]) -%}
    {%- for item in items -%}
        {%- set state.total = state.total + item -%}
        {%- do state.all.append(state.total) -%}
    {%- endfor -%}
    {{ return(state.all) }}
{% endmacro %}

{% macro total(items) %}{{ return(toolbox.running_totals(items)[-1] if items else 0) }}{% endmacro %}

{% macro largest(items) %}
    {%- set best = namespace(value=none) -%}
    {%- for item in items if best.value is none or item > best.value -%}{%- set best.value = item -%}{%- endfor -%}
    {{ return(best.value) }}
{% endmacro %}

{% macro flatten(items) %}
    {%- set flat = [] -%}
    {%- for item in items -%}
        {%- if item is iterable and item is not string -%}{%- do flat.extend(toolbox.flatten(item)) -%}
        {%- else -%}{%- do flat.append(item) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(flat) }}
{% endmacro %}

{% macro chunks(items, size) %}
    {%- if not items -%}{{ return([]) }}{%- endif -%}
    {{ return([items[:size]] + toolbox.chunks(items[size:], size)) }}
{% endmacro %}

{% macro count_by(items) %}
    {%- set counts = {} -%}
    {%- for item in items -%}{%- do counts.update({item: counts.get(item, 0) + 1}) -%}{%- endfor -%}
    {{ return(counts) }}
{% endmacro %}

{% macro invert(mapping) %}
    {%- set inverted = {} -%}
    {%- for key, value in mapping.items() -%}{%- do inverted.setdefault(value, []).append(key) -%}{%- endfor -%}
    {{ return(inverted) }}
{% endmacro %}

{% macro merge(first, second) %}
    {%- set merged = first.copy() -%}
    {%- for key, value in second.items() -%}
        {%- if merged.get(key) is mapping and value is mapping -%}{%- do merged.update({key: toolbox.merge(merged[key], value)}) -%}
        {%- else -%}{%- do merged.update({key: value}) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(merged) }}
{% endmacro %}

{% macro permutations(items) %}
    {%- if items | length < 2 -%}{{ return([items]) }}{%- endif -%}
    {%- set all = [] -%}
    {%- for item in items -%}
        {%- set rest = items[:loop.index0] + items[loop.index:] -%}
        {%- for tail in toolbox.permutations(rest) -%}{%- do all.append([item] + tail) -%}{%- endfor -%}
    {%- endfor -%}
    {{ return(all) }}
{% endmacro %}

{% macro apply(function) %}{{ return(function(*varargs, **kwargs)) }}{% endmacro %}
