insert into {history} ({columns}, valid_from, known_from) select {new_columns}, n._dropped_at, {known} from {table} n
