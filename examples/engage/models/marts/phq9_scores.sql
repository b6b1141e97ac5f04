-- A positive answer to item 9 goes to the safety flow, whatever the rest of the form says.
{{ banded_scores('phq_9', [
    'scores.item_9 as self_harm',
    'coalesce(scores.item_9 > 0, false) as needs_safety_review',
]) }}
