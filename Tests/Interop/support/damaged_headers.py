# SPDX-License-Identifier: Apache-2.0
"""Damage to the headers of a call, and which headers can still be right."""

import re
from random import Random

from support.damage import damaged
from support.good_calls import Call

Fields = list[tuple[bytes, bytes]]

TRACE = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
VALUES = {
    b":method": [b"GET", b"PUT", b"post", b"CONNECT", b"OPTIONS", b"", b"POST "],
    b":scheme": [b"http", b"", b"ftp", b"https:"],
    b":path": [b"/", b"*", b"", b"vigie", b"/nothing/There", b"/vigie.v1.ScoringService/", b"//"],
    b":authority": [b"", b"@", b"localhost:99999", b"a b", b"\xff"],
    b"content-type": [b"", b"text/plain", b"application/grpcx", b"application/grpc-web+proto",
                      b"application/json", b"APPLICATION/GRPC", b"application/grpc;", b"\xe9"],
    b"te": [b"", b"gzip", b"trailers, gzip", b"Trailers"],
    b"grpc-timeout": [b"", b"0S", b"1n", b"S", b"1", b"-1S", b"123456789S", b"99999999H", b"1.5S",
                      b"1 S", b"+1S", b"1s", b"00000001H", b"\xb2S"],
    b"grpc-encoding": [b"", b"br", b"snappy", b"GZIP", b"identity", b"gzip,gzip"],
    b"grpc-accept-encoding": [b"", b"gzip", b",,,gzip,", b"gzip;q=0", b"br", b"g" * 300],
    b"traceparent": [b"", b"ff" + TRACE[2:], TRACE[:-1], TRACE + b"-00", TRACE.upper(),
                     b"00-" + b"0" * 32 + TRACE[35:], b"\xff" * 55, b"-" * 55],
    b"authorization": [b"", b"Bearer", b"Bearer ", b"Basic YTpi", b"Bearer vigie_",
                       b"Bearer a.b.c", b"Bearer ..", b"Bearer " + b"." * 40,
                       b"Bearer " + b"A" * 5_000, b"bearer \xff"],
    b"content-length": [b"", b"0", b"-1", b"1", b"4294967296", b"18446744073709551616", b"1x"],
    b"user-agent": [b"", b"\0", b"\r\n", b"x" * 9_000],
    b"x-trace-bin": [b"", b"====", b"\xff\xff", b"AAA", b"A" * 8_000],
}
NEW = [(b"connection", b"close"), (b"transfer-encoding", b"chunked"), (b"upgrade", b"h2c"),
       (b"keep-alive", b"1"), (b"proxy-connection", b"close"), (b":status", b"200"),
       (b":unknown", b"1"), (b":protocol", b"websocket"), (b"", b"nameless"), (b"Upper", b"1"),
       (b"a b", b"1"), (b"x\0", b"1"), (b"grpc-status", b"0"), (b"grpc-message", b"%"),
       (b"host", b"other"), (b"cookie", b"a=b"), (b"expect", b"100-continue"), (b"grpc-x", b"1"),
       (b"x-line", b"a\nb"), (b"x-line", b"a\rb"), (b"x-nul", b"\0"), (b"x-high", b"\x80\xff")]
PSEUDO = {b":method", b":scheme", b":path", b":authority"}
FORBIDDEN = {b"connection", b"transfer-encoding", b"upgrade", b"keep-alive", b"proxy-connection"}
NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9a-z-]+")
TIMEOUT = re.compile(rb"[0-9]{1,8}[HMSmun]")
LIST_BYTES_MAX, LIST_COUNT_MAX = 16 << 10, 100


def good_fields(call: Call, authorization: bytes, encoding: bytes | None = None) -> Fields:
    """The headers of a call, as clients send them."""
    packing = [(b"grpc-encoding", encoding)] if encoding else []
    return [(b":method", b"POST"), (b":scheme", b"https"), (b":path", call.path.encode()),
            (b":authority", b"localhost"), (b"content-type", b"application/grpc"),
            (b"te", b"trailers"), *packing, (b"authorization", authorization)]


def damaged_fields(fields: Fields, chance: Random) -> Fields:
    """Headers of which some are damaged, left out, added or in another place."""
    made = fields + [(b"grpc-timeout", b"20S"), (b"traceparent", TRACE),
                     (b"grpc-accept-encoding", b"identity,gzip"), (b"x-trace-bin", b"AAECAw")]
    how, at = int(chance.random() * 9), int(chance.random() * len(made))
    name, value = made[at]
    if how < 2:
        name = chance.choice(list(VALUES))
        made = [each for each in made if each[0] != name]
        made.insert(min(at, len(made)) if name[:1] != b":" else 0,
                    (name, chance.choice(VALUES[name])))
    elif how < 4:
        made[at] = (name, damaged(value, chance, b"")[:3_000])
    elif how == 4:
        made[at] = (damaged(name, chance, b"")[:200], value)
    elif how == 5:
        del made[at]
    elif how == 6:
        made.insert(int(chance.random() * (len(made) + 1)), (name, value))
    elif how == 7:
        made.insert(int(chance.random() * (len(made) + 1)), chance.choice(NEW))
    elif chance.random() < 0.9:
        chance.shuffle(made)
    else:
        count, length = chance.choice([(90, 10), (120, 1), (30, 700), (2, 8_000), (1, 15_000)])
        made += [(b"x-%d" % each, b"v" * length) for each in range(count)]
    return made


def can_be_right(fields: Fields, authorization: bytes, body: bytes) -> bool:
    """Whether a call with such headers may be answered with OK."""
    if len(fields) > LIST_COUNT_MAX or sum(
            len(name) + len(value) + 32 for name, value in fields) > LIST_BYTES_MAX:
        return False
    pseudo = [name for name, _ in fields if name[:1] == b":"]
    if len(set(pseudo)) < len(pseudo) or not set(pseudo) <= PSEUDO or pseudo != [
            name for name, _ in fields[:len(pseudo)]]:
        return False
    names = [name for name, _ in fields if name[:1] != b":"]
    if not all(map(NAME.fullmatch, names)) or FORBIDDEN & set(names):
        return False
    # A field that no service looks at may be passed over.
    has = {name: value for name, value in reversed(fields)}
    told = [value for name, value in fields if name == b"authorization"]
    knows = has.get(b":path", b"").startswith(b"/grpc.health.v1.Health/") or (
        len(told) == 1 and told[0][:7].lower() == b"bearer " and told[0][7:].strip(b" \t")
        == authorization.removeprefix(b"Bearer "))
    kind = has.get(b"content-type", b"")
    lengths = [value for name, value in fields if name == b"content-length"]
    return (has.get(b":method") == b"POST" and b":scheme" in has and knows
            and kind[:16] == b"application/grpc" and kind[16:17] in (b"", b"+", b";")
            and has.get(b"te", b"trailers").lower() == b"trailers"
            and lengths in ([], [str(len(body)).encode()])
            and all(TIMEOUT.fullmatch(value) for name, value in fields if name == b"grpc-timeout"))
