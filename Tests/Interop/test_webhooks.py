# SPDX-License-Identifier: Apache-2.0
"""Webhooks that go out of a server, to receivers good and bad, in each kind of database."""

import json
import random
import signal
import socket
import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from support.access import refused, vigied
from support.receivers import Receiver, delivery_settings, wait_until
from support.server import Server
from support.stores import stub
from vigie.v1 import delivery_pb2 as values
from vigie.v1 import delivery_service_pb2 as delivery
from vigie.v1 import delivery_service_pb2_grpc
from vigie.v1 import portfolio_service_pb2 as messages


def deliveries(channel) -> delivery_service_pb2_grpc.DeliveryServiceStub:
    """The service."""
    return delivery_service_pb2_grpc.DeliveryServiceStub(channel)


@pytest.fixture
def telling(certificates, store, tmp_path):
    """Makes servers with a store that tell receivers of loopback."""
    return lambda *more: Server(
        certificates, "--store", store, *delivery_settings(tmp_path, certificates), *more)


@pytest.fixture
def receiver(certificates):
    """A receiver."""
    with Receiver(certificates) as receiver:
        yield receiver


def make(channel, url: str, portfolio: str = "p", kinds: tuple[str, ...] = ()):
    """Makes an endpoint."""
    return deliveries(channel).CreateEndpoint(delivery.CreateEndpointRequest(
        portfolio=portfolio, url=url, kinds=kinds))


def happen(channel, count: int, portfolio: str = "p") -> None:
    """Has something happen to a portfolio."""
    for number in range(count):
        stub(channel).ChangePortfolio(
            messages.ChangePortfolioRequest(portfolio=portfolio, note=f"note {number}"))


def last(channel, endpoint) -> values.Delivery | None:
    """The last message to an endpoint."""
    listed = deliveries(channel).ListDeliveries(
        delivery.ListDeliveriesRequest(id=endpoint.endpoint.id)).deliveries
    return listed[0] if listed else None


def test_webhooks_are_those_of_the_standard(telling, receiver):
    with telling() as server, server.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        made = make(channel, receiver.url("/hook?a=1", "localhost"))
        others = make(channel, receiver.url("/all"), portfolio="", kinds=("portfolio.created",))
        happen(channel, 3)
        wait_until(lambda: len(receiver.at("/hook?a=1")) == 3)
        for headers, body in receiver.at("/hook?a=1"):
            said = Webhook(made.secret).verify(body, headers)
            assert said["type"] == "portfolio.changed" and said["data"]["portfolio"] == "p"
            assert headers["Content-Type"] == "application/json"
            for change in (lambda b: b + b" ", lambda b: b.replace(b'"p"', b'"q"')):
                with pytest.raises(WebhookVerificationError):
                    Webhook(made.secret).verify(change(body), headers)
            with pytest.raises(WebhookVerificationError):
                Webhook(others.secret).verify(body, headers)
        numbers = [said["data"]["event"] for said in receiver.events("/hook?a=1")]
        assert len(set(numbers)) == 3
        # Others are told of what they asked for.
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="Käufer \"x\""))
        wait_until(lambda: receiver.at("/all"))
        assert [(said["type"], said["data"]["portfolio"]) for said in receiver.events("/all")] \
            == [("portfolio.created", 'Käufer "x"')]
        # While a secret is changed, both sign.
        changed = deliveries(channel).RotateSecret(
            delivery.RotateSecretRequest(id=made.endpoint.id, keep_seconds=3_600))
        happen(channel, 1)
        wait_until(lambda: len(receiver.at("/hook?a=1")) == 4)
        headers, body = receiver.at("/hook?a=1")[-1]
        for secret in (made.secret, changed.secret):
            Webhook(secret).verify(body, headers)
        # A message sent again is the same one.
        wait_until(lambda: last(channel, made).state == values.DELIVERY_STATE_DELIVERED)
        sent = last(channel, made)
        deliveries(channel).RedeliverDelivery(
            delivery.RedeliverDeliveryRequest(number=sent.number))
        wait_until(lambda: len(receiver.at("/hook?a=1")) == 5)
        again = receiver.at("/hook?a=1")[-1]
        assert again[0]["webhook-id"] == headers["webhook-id"] == sent.identifier
        assert again[1] == body
        listed = deliveries(channel).ListEndpoints(delivery.ListEndpointsRequest(portfolio="p"))
        assert [each.url for each in listed.endpoints] == [receiver.url("/hook?a=1", "localhost")]
        assert made.secret not in str(listed) and made.secret not in server.log()
        assert str(receiver.port) not in server.log()


def test_bad_receivers(telling, receiver):
    """Each is bounded, told, and holds up nobody."""
    with telling() as server, server.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        bad = {path: make(channel, receiver.url(path)) for path in (
            "/redirect", "/status/500", "/status/410", "/later/600", "/hang", "/slow", "/chain")}
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            bad["closed"] = make(channel, f"https://127.0.0.1:{silent.getsockname()[1]}/")
            endless = make(channel, receiver.url("/endless"))
            good = make(channel, receiver.url("/"))
            begin = time.monotonic()
            happen(channel, 1)
            wait_until(lambda: receiver.at("/"), 5)
            # What comes behind a whole head changes nothing.
            wait_until(lambda: last(channel, endless).state == values.DELIVERY_STATE_DELIVERED)
            found = {}

            def all_tried() -> bool:
                for path, made in bad.items():
                    found[path] = last(channel, made)
                return all(each.tries for each in found.values())

            wait_until(all_tried)
        assert 14 < time.monotonic() - begin < 40
        assert found["/redirect"].last_status == 307 and not receiver.at("/elsewhere")
        assert found["/status/500"].last_status == 500
        for path, problem in (("/hang", "too_slow"), ("/slow", "no_answer"),
                              ("/chain", "no_answer"), ("closed", "not_reached")):
            assert (found[path].last_status, found[path].last_problem) == (0, problem), path
        later = found["/later/600"]
        assert later.last_status == 503
        assert later.next_at_microseconds - later.answered_at_microseconds >= 600_000_000
        states = {each.id: each.state for each in deliveries(channel).ListEndpoints(
            delivery.ListEndpointsRequest(portfolio="p")).endpoints}
        assert states[bad["/status/410"].endpoint.id] == values.TARGET_STATE_DISABLED
        assert found["/status/410"].state == values.DELIVERY_STATE_KEPT
        # Others are told so, and the log, without the address.
        wait_until(lambda: "delivery.disabled" in [each["type"] for each in receiver.events()])
        server.await_log("is disabled")
        assert str(receiver.port) not in server.log()
        # A second try comes after five seconds, with the same identifier.
        first = receiver.at("/status/500")[0][0]["webhook-id"]
        wait_until(lambda: [headers["webhook-id"] for headers, _ in receiver.at(
            "/status/500")].count(first) >= 2)
        trial = deliveries(channel).TestEndpoint(
            delivery.TestEndpointRequest(id=good.endpoint.id)).result
        assert trial.taken and trial.status == 200
        assert receiver.events()[-1]["type"] == "delivery.test"


def test_addresses_within_the_house_are_not_called(certificates, tmp_path, receiver):
    """However they are written, and whatever name leads to them."""
    settings = delivery_settings(tmp_path, certificates)
    del settings[2:4]  # the networks
    with Server(certificates, "--store", str(tmp_path / "s.sqlite"), *settings) as server, \
            server.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        for host in ("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]",
                     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "0.0.0.0",
                     "169.254.169.254", "10.0.0.1", "192.168.1.1", "[fd00::1]", "[fe80::1]",
                     "127.0.0.1.", "１２７.0.0.1", "127.0.0.1@example.com", "100.64.0.1"):
            request = delivery.CreateEndpointRequest(
                portfolio="p", url=f"https://{host}:{receiver.port}/")
            code, reason, _ = refused(deliveries(channel).CreateEndpoint, request)
            assert code == "INVALID_ARGUMENT" and reason.startswith("WEBHOOK_"), host
        plain = delivery.CreateEndpointRequest(portfolio="p", url="http://example.com/")
        assert refused(deliveries(channel).CreateEndpoint, plain)[1] == "WEBHOOK_URL_REFUSED"
        names = {"localhost", socket.gethostname()}
        for name in names:
            made = make(channel, f"https://{name}:{receiver.port}/")
            trial = deliveries(channel).TestEndpoint(
                delivery.TestEndpointRequest(id=made.endpoint.id)).result
            assert not trial.taken and trial.problem in ("refused_address", "no_address"), name
        happen(channel, 1)
        wait_until(lambda: (found := last(channel, made)) is not None and found.tries == 1)
        unknown = make(channel, "https://no.such.name.invalid/")
        trial = deliveries(channel).TestEndpoint(
            delivery.TestEndpointRequest(id=unknown.endpoint.id)).result
        assert trial.problem == "no_address"
        assert not receiver.posts


def test_receivers_must_be_trusted(certificates, tmp_path, receiver, monkeypatch):
    """By the CAs that are named, for the name that is called; by no proxy of the environment."""
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    settings = delivery_settings(tmp_path, certificates)
    for ca, taken in ((certificates.ca, True), (certificates.other_ca, False)):
        with Server(certificates, "--store", str(tmp_path / "s.sqlite"), *settings,
                    "--delivery-ca", str(ca)) as server, server.channel() as channel:
            made = make(channel, receiver.url(f"/{taken}"), portfolio="")
            trial = deliveries(channel).TestEndpoint(
                delivery.TestEndpointRequest(id=made.endpoint.id)).result
            assert trial.taken == taken, trial
            assert taken or trial.problem == "not_trusted"
    assert not receiver.at("/False")


def test_networks_that_are_named_are_called_without_tls(certificates, telling):
    with Receiver(certificates, is_plain=True) as receiver, telling() as server, \
            server.channel() as channel:
        made = make(channel, receiver.url(), portfolio="")
        trial = deliveries(channel).TestEndpoint(
            delivery.TestEndpointRequest(id=made.endpoint.id)).result
        assert trial.taken, trial


def test_settings_that_cannot_be(certificates, tmp_path):
    def failed(*more: str) -> str:
        done = vigied("serve", "--listen", "127.0.0.1:0", "--tls-cert", certificates.server,
                      "--tls-key", certificates.server_key, "--store",
                      str(tmp_path / "s.sqlite"), *more)
        assert done.returncode in (64, 78), done.stderr
        return done.stderr

    key, password = tmp_path / "key", tmp_path / "password"
    for path, text in ((key, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="), (password, "x")):
        path.touch(mode=0o600)
        path.write_text(text)
    assert "is no key" in failed("--delivery-key", str(password))
    key.chmod(0o640)
    said = failed("--delivery-key", str(key))
    assert "can be read by others" in said and "AAECAw" not in said
    assert "cannot" in failed("--delivery-key", str(tmp_path / "none"))
    assert "neither smtp://" in failed("--smtp", "relay.example.com", "--smtp-from", "a@b")
    assert "--smtp-from" in failed("--smtp", "smtp://relay.example.com")
    assert "belong together" in failed(
        "--smtp", "smtp://relay.example.com", "--smtp-from", "a@b", "--smtp-user", "x")
    assert "--delivery-networks" in failed(
        "--delivery-key", str(password), "--delivery-networks", "localhost")


def test_the_key_is_read_again(telling, receiver, tmp_path):
    """With a wrong key messages wait; when the right one is there again, they go out."""
    right = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    with telling("--reload-interval", "0") as server, server.channel() as channel:
        key = tmp_path / "delivery.key"
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        made = make(channel, receiver.url())
        happen(channel, 1)
        wait_until(lambda: len(receiver.posts) == 1)
        for text, said in ((right[::-1].strip("="), "is no key"), (
                f"{right[:-2]}k=", "The key of deliveries was read again")):
            key.write_text(text + "\n")
            server.process.send_signal(signal.SIGHUP)
            server.await_log(said)
            assert text not in server.log()
        test = delivery.TestEndpointRequest(id=made.endpoint.id)
        assert refused(deliveries(channel).TestEndpoint, test)[1] == "OTHER_DELIVERY_KEY"
        happen(channel, 1)
        key.write_text(right + "\n")
        count = server.log().count("The key of deliveries was read again")
        server.process.send_signal(signal.SIGHUP)
        wait_until(
            lambda: server.log().count("The key of deliveries was read again") > count)
        assert deliveries(channel).TestEndpoint(test).result.taken
        # What waited is tried again by and by.
        wait_until(lambda: len(receiver.posts) == 3)


def test_a_killed_server_loses_nothing(telling, receiver, store):
    """Killed twenty times while five hundred events go out: all arrive, and only those come twice
    that were under way, which are counted."""
    from webhook_kills import run
    found = run(telling, receiver, kills=20, events=500)
    assert found.missing == [] and found.unexpected == []
    assert found.event_count >= 500
    # No more than were being sent at once at each kill.
    assert found.repeated <= found.counted_repeats <= 20 * 4


@pytest.mark.alone
def test_a_change_is_told_within_a_second(telling, receiver):
    with telling() as server, server.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        make(channel, receiver.url())
        happen(channel, 1)
        wait_until(lambda: len(receiver.posts) == 1)
        waits = []
        chance = random.Random(1)
        for number in range(2, 122):
            # At any time between two looks at the store.
            time.sleep(chance.uniform(0.1, 0.5))
            begin = time.time()
            happen(channel, 1)
            wait_until(lambda: len(receiver.posts) == number)
            waits.append(receiver.posts[-1][3] - begin)
        waits.sort()
        print(json.dumps({"p50": waits[60], "p99": waits[118], "max": waits[-1]}))
        assert waits[118] < 1, waits[-5:]
