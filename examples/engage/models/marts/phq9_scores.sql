-- A positive answer to item 9 goes to the safety flow, whatever the rest of the form says.
{{ instrument_scores('PHQ-9', ['coalesce(scores.item9_positive, false) as needs_safety_review']) }}
