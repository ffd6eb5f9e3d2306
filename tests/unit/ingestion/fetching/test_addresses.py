"""Where may be fetched from."""

import httpx
import pytest

from ingestion.errors import FetchError, SourceError
from ingestion.fetching.addresses import AddressPolicy, origins, parse_address, resolve


class TestAddressPolicy:
    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "127.8.8.8", "0.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
            *("169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16"),
            *("224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1"),
            *("::1", "::", "fe80::1", "fe80::1%1", "fd00:ec2::254", "fec0::1", "ff02::1"),
            *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1"),
            *("2002:a00:1::", "2001:0:1::1", "2001:db8::1"),
        ],
    )
    def test_refuses_what_is_not_public(self, address: str) -> None:
        with pytest.raises(FetchError, match="which is not public"):
            AddressPolicy().check("host.example", [address])

    @pytest.mark.parametrize(
        "address", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
    )
    def test_allows_what_is_public(self, address: str) -> None:
        AddressPolicy().check("host.example", [address])

    def test_refuses_a_host_with_a_single_private_address(self) -> None:
        with pytest.raises(FetchError, match=r"host\.example has the address 10\.0\.0\.1"):
            AddressPolicy().check("host.example", ["93.184.215.14", "10.0.0.1"])

    @pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3", "fd00::1"])
    def test_allows_private_networks_that_are_named(self, address: str) -> None:
        AddressPolicy(["10.1.0.0/16", "fd00::1"]).check("host.example", [address])

    def test_says_which_network_is_none(self) -> None:
        with pytest.raises(SourceError, match="CANDOR_ALLOWED_NETWORKS can't be used: 'intranet'"):
            AddressPolicy(["intranet"])


class TestParseAddress:
    @pytest.mark.parametrize(
        "url",
        [
            *("ftp://a.example/", "file:///etc/passwd", "a.example", "/a", "", "http://", "//a"),
            *("http://[", "http://a.example:99999/", "javascript:alert(1)", "gopher://a.example"),
        ],
    )
    def test_refuses_what_is_no_web_address(self, url: str) -> None:
        with pytest.raises(FetchError, match=r"is no (web|http or https) address"):
            parse_address(url)

    def test_refuses_passwords_and_does_not_show_them(self) -> None:
        with pytest.raises(FetchError) as caught:
            parse_address("https://editor:hidden@docs.example/")

        assert "hidden" not in str(caught.value)

    def test_leaves_out_the_fragment(self) -> None:
        assert str(parse_address("https://docs.example/a?b=c#d")) == "https://docs.example/a?b=c"


class TestOrigins:
    def test_of_an_encrypted_website_are_encrypted(self) -> None:
        allowed = origins(httpx.URL("https://docs.example:8443/sitemap.xml"), ["help.example"])

        assert allowed == {
            "https://docs.example:8443",
            "https://docs.example:443",
            "https://help.example:443",
        }

    def test_of_another_website_may_be(self) -> None:
        allowed = origins(httpx.URL("http://docs.example/"), ["help.example:81"])

        assert allowed == {
            "http://docs.example:80",
            "https://docs.example:443",
            "http://help.example:81",
            "https://help.example:81",
        }


class TestResolve:
    def test_knows_this_machine(self) -> None:
        assert "127.0.0.1" in resolve("localhost", 80)
