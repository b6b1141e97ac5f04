{{ banded_scores('gad_7') }}
