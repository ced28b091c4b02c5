"""An example of a leak: a shop that takes orders, one after the other.

Recorded with `memray run -o leak.bin -m server` in this directory.
"""

import random
import time

import audit
import receipts


def take_orders(count: int, seed: int = 3) -> None:
    rng = random.Random(seed)
    for number in range(count):
        # The next customer comes a moment later.
        time.sleep(0.001)
        order = {name: rng.randint(1, 9) for name in rng.sample(receipts.ARTICLES, k=12)}
        receipt = receipts.render(number, order)
        audit.note(number, receipt)
    print(f"{count} orders, {len(audit.get_recent())} receipts at hand")


if __name__ == "__main__":
    receipts.load_prices()
    take_orders(400)
