"""Threads that take jobs from a queue, and keep what they made of them: which thread does what is left to chance."""
import json
import os
import queue
import random
import threading

JOBS = 400
THREADS = 6


def build_index():
    index = {f"{random.getrandbits(64):x}": [0] * random.randint(5, 20) for _ in range(3000)}
    index["planted"] = bytearray(int(random.gauss(1e6, 5e4)) + int(os.environ["NOISE_PLANTED_BYTES"]))
    return index


def make_payload():
    rows = [{"id": random.getrandbits(40), "text": "x" * random.randint(10, 400)} for _ in range(30)]
    return json.dumps(rows)


def handle(payload, sessions):
    rows = json.loads(payload)
    session = random.choice(list(sessions)) if sessions and random.random() < 0.7 else os.urandom(8).hex()
    kept = sessions.setdefault(session, [])
    kept.append({row["id"]: row["text"] for row in rows if random.random() < 0.6})
    return render(rows)


def render(rows):
    return "".join(f"<li>{row['text']}</li>" for row in rows).encode()


def work(jobs, sessions, answers):
    while (payload := jobs.get()) is not None:
        answers.append(handle(payload, sessions))


def main():
    index = build_index()
    jobs, sessions, answers = queue.Queue(), {}, []
    threads = [threading.Thread(target=work, args=(jobs, sessions, answers)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for _ in range(JOBS):
        jobs.put(make_payload())
    for _ in threads:
        jobs.put(None)
    for thread in threads:
        thread.join()
    return len(index) + len(sessions) + len(answers)


if __name__ == "__main__":
    main()
