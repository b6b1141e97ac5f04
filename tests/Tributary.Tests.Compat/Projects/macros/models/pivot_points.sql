{{ pivoted(ref('visits'), 'patient', 'ward', 'points') }}
