"""Connections that cannot be led astray: checked addresses, a deadline nothing outlasts."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 in the last 32 bits


class FetchError(ValueError):
    """Something that cannot be fetched: the address and the reason in one sentence."""


class NotThisWay(FetchError):
    """A way to ask a site that is not to be had, where another may be."""


class Broken(NotThisWay):
    """A way that keeps failing on the site's side (500)."""


class Leave(FetchError):
    """A site that is to be left for now: it asks for that, or keeps failing."""


class Passing(FetchError):
    """A fault that may be over in a moment: worth another try."""


def resolve(host: str, port: int) -> list[tuple[str, int]]:
    """Look up the addresses of a host; raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(address[0]), port) for *_, address in found))


class Network(NamedTuple):
    """How names, waiting and addresses are dealt with; only tests use another.

    `may_be_private` names the hosts that may lead to a loopback address: none, save in tests.
    """

    resolve: Callable[[str, int], list[tuple[str, int]]] = resolve
    may_be_private: frozenset[str] = frozenset()
    pause: Callable[[float], None] = time.sleep


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the open internet; False for what is not an address.

    >>> is_public("151.101.1.1"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)

    Source: the IANA special-purpose registries, as `ipaddress` has them. IPv4 addresses wrapped in
    IPv6 ones are judged by what is inside.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class Deadline:
    """A time limit that cuts the connections made under it, whatever they wait for.

    A timeout on a socket starts anew with each byte, so a server that sends a byte a second would
    hold us for ever.
    """

    def __init__(self, seconds: float):
        self.over = False
        self._ends = time.monotonic() + seconds
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for held in self._held:
                held.close()

    def left(self) -> float:
        """Count the seconds that are left, never less than a hundredth."""
        return max(self._ends - time.monotonic(), 0.01)

    def hold(self, connection: socket.socket) -> None:
        """Put a connection under the deadline, by a second handle that TLS does not take over."""
        with self._lock:
            self._held.append(connection.dup())
        if self.over:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            self.over = True
            for held in self._held:
                with contextlib.suppress(OSError):  # closed by the other side already
                    held.shutdown(socket.SHUT_RDWR)


def connect(host: str, port: int, network: Network, deadline: Deadline) -> socket.socket:
    """Connect to a host at an address that was checked; no later DNS answer replaces it.

    Raises FetchError where the name leads to a loopback or private address, or nowhere; Passing
    where nobody answers.
    """
    try:
        found = network.resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host}: the name is not known; check it and the connection") from error
    inside = [ip for ip, _ in found if not is_public(ip)]
    if inside and host not in network.may_be_private:
        raise FetchError(f"{host}: leads to {inside[0]}, not an address on the open internet; left alone")
    for address in found:
        with contextlib.suppress(OSError):  # the next address may answer
            connection = socket.create_connection(address, timeout=deadline.left())
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            deadline.hold(connection)
            return connection
    raise Passing(f"{host}: cannot be reached; check the connection and try again later")


def adapter(network: Network, deadline: Callable[[], Deadline]) -> HTTPAdapter:
    """Make the part of requests that opens connections, by way of `connect`."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port or 80, network, deadline())

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port or 443, network, deadline())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    class Checked(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
            super().init_poolmanager(*arguments, **named)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    return Checked(max_retries=0)
