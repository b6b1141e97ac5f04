-- Rows that say the same again are not touched.
with done as (
    insert into {table} as o ({columns})
    select {columns} from {delta}
    on conflict ({key}) do update set {assignments}
    where ({old_values}) is distinct from ({new_values})
    returning (xmax = 0) as is_new
)
select count(*) filter (where is_new), count(*) filter (where not is_new) from done
