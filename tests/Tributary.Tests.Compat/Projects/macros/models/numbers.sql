{%- set moves = toolbox.hanoi(3) -%}
{{ toolbox.rows_of({
    'factorials': toolbox.factorial(6),
    'a large factorial': toolbox.factorial(21),
    'fibonacci': toolbox.fibonacci(12),
    'gcd': toolbox.gcd(84, 36),
    'lcm': toolbox.lcm(4, 6),
    'power': toolbox.power(3, 5),
    'collatz': toolbox.collatz_steps(6),
    'digits': toolbox.digit_sum(9875),
    'hanoi': moves | join(' '),
    'binary': toolbox.binary(10),
    'roman': toolbox.roman(1994),
    'primes': toolbox.primes(20) | join(','),
}) }}
