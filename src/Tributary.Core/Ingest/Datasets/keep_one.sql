delete from {table} d
using (
    select n.ctid as place, row_number() over (partition by {new_key} order by {newest_first}, {file_order}n._line desc) as place_in_key
    from {table} n
) ranked
where d.ctid = ranked.place and ranked.place_in_key > 1
returning {file}, _line
