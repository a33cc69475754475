# SPDX-License-Identifier: Apache-2.0
"""Mail that goes out of a server, to a relay that wants TLS and a login."""

import pytest

from support.alerts import fill, run, stub as alerts
from support.receivers import MailSink, delivery_settings, mail_settings, wait_until
from support.server import Server
from support.stores import stub
from test_webhooks import deliveries, happen
from vigie.v1 import alert_service_pb2 as alert_messages
from vigie.v1 import delivery_pb2 as values
from vigie.v1 import delivery_service_pb2 as delivery
from vigie.v1 import portfolio_service_pb2 as messages
from vigie.v1.alert_pb2 import AlertRule


@pytest.fixture
def sink(certificates):
    """A relay."""
    with MailSink(certificates) as sink:
        yield sink


@pytest.fixture
def mailing(certificates, store, tmp_path, sink):
    """Makes servers with a store that hand mail to the relay."""
    return lambda *more: Server(
        certificates, "--store", store, *delivery_settings(tmp_path, certificates),
        *mail_settings(tmp_path, sink), *more)


def subscribe(channel, address: str, **more) -> values.MailSubscription:
    """Has somebody told."""
    return deliveries(channel).CreateMailSubscription(delivery.CreateMailSubscriptionRequest(
        portfolio="p", address=address, pace=values.MAIL_PACE_AT_ONCE, **more)).subscription


def test_mail_says_what_happened(mailing, sink):
    with mailing() as server, server.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        stub(channel).ChangePortfolio(
            messages.ChangePortfolioRequest(portfolio="p", name="Société d'été"))
        made = deliveries(channel).CreateMailSubscription(delivery.CreateMailSubscriptionRequest(
            portfolio="Société d'été", address="o'neil+credit@example.org", language="fr",
            pace=values.MAIL_PACE_AT_ONCE)).subscription
        assert made.pace == values.MAIL_PACE_AT_ONCE and made.language == "fr"
        happen(channel, 1, "Société d'été")
        wait_until(lambda: sink.mails)
        sender, receivers, _ = sink.mails[0]
        message = sink.messages()[0]
        assert (sender, receivers) == ("vigie@example.com", ["o'neil+credit@example.org"])
        assert message["subject"] == "Vigie: 1 événement, Société d'été"
        assert "portefeuille modifié · Société d'été" in message.get_content()
        assert message["from"] == "Vigie <vigie@example.com>" and not message.defects
        assert message["to"] == "<o'neil+credit@example.org>" or \
            message["to"] == "o'neil+credit@example.org"
        ask = delivery.ListDeliveriesRequest(id=made.id)
        wait_until(lambda: deliveries(channel).ListDeliveries(ask).deliveries[0].last_status)
        sent = deliveries(channel).ListDeliveries(ask).deliveries
        assert len(sent) == 1 and sent[0].last_status == 250
        assert message["message-id"] == f"<{sent[0].identifier}@example.com>"
        # The same message again has the same Message-ID.
        deliveries(channel).RedeliverDelivery(
            delivery.RedeliverDeliveryRequest(number=sent[0].number))
        wait_until(lambda: len(sink.mails) == 2)
        assert sink.messages()[1]["message-id"] == message["message-id"]
        trial = deliveries(channel).TestMailSubscription(
            delivery.TestMailSubscriptionRequest(id=made.id)).result
        assert trial.taken and trial.status == 250
        assert "essai" in sink.messages()[2].get_content()
        assert "example.org" not in server.log() and "s3cret" not in server.log()


def test_mail_says_which_alerts_there_are(mailing, sink, store):
    with mailing() as server, server.channel() as channel:
        fill(channel, "p", ["a"])
        alerts(channel).PutRule(alert_messages.PutRuleRequest(portfolio="p", rule=AlertRule(
            name="bas", kind="THRESHOLD", **{"raise": 600.0})))
        subscribe(channel, "a@example.org", language="fr", kinds=["alert.*"])
        run(store, "2026-11-01", a=590)
        wait_until(lambda: sink.mails)
        told = sink.messages()[0].get_content().splitlines()
        assert told[0].endswith("alerte levée · p · a Name of a"), told
        assert told[1].startswith("    bas · Seuil") and "590" in told[1], told


def test_who_is_not_there_is_told_no_more(mailing, sink):
    sink.refused.add("gone@example.org")
    with mailing() as server, server.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        gone = subscribe(channel, "gone@example.org")
        subscribe(channel, "here@example.org", kinds=["delivery.*"])
        happen(channel, 1)
        wait_until(lambda: sink.mails)
        assert "sending ended by receiver" in sink.messages()[0].get_content()
        states = {each.address: each.state for each in deliveries(channel).ListMailSubscriptions(
            delivery.ListMailSubscriptionsRequest(portfolio="p")).subscriptions}
        assert states["gone@example.org"] == values.TARGET_STATE_DISABLED
        sink.refused.clear()
        deliveries(channel).ChangeMailSubscription(
            delivery.ChangeMailSubscriptionRequest(id=gone.id, active=True))
        wait_until(lambda: len([each for each in sink.mails if "gone@example.org" in each[1]]))


@pytest.mark.parametrize("fault", ["no_tls", "password", "ca"])
def test_a_relay_that_is_not_right_gets_nothing(certificates, tmp_path, fault):
    with MailSink(certificates, has_tls=fault != "no_tls") as sink:
        settings = delivery_settings(tmp_path, certificates) + mail_settings(tmp_path, sink)
        if fault == "password":
            (tmp_path / "smtp-password").write_text("another one")
        if fault == "ca":
            settings += ["--delivery-ca", str(certificates.other_ca)]
        with Server(certificates, "--store", str(tmp_path / "s.sqlite"), *settings) as server, \
                server.channel() as channel:
            stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
            made = subscribe(channel, "a@example.org")
            trial = deliveries(channel).TestMailSubscription(
                delivery.TestMailSubscriptionRequest(id=made.id)).result
            problem = "not_logged_in" if fault == "password" else "not_trusted"
            assert not trial.taken and trial.problem == problem, trial
        assert not sink.mails


def test_a_mail_lists_a_hundred_events(mailing, sink):
    """And says how many there are beside these (mailEventsMax)."""
    with mailing() as server, server.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        made = subscribe(channel, "a@example.org")
        pause = delivery.ChangeMailSubscriptionRequest(id=made.id, active=False)
        deliveries(channel).ChangeMailSubscription(pause)
        happen(channel, 118)
        pause.active = True
        deliveries(channel).ChangeMailSubscription(pause)
        wait_until(lambda: sink.mails)
        message = sink.messages()[0]
        # With those that tell of the pause and its end.
        assert message["subject"] == "Vigie: 120 events, p"
        lines = message.get_content().splitlines()
        assert lines[100] == "… and 20 more" and len(lines) == 103
