"""The sources of the product as trees and texts."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ROOT / "loket"


@cache
def modules():
    """Every Python file of the product but migrations, by its path from the root."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text())
        for path in sorted(PRODUCT.rglob("*.py"))
        if "migrations" not in path.parts
    }


@cache
def templates():
    """Every template by the name it is loaded with."""
    found = {}
    for folder in sorted(PRODUCT.glob("*/templates")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found[str(path.relative_to(folder))] = path.read_text()
    return found


def nodes(*kinds):
    """Every node of these kinds with the file it stands in."""
    return [
        (path, node)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    ]


def texts():
    """Every string constant of the product with its file and line."""
    return [
        (path, node.lineno, node.value)
        for path, node in nodes(ast.Constant)
        if isinstance(node.value, str)
    ]
