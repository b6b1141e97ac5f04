case
    when substr(<<a>>, 17, 1) = ':' and substr(<<b>>, 17, 1) = ':' then <<instant_a>> <<symbol>> <<instant_b>>
    when length(<<a>>) > 10 and length(<<b>>) > 10 then (
        select case when d.a <> d.b then d.a <<symbol>> d.b when d.alike then <<when_equal>> end
        from (
            select
                date_trunc(p.unit, <<instant_pa>> at time zone 'UTC') as a,
                date_trunc(p.unit, <<instant_pb>> at time zone 'UTC') as b,
                p.alike
            from (
                select
                    case when substr(<<a>>, 14, 1) = ':' then <<a>> else left(<<a>>, 13) || ':00' || substr(<<a>>, 14) end as a,
                    case when substr(<<b>>, 14, 1) = ':' then <<b>> else left(<<b>>, 13) || ':00' || substr(<<b>>, 14) end as b,
                    case when substr(<<a>>, 14, 1) = ':' and substr(<<b>>, 14, 1) = ':' then 'minute' else 'hour' end as unit,
                    substr(<<a>>, 17, 1) <> ':' and substr(<<b>>, 17, 1) <> ':' and (substr(<<a>>, 14, 1) = ':') = (substr(<<b>>, 14, 1) = ':') as alike
                offset 0
            ) as p
            offset 0
        ) as d
    )
    when <<common_a>> <> <<common_b>> then (<<common_a>> collate "C" <<symbol>> <<common_b>> collate "C")
    when length(<<a>>) = length(<<b>>) then <<when_equal>>
end
