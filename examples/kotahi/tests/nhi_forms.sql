-- The numbers of the standard and of the owner; rows are those whose form came out otherwise.
with known (nhi, form) as (
    values
        ('ZZZ0016', 'old'), ('ZZZ0024', 'old'), ('ZAC5361', 'old'), ('JBX3656', 'old'), ('CGC2720', 'old'), ('ABC1235', 'old'),
        ('ZZZ0044', null), ('DAB8233', null), ('ZBN77VL', 'new'), ('ZXE24NV', 'new'), ('ZUA48EH', 'new'), ('ZZZ00AC', 'new'),
        ('ZZZ00AX', null), ('ZGT56KB', null), ('ZIO0016', null), ('ZZZ001', null), ('', null)
)
select * from known where {{ nhi_form('nhi', draft24=false) }} is distinct from form
union all
select nhi, 'draft24' from (values ('ZZZ00AX'), ('ZGT56KB')) as drafted (nhi) where {{ nhi_form('nhi', draft24=true) }} is distinct from 'draft24'
union all
select nhi, 'new' from (values ('ZBN77VL'), ('ZXE24NV')) as still (nhi) where {{ nhi_form('nhi', draft24=true) }} is distinct from 'new'
