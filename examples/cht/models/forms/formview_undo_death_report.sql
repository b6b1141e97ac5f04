-- A death was reported by mistake.
{{ form_view('undo_death_report', {
    'confirm_undo': ('confirm_undo', 'text')
}) }}
