{# Arithmetic by recursion. #}

{% macro factorial(n) %}{{ return(1 if n < 2 else n * toolbox.factorial(n - 1)) }}{% endmacro %}

{% macro fibonacci(n) %}
    {%- if n < 2 -%}{%- do return(n) -%}{%- endif -%}
    {%- do return(toolbox.fibonacci(n - 1) + toolbox.fibonacci(n - 2)) -%}
{% endmacro %}

{% macro gcd(a, b) %}{{ return(a if b == 0 else toolbox.gcd(b, a % b)) }}{% endmacro %}

{% macro lcm(a, b) %}{{ return(a * b // toolbox.gcd(a, b)) }}{% endmacro %}

{% macro power(base, exponent) %}
    {%- if exponent == 0 -%}{{ return(1) }}{%- endif -%}
    {%- set half = toolbox.power(base, exponent // 2) -%}
    {{ return(half * half * (base if exponent % 2 else 1)) }}
{% endmacro %}

{% macro collatz_steps(n) %}{{ return(0 if n == 1 else 1 + toolbox.collatz_steps(n // 2 if n is even else 3 * n + 1)) }}{% endmacro %}

{% macro digit_sum(n) %}{{ return(n if n < 10 else n % 10 + toolbox.digit_sum(n // 10)) }}{% endmacro %}

{% macro hanoi(discs, source='a', target='c', spare='b') %}
    {%- if discs == 0 -%}{{ return([]) }}{%- endif -%}
    {{ return(toolbox.hanoi(discs - 1, source, spare, target) + [source ~ target] + toolbox.hanoi(discs - 1, spare, target, source)) }}
{% endmacro %}

{% macro binary(n) %}{{ return(n | string if n < 2 else toolbox.binary(n // 2) ~ n % 2) }}{% endmacro %}

{% macro roman(n) %}
    {%- for value, letters in [(1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')] if value <= n -%}
        {{ return(letters ~ toolbox.roman(n - value)) }}
    {%- endfor -%}
    {{ return('') }}
{% endmacro %}

{% macro primes(limit) %}
    {%- set found = [] -%}
    {%- for candidate in range(2, limit + 1) if toolbox.is_prime(candidate) -%}{%- do found.append(candidate) -%}{%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{% macro is_prime(n) %}
    {%- for divisor in range(2, n) -%}
        {%- if n % divisor == 0 -%}{{ return(false) }}{%- endif -%}
    {%- endfor -%}
    {{ return(n > 1) }}
{% endmacro %}
