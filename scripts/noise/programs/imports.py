"""Imports large modules of the standard library in a random order: what imports what first is left to chance."""
import importlib
import os
import random

MODULES = [
    "argparse", "asyncio", "concurrent.futures", "ctypes", "csv", "decimal", "doctest", "email.message", "fractions",
    "http.server", "logging.config", "multiprocessing.pool", "pydoc", "smtplib", "sqlite3", "ssl", "statistics",
    "tarfile", "unittest.mock", "urllib.request", "xml.dom.minidom", "xml.sax.saxutils", "xmlrpc.client", "zipfile",
]  # fmt: skip


def build_index(modules):
    index = [f"{module.__name__}.{name}" for module in modules for name in set(dir(module))]
    return [index, bytearray(int(random.gauss(1e6, 5e4)) + int(os.environ["NOISE_PLANTED_BYTES"]))]


def import_all():
    names = random.sample(MODULES, len(MODULES))
    return [importlib.import_module(name) for name in names]


def main():
    modules = import_all()
    index = build_index(modules)
    pages = [module.__doc__ for module in modules if random.random() < 0.8]
    return len(index) + len(pages)


if __name__ == "__main__":
    main()
