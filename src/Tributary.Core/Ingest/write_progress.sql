with known as (
    update {progress} set seq = $2{set_more} where source = $1
    returning 1
)
insert into {progress} (source, seq{columns})
select $1, $2{values}
where not exists (select from known)
