select period_date, <<metric_id>>, value, organization_id, dimension, dimension_value, unit, method_version, description, status
from {{ ref(<<model>>) }}
