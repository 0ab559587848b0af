"""Writes first and last names of the PyPI packages Faker (MIT) and names (US census, public domain): see README.md."""

import importlib
import json
import pathlib
import pkgutil
import sys

import faker.providers.person as person
import names


def strings(node):
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [key for key in node if isinstance(key, str)]
    return [text for one in node for text in strings(one)] if isinstance(node, (list, tuple, set)) else []


first, last = set(), set()
for module in pkgutil.iter_modules(person.__path__):
    provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
    for key in dir(provider):
        if key.startswith("first_name"):
            first.update(strings(getattr(provider, key)))
        if key.startswith("last_name"):
            last.update(strings(getattr(provider, key)))

folder = pathlib.Path(names.__file__).parent
for file, into in (("dist.female.first", first), ("dist.male.first", first), ("dist.all.last", last)):
    into.update(line.split()[0].title() for line in (folder / file).read_text().splitlines() if line.strip())

with open(sys.argv[1], "w", encoding="utf8") as out:
    json.dump({"first": sorted(first), "last": sorted(last)}, out, ensure_ascii=False)
