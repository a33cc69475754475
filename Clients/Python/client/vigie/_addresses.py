# SPDX-License-Identifier: Apache-2.0
"""Addresses of servers, as people write them and as gRPC takes them."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Sequence, Union

DEFAULT_PORT = 7443
#: What a target is written as: one address, or several with commas between them.
Address = Union[str, Sequence[str]]


@dataclass(frozen=True)
class Target:
    """Where a client connects to."""

    #: As gRPC takes it.
    address: str
    #: The hosts; "localhost" for a socket that is a file.
    hosts: tuple[str, ...]


def parse_target(given: Address) -> Target:
    """Reads `HOST`, `HOST:PORT`, `[IPV6]:PORT`, `unix:PATH`, and lists of IP addresses of a kind.

    `dns:`, `ipv4:` and `ipv6:` may stand in front, as gRPC has it.
    """
    parts = [part.strip() for part in (given.split(",") if isinstance(given, str) else given)]
    if len(parts) == 1 and parts[0].startswith("unix:"):
        return Target(_path(parts[0]), ("localhost",))
    scheme = ""
    for known in ("dns:///", "dns:", "ipv4:", "ipv6:"):
        if parts and parts[0].startswith(known):
            scheme, parts[0] = known.rstrip("/"), parts[0][len(known):]
            break
    ends = [_host_and_port(part) for part in parts]
    if not ends:
        raise ValueError("there is no server address; write HOST, HOST:PORT or unix:PATH.")
    texts = [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in ends]
    hosts = tuple(host for host, _ in ends)
    if len(ends) == 1 and scheme in ("", "dns:"):
        return Target(texts[0], hosts)
    kinds = {_kind(host) for host in hosts}
    if len(kinds) > 1 or None in kinds or (scheme and kinds != {scheme}):
        raise ValueError(
            "several server addresses must all be of IPv4, or all of IPv6; of a name gRPC takes "
            "all addresses by itself."
        )
    return Target(f"{kinds.pop()}{','.join(texts)}", hosts)


def _path(text: str) -> str:
    path = text.removeprefix("unix:")
    if not path or (path.startswith("//") and not path.startswith("///")):
        raise ValueError(f"{text!r} is no server address; write unix:PATH, or unix:/// and a path.")
    return text


def _kind(host: str) -> str | None:
    """How gRPC calls the kind of an address; None for a name."""
    try:
        return f"ipv{ip_address(host).version}:"
    except ValueError:
        return None


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":") if not text.endswith("]") else (text, "", "")
    if not host:
        host, port = text, ""
    is_bracketed = host.startswith("[") and host.endswith("]")
    number = int(port) if port.isascii() and port.isdigit() else 0 if port else DEFAULT_PORT
    bare = host[1:-1] if is_bracketed else host
    is_whole = bare and not any(each in bare for each in "@/[] \t") and (
        _kind(bare) == "ipv6:" if is_bracketed else ":" not in bare)
    if not is_whole or not 0 < number < 65_536:
        # There may be a password in front of an at sign.
        shown = "what is given" if "@" in text else repr(text)
        raise ValueError(f"{shown} is no server address; write HOST, HOST:PORT, [IPV6]:PORT or "
                         "unix:PATH.")
    return bare, number
