select
    assessmentid, clientid, assesseddate, tool, riskscore, needscore
from {{ source('karo', 'hauoraassessments') }}
