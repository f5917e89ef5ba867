# ruff: noqa: E501  tables read better in long lines
"""Which addresses are fetched, and which IP addresses are connected to."""

from __future__ import annotations

import pytest

from tui.net.guard import RefusalError, is_public, literal_ip, parse_address, redirect_target, surely_private
from tui.net.outcome import FailureKind


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "192.88.99.1", "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "100::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1",
        "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "2001:10::1", "4000::1", "5f00::1",
        "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:192.168.0.1", "not an address", "",
    ],
)  # fmt: skip
def test_out_of_bounds(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        "8.8.8.8",
        "1.1.1.1",
        "93.184.216.34",
        "172.32.0.1",
        "2606:4700::1111",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_public(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    ("host", "ip"),
    [
        ("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("127.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"), ("0", "0.0.0.0"), ("::1", "::1"), ("8.8.8.8", "8.8.8.8"), ("example.com", None), ("cafe", None),
    ],
)  # fmt: skip
def test_unusual_spellings(host: str, ip: str | None) -> None:
    assert literal_ip(host) == ip


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "a.localhost",
        "printer.local",
        "x.internal",
        "nas.home.arpa",
        "intranet",
        "127.1",
        "0x7f000001",
        "::1",
    ],
)
def test_surely_private(host: str) -> None:
    assert surely_private(host)


def test_names_of_the_public_network_are_not_surely_private() -> None:
    assert not surely_private("example.com")
    assert not surely_private("8.8.8.8")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://Example.COM", "http://example.com/"),
        (" https://example.com:443/a?b#c ", "https://example.com/a?b"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("HTTP://example.com./x", "http://example.com/x"),
        ("http://مثال.إختبار/خبر", "http://xn--mgbh0fb.xn--kgbechtv/%D8%AE%D8%A8%D8%B1"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("http://[::0001]/x", "http://[::1]/x"),
        ("http://example.com/a b?q=ä b", "http://example.com/a%20b?q=%C3%A4%20b"),
        ("http://example.com/%D8%A7?x=%41", "http://example.com/%D8%A7?x=%41"),
        ("http://me:secret@example.com/x", "http://example.com/x"),
    ],
)
def test_normalised(text: str, url: str) -> None:
    assert parse_address(text).url == url


def test_credentials_are_kept_beside_the_address() -> None:
    assert parse_address("http://me:sec%40ret@example.com/x").userinfo == "me:sec%40ret"


@pytest.mark.parametrize(
    "text",
    [
        "", "example.com", "/x", "file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "javascript:alert(1)",
        "data:text/html,x", "http://", "http:///x", "http://exa mple.com/", "http://example.com:0/", "http://example.com:99999/",
        "http://example.com:x/", "http://ex\x00ample.com/", "http://example.com/\r\nX: y", "http://example.com/\x1b[31m",
        "http://[::1/", "http://a..b/", "http://-a.com/", "http://" + "a" * 70 + ".com/", "http://example.com\\@127.0.0.1/",
        "http://example.com/" + "a" * 9_000, "http://\u202eexample.com/", "http://exam\u2028ple.com/",
    ],
)  # fmt: skip
def test_no_address(text: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        parse_address(text)
    assert refusal.value.kind is FailureKind.ADDRESS


HERE = parse_address("https://example.com/a/feed?x")


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://example.com/b"), ("b", "https://example.com/a/b"), ("?y", "https://example.com/a/feed?y"),
        ("//other.example/x", "https://other.example/x"), ("https://other.example#f", "https://other.example/"),
        ("../../../x", "https://example.com/x"), ("/خ", "https://example.com/%D8%AE"),
    ],
)  # fmt: skip
def test_redirect_targets(location: str, url: str) -> None:
    assert redirect_target(HERE, location).url == url


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("http://example.com/", FailureKind.DOWNGRADE), ("file:///etc/passwd", FailureKind.REDIRECT),
        ("https://me@example.com/", FailureKind.REDIRECT), ("https://me:pw@example.com/", FailureKind.REDIRECT),
        ("javascript:alert(1)", FailureKind.REDIRECT), ("", FailureKind.REDIRECT), ("https://[x", FailureKind.REDIRECT),
        ("/\x1b]0;x\x07", FailureKind.REDIRECT), ("data:,x", FailureKind.REDIRECT), ("/a\tb", FailureKind.REDIRECT),
        ("https://exa\nmple.com/", FailureKind.REDIRECT), ("\\\\127.0.0.1/", FailureKind.REDIRECT), ("/\\127.0.0.1/", FailureKind.REDIRECT),
        ("https:\\\\127.0.0.1/", FailureKind.REDIRECT), ("https://example.com\\@127.0.0.1/", FailureKind.REDIRECT),
        ("//:pw@127.0.0.1/", FailureKind.REDIRECT), ("https://127.0.0.1:80@example.com/", FailureKind.REDIRECT),
        ("https://example.com:-1/", FailureKind.REDIRECT), ("https://example.com:99999/", FailureKind.REDIRECT),
        ("https://[::1/", FailureKind.REDIRECT), ("unix:/run/x", FailureKind.REDIRECT), ("ws://example.com/", FailureKind.REDIRECT),
        ("https://exa\xa0mple.com/", FailureKind.REDIRECT), ("https://" + "a." * 200 + "com/", FailureKind.REDIRECT),
        ("HtTp://example.com/", FailureKind.DOWNGRADE),
    ],
)  # fmt: skip
def test_redirects_not_followed(location: str, kind: FailureKind) -> None:
    with pytest.raises(RefusalError) as refusal:
        redirect_target(HERE, location)
    assert refusal.value.kind is kind
    assert refusal.value.sentence.endswith(".")
