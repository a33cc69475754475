# SPDX-License-Identifier: Apache-2.0
"""The page and its streams behind nginx and HAProxy: HTTP/1.1 from the one, either from the
other."""

import contextlib
import json
import subprocess
import tempfile
import time
from types import SimpleNamespace

import pytest

from support.logs import written
from support.proxies import find
from support.server import START_SECONDS, Server, free_port
from support.web import curl, events

NGINX = """
daemon off; master_process off; pid {directory}/pid; error_log stderr warn;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {certificate}; ssl_certificate_key {key};
    location / {{
      proxy_pass https://127.0.0.1:{server}; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_buffering off; proxy_read_timeout 1h;
      proxy_ssl_trusted_certificate {ca}; proxy_ssl_verify on; proxy_ssl_name localhost;
    }}
  }}
}}
"""

HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 1h
  timeout server 1h
frontend page
  bind 127.0.0.1:{port} ssl crt {both} alpn h2,http/1.1
  default_backend servers
backend servers
  server one 127.0.0.1:{server} ssl verify required ca-file {ca} sni str(localhost) alpn {alpn}
"""


@contextlib.contextmanager
def behind(kind: str, server: Server, directory):
    """A proxy of a kind before a server."""
    name, _, alpn = kind.partition(" ")
    program = find(name)
    if program is None:
        pytest.skip(f"no {name} on this machine")
    certificates, port = server.certificates, free_port()
    both = directory / "both.pem"
    both.write_text(certificates.server.read_text() + certificates.server_key.read_text())
    file = directory / "proxy.conf"
    file.write_text((NGINX if name == "nginx" else HAPROXY).format(
        directory=directory, port=port, server=server.port, certificate=certificates.server,
        key=certificates.server_key, ca=certificates.ca, both=both, alpn=alpn))
    arguments = ["-p", str(directory), "-e", "stderr", "-c", str(file)] if name == "nginx" \
        else ["-db", "-f", str(file)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([program, *arguments], stdout=log, stderr=log)
        proxy = SimpleNamespace(certificates=certificates, port=port)
        try:
            ends = time.monotonic() + START_SECONDS
            while subprocess.run(["curl", "-s", "--cacert", certificates.ca,
                                  f"https://localhost:{port}/healthz"],
                                 capture_output=True, check=False).stdout != b"serving\n":
                assert process.poll() is None and time.monotonic() < ends, written(log)
                time.sleep(0.1)
            yield proxy
        finally:
            process.terminate()
            process.wait(30)


@pytest.mark.parametrize("kind", ["nginx", "haproxy h2", "haproxy http/1.1"])
def test_the_page_works_behind_a_proxy(kind, certificates, tmp_path):
    with Server(certificates, "--web", "on", "--store", str(tmp_path / "s.sqlite")) as server, \
            behind(kind, server, tmp_path) as proxy:
        for version in ("--http2", "--http1.1"):
            status, fields, content = curl(proxy, "/", None, version)
            assert status == 200 and b"/page.js" in content
            assert "default-src 'none'" in fields["content-security-policy"]
            status, _, content = curl(proxy, "/v1/PortfolioService/CreatePortfolio",
                                      {"name": version}, version)
            assert status == 200 and json.loads(content)["portfolio"]["name"] == version
            status, _, content = curl(proxy, "/v1/PortfolioService/CreatePortfolio",
                                      {"name": version}, version)
            assert status == 409 and json.loads(content)["reason"] == "PORTFOLIO_EXISTS"
            heard = events(proxy, f"/v1/live?portfolio={version}", 2, version)
            assert next(heard)[0] == "begin"
            began = time.monotonic()
            assert curl(proxy, "/v1/PortfolioService/PutCompanies", {
                "portfolio": version, "companies": [{"company": {"siren": "552100554"}}]
            }, version)[0] == 200
            assert next(heard)[0] == "news" and time.monotonic() - began < 3
            heard.close()


SIGNED = NGINX.replace(
    'proxy_set_header Connection "";',
    'proxy_set_header Connection ""; proxy_set_header X-Remote-User $http_x_as;')


def test_a_named_proxy_says_who_asks_and_nobody_else(certificates, tmp_path, monkeypatch):
    access = tmp_path / "access.json"
    access.write_text(json.dumps({"identities": {
        "anna@example.com": {"roles": ["follow"]}, "mia@example.com": {"roles": ["marketing"]}}}))
    monkeypatch.setitem(globals(), "NGINX", SIGNED)
    named = ("--access", str(access), "--web", "on", "--web-identity-header", "X-Remote-User",
             "--store", str(tmp_path / "s.sqlite"))
    made = "/v1/PortfolioService/CreatePortfolio"
    with Server(certificates, *named, "--web-proxies", "127.0.0.0/8") as server, \
            behind("nginx", server, tmp_path) as proxy:
        def ask(user, path=made, body=None):
            show = ("-H", f"X-As: {user}") if user else ()
            status, _, content = curl(proxy, path, body, *show)
            return status, json.loads(content or b"{}")

        status, told = ask("anna@example.com", body={"name": "a"})
        assert status == 200 and told["portfolio"]["createdBy"] == "anna@example.com"
        status, told = ask("anna@example.com", "/v1/session")
        assert told["identity"] == "anna@example.com" and told["namedByProxy"]
        status, told = ask("mia@example.com", body={"name": "b"})
        assert (status, told["reason"]) == (403, "ROLE_NEEDED")
        status, told = ask("eve@example.com", body={"name": "b"})
        assert (status, told["reason"]) == (403, "IDENTITY_NOT_LISTED")
        status, told = ask("", body={"name": "b"})
        assert (status, told["reason"]) == (401, "NO_CREDENTIALS")
        # A link would let him in without the proxy.
        status, told = ask("anna@example.com", "/v1/DashboardService/CreateSignIn", {})
        assert (status, told["reason"]) == (400, "NAMED_BY_PROXY")
        # Two names are none.
        status, _, content = curl(server, made, {"name": "b"},
                                  "-H", "X-Remote-User: anna@example.com",
                                  "-H", "X-Remote-User: mia@example.com")
        assert (status, json.loads(content)["reason"]) == (401, "BAD_PROXY_IDENTITY")
        heard = events(proxy, "/v1/live?portfolio=a", 1, "-H", "X-As: anna@example.com")
        assert next(heard)[0] == "begin"
    # The same words from an address that is not named, by either version of HTTP.
    with Server(certificates, *named, "--web-proxies", "10.9.8.7") as server:
        for version in ("--http2", "--http1.1"):
            for path, body in ((made, {"name": "c"}), ("/v1/session", None), ("/", None)):
                status, _, content = curl(server, path, body, version,
                                          "-H", "X-Remote-User: anna@example.com")
                assert (status, json.loads(content)["reason"]) == (403, "PROXY_NOT_NAMED")
            status, _, content = curl(server, made, {"name": "c"}, version)
            assert json.loads(content)["reason"] == "NO_CREDENTIALS"
