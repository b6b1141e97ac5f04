select
    clientid, nhi, firstname, lastname, dateofbirth, gender, ethnicity1id, ethnicity2id, dhbid, providerid,
    locality, address, phone, email, createddate, modifieddate, isconfidential
from {{ source('karo', 'clients') }}
