"""The example on the first screen of the README. That it runs against a matcher is tested with the demo."""

import ast

import client_sdk


def test_the_example_imports_public_names_only(readme_voorbeeld: str) -> None:
    imports = [node for node in ast.walk(ast.parse(readme_voorbeeld)) if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in imports if node.module == "client_sdk" for alias in node.names}

    assert names
    assert names <= set(client_sdk.__all__)


def test_no_import_reaches_behind_the_public_surface(readme_voorbeeld: str) -> None:
    imports = [node for node in ast.walk(ast.parse(readme_voorbeeld)) if isinstance(node, ast.ImportFrom)]

    assert {node.module for node in imports} == {"pathlib", "client_sdk"}
