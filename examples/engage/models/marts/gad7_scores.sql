{{ instrument_scores('GAD-7') }}
