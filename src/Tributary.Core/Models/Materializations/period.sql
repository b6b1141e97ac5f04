{# A table that is published period by period: a run for a period replaces exactly that period, and counts its versions. #}
{% materialization period, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- set anew = not period_stands or existing is none or existing.type != 'table' -%}

    {%- set made = make_temp_relation(target_relation, '__made') -%}
    {%- call statement('main') -%}
        {{ get_create_table_as_sql(true, made, sql) }}
    {%- endcall -%}
    {%- set columns = adapter.get_columns_in_relation(made) | map(attribute='quoted') | join(', ') -%}
    {%- set found = run_query("select count(*), concat_ws(':', count(*), sum(('x' || left(hash, 16))::bit(64)::bigint), sum(('x' || right(hash, 16))::bit(64)::bigint)) from (select md5(row(" ~ columns ~ ")::text) as hash from " ~ made ~ ") as rows").rows[0] -%}
    {%- set digest = local_md5(columns) ~ ':' ~ found[1] -%}
    {%- set stamped = 'select ' ~ period.first_day ~ ' as period, ' ~ period_version(digest) ~ '::integer as version, made.* from ' ~ made ~ ' as made' -%}

    {%- if anew -%}
        {%- set building = adapter.building_for(target_relation, existing) -%}
        {%- do run_query(get_create_table_as_sql(false, building, stamped)) -%}
        {%- do create_indexes(building) -%}
        {%- do adapter.publish(building, target_relation) -%}
    {%- elif digest != period_digest -%}
        {%- set arriving = make_temp_relation(target_relation) -%}
        {%- do run_query(get_create_table_as_sql(true, arriving, stamped)) -%}
        {%- do adapter.expand_target_column_types(from_relation=arriving, to_relation=target_relation) -%}
        {#- dbt's default would leave a new column out for ever. -#}
        {%- set on_schema_change = config.get('on_schema_change') or 'ignore' -%}
        {%- set dest_columns = process_schema_changes('append_new_columns' if on_schema_change == 'ignore' else on_schema_change, arriving, existing) or adapter.get_columns_in_relation(existing) -%}
        {%- set names = dest_columns | map(attribute='quoted') | join(', ') -%}
        {%- do run_query('delete from ' ~ target_relation ~ ' where period = ' ~ period.first_day) -%}
        {%- do run_query('insert into ' ~ target_relation ~ ' (' ~ names ~ ') select ' ~ names ~ ' from ' ~ arriving) -%}
        {%- do run_query('drop table ' ~ arriving) -%}
    {%- endif -%}
    {%- do run_query('drop table ' ~ made) -%}
    {%- do publish_period(digest, found[0]) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, anew)) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
