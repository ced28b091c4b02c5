"""The receipts of the last customers, for their questions."""

RECEIPTS: list[tuple[int, bytes]] = []


def note(number: int, receipt: str) -> None:
    RECEIPTS.append((number, receipt.encode()))


def get_recent() -> list[tuple[int, bytes]]:
    return RECEIPTS[-20:]
