"""The server speaks HTTP as real sites do: over real sockets."""

import socket
import subprocess
import sys
import threading
import zlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPResponse

import pytest

from tui import edition
from tui.edition.http import parse_http_date
from tui.edition.server import EditionServer
from tui.edition.site import Site

ANCHOR = datetime(2026, 3, 5, 14, tzinfo=UTC)


def ask(
    server: EditionServer, path: str, *, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def raw(server: EditionServer, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(sent)
        received = b""
        while part := connection.recv(65_536):
            received += part
        return received


def test_an_entity_tag_gives_304(server: EditionServer) -> None:
    first, body = ask(server, "/rss")
    assert body
    again, nothing = ask(server, "/rss", headers={"If-None-Match": f'"other", W/{first.headers["ETag"]}'})
    assert again.status == 304
    assert nothing == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Length"] is None
    changed, whole = ask(server, "/rss", headers={"If-None-Match": '"other"'})
    assert (changed.status, whole) == (200, body)


def test_a_date_gives_304_and_an_entity_tag_wins_over_it(server: EditionServer) -> None:
    first, _ = ask(server, "/press/sahil/feed.xml")
    since = first.headers["Last-Modified"]
    assert first.headers["ETag"] is None
    assert ask(server, "/press/sahil/feed.xml", headers={"If-Modified-Since": since})[0].status == 304
    early = "Thu, 01 Jan 2026 00:00:00 GMT"
    assert ask(server, "/press/sahil/feed.xml", headers={"If-Modified-Since": early})[0].status == 200
    assert ask(server, "/press/sahil/feed.xml", headers={"If-Modified-Since": "last week"})[0].status == 200
    both = {"If-None-Match": '"other"', "If-Modified-Since": since}
    assert ask(server, "/rss", headers=both)[0].status == 200


def test_the_persian_feed_has_a_tag_only_and_the_others_both(server: EditionServer) -> None:
    persian, _ = ask(server, "/press/karaneh/feed.xml")
    arabic, _ = ask(server, "/press/marfa/feed.xml")
    assert persian.headers["ETag"]
    assert persian.headers["Last-Modified"] is None
    assert arabic.headers["ETag"]
    assert parsedate_to_datetime(arabic.headers["Last-Modified"]) <= ANCHOR


def test_every_source_is_revalidated_with_a_304(server: EditionServer) -> None:
    for source in edition.sources(server.base):
        path = source.address.removeprefix(server.base)
        first, _ = ask(server, path)
        if first.status == 302:
            path = first.headers["Location"]
            first, _ = ask(server, path)
        if first.status == 503:
            continue
        wishes = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
        again, _ = ask(server, path, headers={k: v for k, v in wishes.items() if v})
        assert again.status == 304, path


def test_gzip_is_given_to_those_who_take_it(server: EditionServer) -> None:
    plain, body = ask(server, "/rss")
    packed, small = ask(server, "/rss", headers={"Accept-Encoding": "br;q=0.5, gzip"})
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert zlib.decompress(small, 31) == body
    assert len(small) < len(body) / 2
    refused, _ = ask(server, "/rss", headers={"Accept-Encoding": "gzip;q=0"})
    assert refused.headers["Content-Encoding"] is None
    again, _ = ask(server, "/rss", headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert again.status == 304


def test_head_tells_the_same_without_the_body(server: EditionServer) -> None:
    whole, body = ask(server, "/press/lantern/atom.xml")
    head, nothing = ask(server, "/press/lantern/atom.xml", method="HEAD")
    assert nothing == b""
    assert int(head.headers["Content-Length"]) == len(body)
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_redirects_name_their_target(server: EditionServer) -> None:
    moved, _ = ask(server, "/old-feed")
    assert (moved.status, moved.headers["Location"]) == (301, "/press/lantern/atom.xml")
    found, _ = ask(server, "/press/embruns/latest")
    assert (found.status, found.headers["Location"]) == (302, "/press/embruns/feed.json")
    assert ask(server, moved.headers["Location"])[0].status == 200


def test_the_failing_paper_asks_to_wait(server: EditionServer) -> None:
    response, body = ask(server, "/press/rabwa/feed.xml")
    assert response.status == 503
    assert int(response.headers["Retry-After"]) > 0
    assert body.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/nawaris/999999",
        "/fr/nawaris/4419",
        "/pictures/none.png",
        "/pictures/../server.py",
        "/pictures/..%2fserver.py",
        "/pictures/%2e%2e/server.py",
        "/../../etc/passwd",
        "//etc/passwd",
        "/press/marfa/stories/../../../server.py",
        "/press/nobody/stories/1.html",
    ],
)
def test_what_is_not_there_is_not_found(server: EditionServer, path: str) -> None:
    answer = raw(server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"def " not in answer


def test_a_query_does_not_matter(server: EditionServer) -> None:
    assert ask(server, "/rss?a=1")[1] == ask(server, "/rss")[1]


def test_a_connection_serves_many_requests_also_sent_at_once(server: EditionServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    for path in ("/rss", "/press/marfa/feed.xml", "/nothing", "/pictures/palms.png"):
        connection.request("GET", path)
        response = connection.getresponse()
        assert len(response.read()) == int(response.headers["Content-Length"])
    connection.close()
    twice = b"GET /rss HTTP/1.1\r\nHost: x\r\n\r\nHEAD /rss HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert raw(server, twice).count(b"HTTP/1.1 200 OK") == 2


def test_http_1_0_is_closed_after_one_answer(server: EditionServer) -> None:
    assert raw(server, b"GET /robots.txt HTTP/1.0\r\n\r\n").endswith(b"Allow: /\n")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST /rss HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi", b"405"),
        (b"hello\r\n\r\n", b"400"),
        (b"GET /rss SPDY/9\r\n\r\n", b"400"),
        (b"GET  HTTP/1.1\r\n\r\n", b"404"),
    ],
)
def test_other_methods_and_nonsense_are_answered_and_closed(server: EditionServer, sent: bytes, status: bytes) -> None:
    sent = sent.replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\nConnection: close\r\n")
    answer = raw(server, sent)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert answer.count(b"HTTP/1.1") == 1


def test_an_endless_head_is_cut_off(server: EditionServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000)
            assert connection.recv(10) == b""
        except ConnectionError:
            pass  # the server closed while we were still sending
    assert ask(server, "/rss")[0].status == 200


def test_many_readers_at_once_get_the_same(server: EditionServer) -> None:
    bodies: list[bytes] = []
    readers = [threading.Thread(target=lambda: bodies.append(ask(server, "/")[1])) for _ in range(24)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(bodies) == 24
    assert len(set(bodies)) == 1


def test_it_listens_on_the_loopback_only(server: EditionServer) -> None:
    assert server._socket is not None
    assert server._socket.getsockname()[0] == "127.0.0.1"


def test_stop_closes_open_connections_and_frees_the_port() -> None:
    server = EditionServer(ANCHOR).start()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("GET", "/rss")
    connection.getresponse().read()
    server.stop()
    server.stop()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", server.port), timeout=1)
    with EditionServer(ANCHOR, port=server.port) as again:
        assert ask(again, "/rss")[0].status == 200
    connection.close()


def test_a_taken_port_is_refused() -> None:
    with EditionServer(ANCHOR) as first, pytest.raises(OSError):
        EditionServer(ANCHOR, port=first.port).start()


def test_the_log_has_a_line_for_each_answer() -> None:
    lines: list[str] = []
    with EditionServer(ANCHOR, log=lines.append) as server:
        ask(server, "/rss")
        ask(server, "/nothing")
    assert [line.split()[:3] for line in lines] == [["GET", "/rss", "200"], ["GET", "/nothing", "404"]]


def test_the_same_anchor_and_address_give_the_same_bytes() -> None:
    paths = ["/", "/rss", "/marfa/101", "/press/sanabil/stories/61.html"]
    paths += [s.address.removeprefix("http://127.0.0.1:1") for s in edition.sources("http://127.0.0.1:1")]
    one, two = Site(ANCHOR, "http://127.0.0.1:1"), Site(ANCHOR, "http://127.0.0.1:1")
    later = Site(ANCHOR.replace(hour=15), "http://127.0.0.1:1")
    for path in paths:
        assert one.resource(path) == two.resource(path)
    assert one.resource("/rss") != later.resource("/rss")


def test_a_date_of_http_is_read_or_refused() -> None:
    assert parse_http_date("Thu, 05 Mar 2026 14:00:00 GMT") == ANCHOR
    for wrong in ("", "yesterday", "Thu, 05 Mar 2026 14:00:00 CET", "Thu, 99 Mar 2026 14:00:00 GMT"):
        with pytest.raises(ValueError):
            parse_http_date(wrong)


def test_importing_the_server_brings_nothing_heavy() -> None:
    code = "import sys, tui.edition.server, tui.edition.state; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"asyncio", "http.server", "httpx", "textual", "feedparser", "email.utils", "ssl"} & set(loaded)
