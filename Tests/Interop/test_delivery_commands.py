# SPDX-License-Identifier: Apache-2.0
"""vigie delivery against a real server and real receivers."""

import json
import subprocess

from support.receivers import MailSink, Receiver, delivery_settings, mail_settings, wait_until
from support.server import STOP_SECONDS, Server, program


def test_vigie_delivery(certificates, tmp_path):
    with Receiver(certificates) as receiver, MailSink(certificates) as sink, Server(
            certificates, "--store", str(tmp_path / "s.sqlite"),
            *delivery_settings(tmp_path, certificates),
            *mail_settings(tmp_path, sink)) as server:
        def vigie(*arguments: object, code: int = 0) -> str:
            done = subprocess.run(
                [program("vigie"), *map(str, arguments), "--server", server.address,
                 "--ca-cert", str(certificates.ca)],
                capture_output=True, text=True, timeout=STOP_SECONDS)
            assert done.returncode == code, done.stderr
            return done.stdout + done.stderr

        vigie("portfolio", "create", "p")
        number, secret = vigie(
            "delivery", "webhook", "add", receiver.url(), "--portfolio", "p", "--kind",
            "portfolio.changed", "--note", "Töpfe").split()
        assert secret.startswith("whsec_")
        assert "taken: answered 200 in" in vigie("delivery", "webhook", "test", number)
        listed = json.loads(
            vigie("delivery", "webhook", "list", "--portfolio", "p", "-o", "json"))
        assert [(each["id"], each["url"], each["kinds"], each["state"]) for each in listed] \
            == [(int(number), receiver.url(), "portfolio.changed", "active")]
        assert "Töpfe" in vigie("delivery", "webhook", "list", "--portfolio", "p")
        vigie("portfolio", "change", "p", "--note", "x")
        wait_until(lambda: len(receiver.posts) == 2)
        wait_until(lambda: "delivered" in vigie("delivery", "sent", number))
        sent = json.loads(vigie("delivery", "sent", number, "-o", "json"))
        assert len(sent) == 1 and sent[0]["last_status"] == 200
        vigie("delivery", "again", sent[0]["number"])
        wait_until(lambda: len(receiver.posts) == 3)
        assert vigie("delivery", "webhook", "secret", number, "--keep", "0").startswith("whsec_")
        bad = receiver.url("/status/500")
        assert vigie("delivery", "webhook", "change", number, "--url", bad, "--all-kinds",
                     "--state", "paused") == f"{number} paused\n"
        assert "not taken: answered 500" in vigie(
            "delivery", "webhook", "test", number, code=1)
        assert "not both" in vigie("delivery", "webhook", "change", number, "--kind", "a.b",
                                   "--all-kinds", code=64)
        refused = vigie("delivery", "webhook", "add", "https://10.0.0.1/", code=65)
        assert "private network" in refused and "10.0.0.1" in refused
        mail = vigie("delivery", "mail", "add", "a@example.org", "--portfolio", "p",
                     "--language", "fr", "--pace", "at-once").strip()
        assert "taken: answered 250" in vigie("delivery", "mail", "test", mail)
        assert len(sink.mails) == 1
        assert vigie("delivery", "mail", "change", mail, "--pace", "hourly", "--state",
                     "paused") == f"{mail} paused\n"
        found = json.loads(vigie("delivery", "mail", "list", "--portfolio", "p", "-o", "json"))
        assert [(each["address"], each["pace"], each["language"]) for each in found] \
            == [("a@example.org", "hourly", "fr")]
        assert "a@example.org" in vigie("delivery", "mail", "list", "--portfolio", "p")
        vigie("delivery", "mail", "delete", mail)
        vigie("delivery", "webhook", "delete", number)
        assert json.loads(
            vigie("delivery", "webhook", "list", "--portfolio", "p", "-o", "json")) == []
