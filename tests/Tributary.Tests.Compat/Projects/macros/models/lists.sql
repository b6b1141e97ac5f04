{%- set points = [3, 5, 2, 4, 1, 7] -%}
{{ toolbox.rows_of({
    'running': toolbox.running_totals(points),
    'total': toolbox.total(points),
    'largest': toolbox.largest(points),
    'nothing': toolbox.largest([]),
    'flat': toolbox.flatten([1, [2, [3, 'four']], (5,)]),
    'chunks': toolbox.chunks(points, 4),
    'counts': toolbox.count_by(['b', 'a', 'b']),
    'inverted': toolbox.invert({'x': 1, 'y': 2, 'z': 1}),
    'merged': toolbox.merge({'a': {'b': 1, 'c': 2}, 'd': 3}, {'a': {'c': 4}, 'e': none}),
    'permutations': toolbox.permutations([1, 2, 3]) | map('join') | join(' '),
    'applied': toolbox.apply(toolbox.pad, 7, width=3),
}) }}
