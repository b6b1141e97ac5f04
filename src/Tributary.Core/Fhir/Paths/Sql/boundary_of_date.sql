case
    when <<text>> ~ '^(?!0000)\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$' then left(
        case length(<<text>>)
            when 4 then <<text>> || '-<<first_or_last_month>>-' || <<day>>
            when 7 then <<text>> || '-' || <<day>>
            else <<text>>
        end || case when <<is_date>> then '' else 'T<<clock>><<zone>>' end,
        <<length>>
    )
    when <<text>> ~ '^\d{4}-\d\d-\d\dT\d\d(:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$' then left(
        left(<<text>>, 11)
        || left(substring(<<text>> from 'T([\d:.]+)') || substr('<<clock>>', length(substring(<<text>> from 'T([\d:.]+)')) + 1), 12)
        || coalesce(substring(<<text>> from '(?:Z|[+-]\d\d:\d\d)$'), '<<zone>>'),
        <<length>>
    )
    when <<text>> ~ '^\d\d:\d\d(:\d\d(\.\d+)?)?$' then left(<<text>> || substr('<<clock>>', length(<<text>>) + 1), 12)
end
