case
    when <<text>> ~ '^\d\d(:\d\d(:\d\d(\.\d+)?)?)?$' then left(left(<<text>> || substr('<<clock>>', length(<<text>>) + 1), 12), <<length>>)
end
