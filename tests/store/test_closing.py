"""A store that is closed while other threads of the process read from it and write to it."""

from __future__ import annotations

from pathlib import Path

from tests.store.faults import child, whole

CLOSED_UNDER_READERS = """
    import threading
    source = store.add_source(Source("https://a.example/feed", "A"))
    store.add_items(source, [Item(f"{n}", f"headline {n}", f"https://a.example/{n}") for n in range(200)])
    LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT count(*) FROM n"

    def told(begun):
        try:
            with store._db.reading() as connection:
                begun.set()
                connection.execute(LONG).fetchone()
        except errors.StoreError as error:
            print("told", error.sentence)

    for _ in range(10):
        readers = []
        for _ in range(3):
            begun = threading.Event()
            readers.append(threading.Thread(target=told, args=(begun,)))
            readers[-1].start()
            begun.wait()
        time.sleep(0.02)
        store.close()
        for reader in readers:
            reader.join()
        print("opened again", len(store.stories(View())) > 0)
"""

CLOSED_UNDER_WRITERS = """
    import threading
    source = store.add_source(Source("https://a.example/feed", "A"))
    ended = threading.Event()

    def write(name):
        number = 0
        while not ended.is_set():
            try:
                store.add_items(source, [Item(f"{name}-{number}", f"headline {name} {number}",
                                              f"https://a.example/{name}/{number}")])
                store.stories(View())
            except errors.StoreError as error:
                if "was closed while" in error.sentence:
                    continue  # a read was broken off; what is written is not
                raise
            number += 1
        print(f"wrote {name} {number}\\n", end="")

    writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for writer in writers:
        writer.start()
    for _ in range(50):
        time.sleep(0.01)
        store.close()
    ended.set()
    for writer in writers:
        writer.join()
    store.close()
"""


def test_a_read_is_broken_off_and_python_goes_on(tmp_path: Path) -> None:
    """A connection closed under a statement took the whole process with it: a crash when the reader left."""
    path = tmp_path / "khabar.sqlite3"
    process = child(CLOSED_UNDER_READERS, str(path))
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert printed.count("opened again True") == 10
    assert printed.count(f"told {path} was closed while it was read.") == 30
    whole(path)


def test_what_is_being_written_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "khabar.sqlite3"
    process = child(CLOSED_UNDER_WRITERS, str(path))
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert sorted(line.split()[:2] for line in printed.splitlines()) == [["wrote", "a"], ["wrote", "b"]]
    whole(path)
