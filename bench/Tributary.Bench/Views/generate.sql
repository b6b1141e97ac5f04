create schema bench;
create table bench.patient as
select 'p' || i as id, jsonb_build_object(
    'resourceType', 'Patient', 'id', 'p' || i, 'active', i % 7 > 0, 'gender', case when i % 2 = 0 then 'male' else 'female' end,
    'birthDate', (date '1940-01-01' + i % 25000)::text,
    'meta', jsonb_build_object('versionId', '1', 'lastUpdated', '2025-01-01T00:00:00Z'),
    'managingOrganization', jsonb_build_object('reference', 'Organization/o' || i % 13),
    'name', jsonb_build_array(
        jsonb_build_object('use', 'nickname', 'given', jsonb_build_array('N' || i)),
        jsonb_build_object('use', 'official', 'family', 'Family' || i, 'given', jsonb_build_array('Given' || i, 'M'))),
    'telecom', jsonb_build_array(
        jsonb_build_object('system', 'email', 'value', i || '@example.org'),
        jsonb_build_object('system', 'phone', 'value', '555-' || i)),
    'address', jsonb_build_array(jsonb_build_object('city', 'City' || i % 500, 'postalCode', '10' || i % 100, 'line', jsonb_build_array(i || ' Street'))),
    'text', jsonb_build_object('status', 'generated', 'div', repeat('x', 300))) as resource
from generate_series(1, 2 * <<responses>>) as i;
create table bench.observation as
select 'o' || i as id, jsonb_build_object(
    'resourceType', 'Observation', 'id', 'o' || i, 'status', 'final', 'subject', jsonb_build_object('reference', 'Patient/p' || i % 1000),
    'effectiveDateTime', '2025-03-01T10:00:00Z', 'code', jsonb_build_object('text', 'Blood pressure'),
    'component', (select jsonb_agg(jsonb_build_object(
        'code', jsonb_build_object('coding', jsonb_build_array(jsonb_build_object('system', 'http://loinc.org', 'code', '84' || c))),
        'valueQuantity', jsonb_build_object('value', 60.5 + (i + c) % 80, 'unit', 'mmHg'))) from generate_series(1, 2) as c)) as resource
from generate_series(1, 2 * <<responses>>) as i;
create table bench.response as
select 'q' || i as id, jsonb_build_object(
    'resourceType', 'QuestionnaireResponse', 'id', 'q' || i, 'status', 'completed', 'questionnaire', 'https://example.org/Questionnaire/form',
    'subject', jsonb_build_object('reference', 'Patient/p' || i % 1000),
    'item', (select jsonb_agg(jsonb_build_object('linkId', 'g' || g, 'text', 'Group ' || g, 'item', (
        select jsonb_agg(jsonb_build_object('linkId', 'g' || g || '.' || k, 'text', 'How often in the last two weeks? ' || k, 'answer', jsonb_build_array(
            case when k = 1 then jsonb_build_object('valueString', 'free text ' || i, 'item', case when g = 1 then jsonb_build_array(jsonb_build_object(
                'linkId', 'g1.1.1', 'text', 'Since when?', 'answer', jsonb_build_array(jsonb_build_object('valueInteger', i % 30)))) else '[]' end)
            else jsonb_build_object('valueCoding', jsonb_build_object('system', 'http://loinc.org', 'code', 'LA6568-' || k, 'display', 'Several days')) end)))
        from generate_series(1, 3) as k))) from generate_series(1, 3) as g)) as resource
from generate_series(1, <<responses>>) as i;
