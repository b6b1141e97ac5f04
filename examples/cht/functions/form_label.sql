{{ config(materialized='function', arguments='form text', returns='text', volatility='stable') }}
-- The title of a form in English, for dashboards.
select title from {{ ref('form') }} as known where known.form = form_label.form
