case
    when length(<<a>>) >= 8 and length(<<b>>) >= 8 then <<time_a>> <<symbol>> <<time_b>>
    when <<common_a>> <> <<common_b>> then (<<common_a>> collate "C" <<symbol>> <<common_b>> collate "C")
    when length(<<a>>) = length(<<b>>) then <<when_equal>>
end
