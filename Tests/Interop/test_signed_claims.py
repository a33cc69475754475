# SPDX-License-Identifier: Apache-2.0
"""JWTs as bearer tokens, made with PyJWT: what counts, and everything that must not."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass

import grpc
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from support.access import bearer, models, refused, score, vigied
from support.server import Server

ISSUER, AUDIENCE = "https://id.example.com/", "vigie"

RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()
OTHER_RSA = rsa.generate_private_key(65537, 2048)
KEYS = {"RS256": RSA, "PS256": RSA, "ES256": EC, "EdDSA": ED}


def public(algorithm: str, key) -> dict:
    """A public key of a set."""
    kind = {"RS256": RSAAlgorithm, "PS256": RSAAlgorithm, "ES256": ECAlgorithm,
            "EdDSA": OKPAlgorithm}[algorithm]
    found = json.loads(kind.to_jwk(key.public_key()))
    return found | {"kid": f"key-{algorithm}", "alg": algorithm, "use": "sig"}


@dataclass(frozen=True)
class after:
    """A time from when a test runs, not from when it was collected."""

    seconds: float


def claims(**changes: object) -> dict:
    """Claims that count, with changes; None takes one away."""
    now = int(time.time())
    all_of_them = {"iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "exp": now + 600, "iat": now,
                   "roles": ["score"]} | changes
    return {name: now + value.seconds if isinstance(value, after) else value
            for name, value in all_of_them.items() if value is not None}


def signed(algorithm: str = "ES256", key=None, header: dict | None = None, **changes) -> str:
    return jwt.encode(claims(**changes), key or KEYS[algorithm], algorithm,
                      headers={"kid": f"key-{algorithm}"} | (header or {}))


@pytest.fixture(scope="module")
def key_set(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    path.write_text(json.dumps({"keys": [public(*each) for each in KEYS.items()],
                                "more": "is passed over"}))
    return str(path)


@pytest.fixture(scope="module")
def channel(certificates, key_set):
    with Server(certificates, "--jwt-keys", key_set, "--jwt-issuer", ISSUER, "--jwt-audience",
                AUDIENCE) as server, server.channel() as channel:
        yield channel


@pytest.mark.parametrize("algorithm", KEYS)
def test_every_algorithm_is_let_in(channel, algorithm):
    for _ in range(3):
        assert models(channel, bearer(signed(algorithm)))
        score(channel, bearer(signed(algorithm)))


@pytest.mark.parametrize("changes", [
    {"aud": ["other", AUDIENCE]}, {"roles": "read score"}, {"exp": after(90.5)},
    {"nbf": after(20)}, {"exp": after(-20)}, {"sub": "é" * 100},
    {"iat": None}, {"nested": {"a": [1, {"b": None}]}},
])
def test_claims_that_count(channel, changes):
    assert models(channel, bearer(signed(**changes)))


@pytest.mark.parametrize("reason, changes", [
    ("TOKEN_EXPIRED", {"exp": after(-120)}), ("TOKEN_EXPIRED", {"exp": -1}),
    ("MALFORMED_JWT", {"exp": None}), ("MALFORMED_JWT", {"exp": "tomorrow"}),
    ("MALFORMED_JWT", {"exp": 1e300}), ("MALFORMED_JWT", {"nbf": "now"}),
    ("MALFORMED_JWT", {"exp": [9999999999]}),
    ("TOKEN_NOT_YET_VALID", {"nbf": after(3_600)}),
    ("WRONG_ISSUER", {"iss": "https://id.example.com"}), ("WRONG_ISSUER", {"iss": None}),
    ("WRONG_AUDIENCE", {"aud": "Vigie"}), ("WRONG_AUDIENCE", {"aud": None}),
    ("WRONG_AUDIENCE", {"aud": []}), ("NO_SUBJECT", {"sub": None}), ("NO_SUBJECT", {"sub": ""}),
    ("NO_SUBJECT", {"sub": "a\nb"}), ("NO_SUBJECT", {"sub": "x" * 300}),
])
def test_claims_that_do_not_count(channel, reason, changes):
    # PyJWT itself would not make some of them.
    token = by_hand({"alg": "ES256", "kid": "key-ES256"}, claims(**changes))
    code, told, _ = refused(models, channel, bearer(token))
    assert (code, told) == ("UNAUTHENTICATED", reason)


def text(value: bytes) -> bytes:
    return base64.urlsafe_b64encode(value).rstrip(b"=")


def by_hand(header: object, body: object, signature=None) -> str:
    """A JWT signed with the key for ES256, or as `signature` says."""
    start = text(json.dumps(header).encode()) + b"." + text(json.dumps(body).encode())
    if signature is None:
        made = ECAlgorithm(ECAlgorithm.SHA256).sign(start, EC)
    else:
        made = signature(start)
    return (start + b"." + text(made)).decode()


def test_algorithms_are_bound_to_keys(channel):
    public_key = RSA.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    confused = [
        # The public key as a secret, none at all, and keys that are for others.
        by_hand({"alg": "HS256", "kid": "key-RS256"}, claims(),
                lambda start: hmac.new(public_key, start, hashlib.sha256).digest()),
        by_hand({"alg": "none"}, claims(), lambda _: b""),
        by_hand({"alg": "None", "kid": "key-ES256"}, claims(), lambda _: b""),
        by_hand({"kid": "key-ES256"}, claims()),
        by_hand({"alg": ["ES256"], "kid": "key-ES256"}, claims()),
        signed("PS256", header={"kid": "key-RS256"}),
        signed("RS256", header={"kid": "key-PS256"}),
        signed("ES256", header={"kid": "key-EdDSA"}),
        jwt.encode(claims(), RSA, "RS512", headers={"kid": "key-RS256"}),
    ]
    for token in confused:
        code, reason, _ = refused(models, channel, bearer(token))
        assert (code, reason) == ("UNAUTHENTICATED", "ALGORITHM_NOT_ALLOWED"), token


def test_signatures_of_others_do_not_count(channel):
    good = signed("RS256")
    start, _, signature = good.rpartition(".")
    ec_start = signed("ES256").rpartition(".")[0]
    for token, reason in [
        (signed("RS256", OTHER_RSA), "BAD_SIGNATURE"),
        (start + "." + signed("RS256", sub="bob").rpartition(".")[2], "BAD_SIGNATURE"),
        (start + ".", "BAD_SIGNATURE"),
        (ec_start + "." + text(bytes(64)).decode(), "BAD_SIGNATURE"),
        (ec_start + "." + text(bytes(63)).decode(), "BAD_SIGNATURE"),
        (ec_start + "." + text(b"\xff" * 64).decode(), "BAD_SIGNATURE"),
        (signed(header={"kid": "nobody"}), "UNKNOWN_KEY"),
        (by_hand({"alg": "RS256"}, claims(), lambda _: b"x"), "BAD_SIGNATURE"),
        (by_hand({"alg": "ES256", "kid": "key-ES256", "crit": ["exp"]}, claims()), "MALFORMED_JWT"),
        (good + ".", "MALFORMED_JWT"), (start, "MALFORMED_JWT"), ("..", "MALFORMED_JWT"),
        (good + "=", "MALFORMED_JWT"), (good.replace(".", ". "), "MALFORMED_JWT"),
        (by_hand("text", claims()), "MALFORMED_JWT"), (by_hand([], []), "MALFORMED_JWT"),
    ]:
        code, told, message = refused(models, channel, bearer(token))
        assert (code, told) == ("UNAUTHENTICATED", reason), token
        assert signature not in message


def test_keys_twice_in_claims_do_not_count(channel):
    body = json.dumps(claims())[:-1] + ', "sub": "root"}'
    start = text(b'{"alg": "ES256", "kid": "key-ES256"}') + b"." + text(body.encode())
    made = ECAlgorithm(ECAlgorithm.SHA256).sign(start, EC)
    token = (start + b"." + text(made)).decode()
    assert refused(models, channel, bearer(token))[1] == "MALFORMED_JWT"


def test_every_byte_of_a_token_counts(channel):
    token = signed("ES256")
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        damaged = token[:place] + other + token[place + 1:]
        try:
            models(channel, bearer(damaged))
            raise AssertionError(place)
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.UNAUTHENTICATED


def test_roles_and_models_come_from_the_claims(channel):
    assert refused(score, channel, bearer(signed(roles=["read"])))[:2] == (
        "PERMISSION_DENIED", "ROLE_NEEDED")
    assert refused(models, channel, bearer(signed(roles=["root", 7, None])))[1] == "ROLE_NEEDED"
    assert refused(models, channel, bearer(signed(roles=None)))[1] == "ROLE_NEEDED"
    assert models(channel, bearer(signed(models=["nothing"]))) == []
    assert models(channel, bearer(signed(models=["*"])))


@pytest.mark.parametrize("key, words", [
    (json.loads(RSAAlgorithm.to_jwk(RSA)), "private key"),
    ({"kty": "oct", "k": "AAAA"}, "secret"),
    (public("RS256", rsa.generate_private_key(65537, 1024)), "2048"),
    (public("ES256", EC) | {"alg": "RS256"}, "ES256"),
    (public("ES256", EC) | {"use": "enc"}, "sig"),
    (public("ES256", EC) | {"x": public("ES256", EC)["y"]}, "no public key"),
    ({"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"}, "P-256"), ({}, "kty"),
])
def test_bad_keys_keep_a_server_from_starting(certificates, tmp_path, key, words):
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"keys": [key]}))
    done = vigied(
        "serve", "--listen", "127.0.0.1:1", "--check-config", "--tls-cert", certificates.server,
        "--tls-key", certificates.server_key, "--jwt-keys", path, "--jwt-issuer", ISSUER,
        "--jwt-audience", AUDIENCE)
    assert done.returncode == 78 and words in done.stderr, done.stderr


def test_an_issuer_and_an_audience_are_needed(certificates, key_set):
    done = vigied(
        "serve", "--listen", "127.0.0.1:1", "--check-config", "--tls-cert", certificates.server,
        "--tls-key", certificates.server_key, "--jwt-keys", key_set)
    assert done.returncode == 78
    assert "--jwt-issuer and --jwt-audience" in done.stderr
