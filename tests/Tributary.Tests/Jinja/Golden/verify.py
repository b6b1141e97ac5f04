#!/usr/bin/env python3
"""Compares the golden files beside this script with Python's Jinja 2, the language's own implementation.

    verify.py            print every difference, exit 1 when there is one
    verify.py --write    write what Jinja answers into the files

Files whose context has "$ours" are left out: there Tributary answers differently on purpose, and the key says why.
"""
import json
import pathlib
import sys

import jinja2


def answer(context, template):
    undefined = jinja2.StrictUndefined if context.get("$undefined") == "strict" else jinja2.Undefined
    extensions = ["jinja2.ext.do"] + (["jinja2.ext.loopcontrols"] if context.get("$loop_controls") else [])
    environment = jinja2.Environment(
        extensions=extensions,
        undefined=undefined,
        trim_blocks=context.get("$trim_blocks", False),
        lstrip_blocks=context.get("$lstrip_blocks", False),
        keep_trailing_newline=context.get("$keep_trailing_newline", False),
    )
    return environment.from_string(template).render(**context)


def main():
    differences = 0
    for path in sorted(pathlib.Path(__file__).parent.glob("*.txt")):
        context, template, expected = path.read_text("utf-8").split("\n---\n", 2)
        values = json.loads(context)
        if "$ours" in values or expected.startswith("error: "):
            continue
        try:
            actual = answer(values, template)
        except Exception as error:  # the message is what the reader needs
            actual = f"raised {type(error).__name__}: {error}"
        if "--write" in sys.argv:
            path.write_text(f"{context}\n---\n{template}\n---\n{actual}\n", "utf-8")
        elif actual + "\n" != expected:
            differences += 1
            print(f"== {path.name}\n-- expected\n{expected}-- Jinja {jinja2.__version__}\n{actual}")
    sys.exit(1 if differences else 0)


main()
