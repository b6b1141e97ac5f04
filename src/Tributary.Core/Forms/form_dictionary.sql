select table_name, column_name, form, form_title, by_sms, path, type, data_type, label, labels, choices, is_required, is_current
from jsonb_to_recordset(<<rows>>) as d (
    table_name text, column_name text, form text, form_title text, by_sms boolean, path text, type text, data_type text, label text, labels jsonb, choices jsonb,
    is_required boolean, is_current boolean)
