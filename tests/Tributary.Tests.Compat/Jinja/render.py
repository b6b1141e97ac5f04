"""Renders templates with Python's Jinja 2, the language's own implementation.

Reads {"context": …, "templates": […]} from stdin; writes one ["ok", text] or ["error", type] for each template.
"""
import json
import sys

import jinja2


def main():
    given = json.load(sys.stdin)
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    answers = []
    for template in given["templates"]:
        context = json.loads(json.dumps(given["context"]))  # templates change what they are given
        try:
            answers.append(["ok", environment.from_string(template).render(**context)])
        except Exception as error:  # which one does not matter: there must be one on the other side too
            answers.append(["error", type(error).__name__])
    json.dump(answers, sys.stdout)


main()
