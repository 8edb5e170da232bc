"""Addresses that somebody else chose."""

from __future__ import annotations

import pytest

from bookgen_site.lib.addresses import AddressError, is_public, split_url

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "address",
    [
        *(
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
        ),
        *(
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.51.100.1",
        ),
        *("203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::ffff:0:127.0.0.1", "64:ff9b::a00:1"),
        *("64:ff9b:1::a00:1", "100::1", "2001::1", "2001:20::1", "2001:db8::1", "2002:a00:1::", "3fff::1"),
        *(
            "168.63.129.16",
            "3ffe::1",
            "2606:4700::5efe:a00:1",
            "2606:4700::200:5efe:a00:1",
            "2606:4700::1%eth0",
        ),
        *("fc00::1", "fe80::1", "fec0::1", "ff02::1", "5f00::1", "", "example.com", "1.2.3"),
    ],
)
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "100.128.0.1", "172.15.255.254", "172.32.0.1", "11.0.0.1", "2606:4700::1111"]
)
def test_their_neighbours_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "example.com",
            "//example.com/",
            "file:///etc/passwd",
            "ftp://example.com/",
            "gopher://a.b/",
            "about:blank",
        ),
        *(
            "http:///x",
            "http:example.com/",
            "http://",
            "http://exa\tmple.com/",
            "http://example.com\r\nHost: a/",
        ),
        *(
            "http://127.0.0.1:80\\@example.com/",
            "http://a b.com/",
            "http://user@example.com/",
            "http://a:b@c.com/",
        ),
        *(
            "http://example.com:22/",
            "http://example.com:8080/",
            "http://example.com:99999/",
            "https://example.com:80/",
        ),
        *(
            "http://2130706433/",
            "http://0x7f000001/",
            "http://127.1/",
            "http://017700000001/",
            "http://00000177.0.0.1/",
        ),
        *(
            "http://[example.com]/",
            "http://[::1%25lo]/",
            "http://127%2e0%2e0%2e1/",
            "http://a..b/",
            "http://.a/",
        ),
        *(
            "http://127.0.0.1%00.example.com/",
            "http://１２７.０.０.１/",
            "http://127。0。0。1/",
            "http://ⓔⓧ.com/",
        ),
        *(
            "http://example.com:443abc/",
            "http://example.com:0/",
            "http://example.com:080/",
            "http://example.com:٨٠/",
        ),
        *("http://[::1]example.com/", "http://example.com[::1]/", "http://a:80:80/", "http://[v1.a]/"),
        *("http://xn--a.example/", "http://a.xn--0/", "http://xn--.example/"),
        *(
            "http://boo\u212a.example/",
            "http://ex\u00adample.com/",
            "http://example\uff0ecom/",
            "http://-a.com/",
        ),
        *(
            "http://1.2.3.4.5/",
            "http://a.0x1/",
            "http://example.com../",
            "http://@example.com/",
            "http://" + "a." * 130 + "com/",
        ),
        *("http://example.com/\x00", "http://example.com/" + "a" * 3000),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(AddressError):
        split_url(url)


def test_an_address_is_taken_apart() -> None:
    target = split_url("HTTPS://EXAMPLE.com./Ä/b?c=d&é#frag")

    assert (target.scheme, target.host, target.port) == ("https", "example.com", 443)
    assert target.path == "/%C3%84/b?c=d&%C3%A9"


def test_a_name_in_other_letters_goes_out_as_dns_writes_it() -> None:
    assert split_url("http://münchen.example/").host == "xn--mnchen-3ya.example"


def test_another_port_needs_leave_by_name() -> None:
    allowed = ["127.0.0.1:8000"]

    assert split_url("http://127.0.0.1:8000/", allowed_hosts=allowed).port == 8000
    with pytest.raises(AddressError):
        split_url("http://127.0.0.1:8001/", allowed_hosts=allowed)


def test_an_empty_port_is_the_usual_one() -> None:
    assert split_url("http://example.com:/a").url == "http://example.com/a"
    assert split_url("https://[2606:4700::1111]/").url == "https://[2606:4700::1111]/"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "a.localhost",
        "postgres",
        "printer.local",
        "nas.lan",
        "x.internal",
        "r.home.arpa",
        "10.0.0.1",
    ],
)
def test_names_and_addresses_inside_are_refused_by_their_looks(host: str) -> None:
    with pytest.raises(AddressError, match="private network"):
        split_url(f"http://{host}/", allowed_hosts=[])
    assert split_url(f"http://{host}/", allowed_hosts=[host.upper()]).allowed


def test_leave_is_for_one_host_and_its_ports() -> None:
    assert split_url("https://books.lan/", allowed_hosts=["books.lan"]).allowed
    assert split_url("http://[fd00::5]:81/", allowed_hosts=["[FD00:0::5]:81"]).allowed
    for url in ("http://books.lan:8080/", "http://my.books.lan/", "http://books.lan.example:8080/"):
        with pytest.raises(AddressError):
            split_url(url, allowed_hosts=["books.lan"])
    with pytest.raises(AddressError):
        split_url("http://books.lan/", allowed_hosts=["books.lan:8080", "http://books.lan"])


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(AddressError, match="user name"):
        split_url("http://me:secret@example.com/")
    with pytest.raises(AddressError, match="usual ports"):
        split_url("http://example.com:8080/")
