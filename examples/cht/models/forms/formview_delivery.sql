-- A delivery.
{{ form_view('delivery', {
    'delivery_date': ('g_delivery,delivery_date', 'date'),
    'delivery_place': ('g_delivery,delivery_place', 'text'),
    'delivery_method': ('g_delivery,delivery_method', 'text'),
    'delivery_outcome': ('g_delivery,delivery_outcome', 'text'),
    'mother_outcome': ('g_delivery,mother_outcome', 'text'),
    'babies_alive': ('babies_alive', 'whole')
}) }}
