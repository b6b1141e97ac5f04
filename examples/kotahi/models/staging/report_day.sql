-- The day that everything is reported for, in the project's zone. A relation of one row, so that the views that read it keep their query.
select {{ as_of_date(var('zone')) }} as day
