#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a settings file of vigied with every key.

Usage: vigied serve --print-config | example_settings.py

A setting has its default, or what stands here where the default is nothing that can be written.
A new one of that kind is to be added here: without it the package is not made.
"""

import json
import re
import sys

EXAMPLES: dict[str, object] = {
    "listen": ["0.0.0.0:7443", "unix:/var/lib/vigie/vigie.sock"],
    "socket_mode": "0660",
    "proxies": "10.0.0.5,10.1.0.0/16,fd00::/8",
    "web_proxies": "10.0.0.5",
    "web_identity_header": "x-remote-user",
    "tls_cert": "/etc/vigie/server.pem",
    "tls_key": "/etc/vigie/server.key",
    "tls_client_ca": "/etc/vigie/clients.pem",
    "tls_client_auth": "required",
    "tls_cert_dir": "/etc/vigie/names",
    "tokens": "/etc/vigie/tokens.json",
    "access": "/etc/vigie/access.json",
    "jwt_keys": "/etc/vigie/jwks.json",
    "jwt_issuer": "https://id.example.com/",
    "jwt_audience": "vigie",
    "metrics_listen": "127.0.0.1:9464",
    "access_log": "/var/log/vigie/calls.json",
    "otlp_endpoint": "https://collector.example:4317",
    "otlp_ca": "/etc/vigie/collector.pem",
    "otlp_headers": "/etc/vigie/collector-headers",
    "models": "/var/lib/vigie/models",
    "default_model": "us-listed-failure",
    "policies": "/var/lib/vigie/policies",
    "policy_facts": "/etc/vigie/policy-facts.json",
    "store": "/var/lib/vigie/store.sqlite",
    "store_backups": "/var/lib/vigie/backups",
    "rescore_at": "03:30",
    "rescore_model": "us-listed-failure",
    "inbox": "/var/lib/vigie/inbox",
    "inbox_portfolio": "customers",
    "delivery_key": "/etc/vigie/delivery.key",
    "delivery_networks": "10.1.0.0/16",
    "delivery_ca": "/etc/vigie/receivers.pem",
    "smtp": "smtp://relay.example.com:587",
    "smtp_from": "vigie@example.com",
    "smtp_user": "vigie",
    "smtp_password": "/etc/vigie/smtp-password",
    # One for each processor, of the machine that makes the package.
    "threads": 8,
}
# Defaults that are words about a default.
WORDS = {"required", "none", "the models of the product", "the first", "those of the system",
         "beside the file of the store"}


def main() -> int:
    settings: dict[str, object] = {}
    for line in sys.stdin:
        found = re.fullmatch(r"(\w+) = (.*) \([^()]*\)\n", line)
        if found is None:
            sys.exit(f"example_settings: no setting: {line!r}")
        key, value = found.groups()
        if key not in EXAMPLES and (value in WORDS or " " in value):
            sys.exit(f"example_settings: the setting {key} needs an example.")
        settings[key] = EXAMPLES.get(key, int(value) if value.isdecimal() else value)
    if not settings:
        sys.exit("example_settings: no settings.")
    print(json.dumps(settings, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
