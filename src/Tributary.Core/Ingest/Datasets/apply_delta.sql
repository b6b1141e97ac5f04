-- The newer version of a record wins, whatever comes first. A record that says the same again only moves the drop that said so last.
insert into {table} as o ({columns})
select {new_columns} from {delta} n
on conflict ({key}) do update set {assignments}, _load = case when o._hash is distinct from excluded._hash then excluded._load else o._load end
where ({excluded_order}) >= ({old_order}) and (o._hash is distinct from excluded._hash or o._dropped_at is distinct from excluded._dropped_at)
returning (xmax = 0), _load
