"""Fetching a pack, from a server on this machine that speaks HTTPS."""

from __future__ import annotations

import hashlib
import http.server
import shutil
import ssl
import subprocess
import threading
from dataclasses import replace

import pytest

from annotator.app.jobs import Cancelled, JobContext
from annotator.app.packs import shelf
from annotator.app.packs.fetching import fetch
from annotator.model.errors import UserError
from helpers.packs import members, wheel

_DATA = wheel()
_PACK = replace(
    shelf.known()[0],
    name="fr_try_news_sm",
    version="1.2.3",
    sha256=hashlib.sha256(_DATA).hexdigest(),
)
openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to certify with")


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        base = f"https://localhost:{self.server.server_port}"
        where = {"/moved": f"{base}/pack", "/plain": "http://localhost/pack"}.get(self.path)
        if where:
            self.send_response(302)
            self.send_header("Location", where)
            self.end_headers()
            return
        if self.path == "/gone":
            self.send_error(404)
            return
        body = wheel(members(license="other")) if self.path == "/other" else _DATA
        self.send_response(200)
        stated = 500_000_000 if self.path == "/huge" else len(body)
        self.send_header("Content-Length", str(stated))
        self.end_headers()
        self.wfile.write(body[:-100] if self.path == "/cut" else body)

    def log_message(self, *args):
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request, client_address):
        """Say nothing of a client that has gone."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    make += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        [*make, "-keyout", key, "-out", cert], check=True, capture_output=True, timeout=60
    )
    return key, cert


@pytest.fixture
def server(certificate):
    key, cert = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    httpd = _Server(("127.0.0.1", 0), _Handler)
    httpd.socket = context.wrap_socket(
        httpd.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    trust = ssl.create_default_context(cafile=str(cert))
    yield f"https://localhost:{httpd.server_port}", trust
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)


@openssl
@pytest.mark.parametrize("path", ["/pack", "/moved"])
def test_a_pack_is_fetched_with_progress_and_its_digest_checked(server, path, monkeypatch):
    base, trust = server
    monkeypatch.setattr(shelf, "known", lambda: (_PACK,))
    monkeypatch.setattr("annotator.app.packs.installing.known", lambda: (_PACK,))
    seen: list[tuple[int, int, str]] = []
    ctx = JobContext(report=lambda *told: seen.append(told))
    pack = fetch(replace(_PACK, address=base + path), ctx, certificates=trust)
    assert pack.official
    assert shelf.installed() == (pack,)
    assert (len(_DATA), len(_DATA), "pack-fetch") in seen


@openssl
@pytest.mark.parametrize(
    ("path", "message_id"),
    [
        ("/other", "pack-not-official"),
        ("/gone", "pack-address"),
        ("/plain", "pack-no-network"),
        ("/cut", "pack-fetch-broken"),
        ("/huge", "pack-too-big"),
    ],
)
def test_what_is_not_the_official_file_installs_nothing(server, path, message_id):
    base, trust = server
    with pytest.raises(UserError) as caught:
        fetch(replace(_PACK, address=base + path), JobContext(), certificates=trust)
    assert caught.value.message_id == message_id
    assert shelf.installed() == ()


@openssl
def test_a_server_that_nobody_vouches_for_is_not_believed(server):
    base, _trust = server
    with pytest.raises(UserError, match="pack-no-network"):
        fetch(replace(_PACK, address=f"{base}/pack"), JobContext())


@openssl
def test_fetching_can_be_stopped(server):
    base, trust = server
    seen: list[int] = []
    ctx = JobContext(report=lambda done, *_: seen.append(done), is_cancelled=lambda: bool(seen))
    with pytest.raises(Cancelled):
        fetch(replace(_PACK, address=f"{base}/pack"), ctx, certificates=trust)
    assert shelf.installed() == ()


def test_a_machine_without_network_is_told_so():
    with pytest.raises(UserError, match="pack-no-network"):
        fetch(replace(_PACK, address="https://127.0.0.1:9/pack"), JobContext())


@pytest.mark.parametrize("address", ["http://localhost/x", "file:///etc/hostname", "ftp://x/y"])
def test_only_https_is_spoken(address):
    with pytest.raises(UserError, match="pack-address"):
        fetch(replace(_PACK, address=address), JobContext())
