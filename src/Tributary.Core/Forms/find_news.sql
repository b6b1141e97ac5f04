-- How far the stream ($3) is, and how far its forms were looked at ($4 the name of that cursor); nothing is new where there is no table ($5).
select case when to_regclass($5) is null then -1 else coalesce((select load from tributary.checkpoint where project = $1 and target = $2 and stream = $3), -1) end,
       coalesce((select load from tributary.cursor where project = $1 and target = $2 and node = $4 and stream = $3), -1)
