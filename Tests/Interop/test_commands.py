# SPDX-License-Identifier: Apache-2.0
"""The programs as a shell sees them: exit codes after the cause, and completion of paths."""

import subprocess
from pathlib import Path

import pytest

from support.certificates import Certificates
from support.server import program


def vigied(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program("vigied"), *map(str, arguments)], capture_output=True, text=True,
                          env=environment, timeout=60, check=False)


@pytest.mark.parametrize(("arguments", "code", "message"), [
    ("nonsense", 64, "nonsense"),
    ("serve --threads 0", 78, "--threads"),  # The certificate is missing too.
    ("serve --threads 0 --tls-cert c --tls-key k", 64, "1 to 1024"),
    ("serve --tls-cert /nowhere.pem --tls-key /nowhere.key", 78, "/nowhere.pem"),
    ("serve --config /nowhere.json", 78, "/nowhere.json"),
    ("serve --models /nowhere --tls-cert {cert} --tls-key {key}", 66, "/nowhere"),
    ("serve --models {empty} --tls-cert {cert} --tls-key {key}", 65, "manifest.json"),
    ("serve --listen 192.0.2.1:1 --allow-anonymous --tls-cert {cert} --tls-key {key}", 69,
     "192.0.2.1"),
    ("serve --check-config --tls-cert {cert} --tls-key {key}", 0, "good"),
    ("model check /nowhere", 66, "/nowhere"),
    ("model check {empty}", 65, "manifest.json"),
    ("model predict --model /nowhere.txt --input /nowhere.csv", 66, "/nowhere.txt"),
    ("model predict --model {text} --input /nowhere.csv", 65, "notes.txt"),
])
def test_exit_codes_of_vigied(
    certificates: Certificates, tmp_path: Path, arguments: str, code: int, message: str
):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("no model\n")
    done = vigied(*arguments.format(
        cert=certificates.server, key=certificates.server_key, empty=tmp_path / "empty",
        text=tmp_path / "notes.txt").split())
    assert done.returncode == code, done.stderr
    assert message in done.stderr + done.stdout


def test_bad_settings_are_told_at_once_with_their_places(tmp_path: Path):
    file = tmp_path / "settings.json"
    file.write_text('{"listen": 17472,\n "threads": "two", "tls_crt": "c",\n "models": "m",'
                    ' "models": "m"}')
    done = vigied("serve", VIGIED_CONFIG=str(file), VIGIED_LOG_LEVEL="loud", VIGIED_THREADS="")
    assert done.returncode == 78
    for part in ("line 1, column 2: listen must be a text", "line 2, column 2: threads must be",
                 'line 2, column 20: "tls_crt" is no setting; did you mean "tls_cert"?',
                 'line 3, column 17: "models" stands there twice', "VIGIED_LOG_LEVEL",
                 "--tls-cert is missing", "--tls-key is missing"):
        assert part in done.stderr, done.stderr
    printed = vigied("serve", "--print-config", "--tls-key", "k", VIGIED_LISTEN="h:1")
    assert "listen = h:1 (environment VIGIED_LISTEN)\n" in printed.stdout
    assert "tls_cert = required (default)\n" in printed.stdout and printed.returncode == 78


# Each option or argument that names a file or directory.
PATHS = [
    "vigied serve --tls-cert", "vigied serve --tls-key", "vigied serve --tls-client-ca",
    "vigied serve --config", "vigied serve --models", "vigied model check",
    "vigied model predict --model", "vigied model predict --input", "vigied model predict --output",
    "vigied model import", "vigied model import --reference", "vigied model import --output",
    "vigie health --ca-cert", "vigie health --client-cert", "vigie health --client-key",
    "vigie health --config", "vigie score", "vigie score --output-file", "vigie score -O",
]


@pytest.mark.parametrize("typed", PATHS)
def test_paths_are_completed(tmp_path: Path, typed: str):
    (tmp_path / "sample-directory").mkdir()
    (tmp_path / "sample-file").touch()
    completed = complete(typed, "sample-", tmp_path)
    assert "sample-directory" in " ".join(completed)


def test_words_are_completed(tmp_path: Path):
    assert complete("vigied serve --log-format", "", tmp_path) == ["json", "text"]
    assert complete("vigie models list --language", "", tmp_path) == ["en", "fr"]


def complete(typed: str, begun: str, directory: Path) -> list[str]:
    """What bash makes of a tabulator behind a line that is typed so far."""
    words = typed.split()
    script = f"""
        source <({program(words[0])} --generate-completion-script bash)
        COMP_WORDS=({typed} '{begun}'); COMP_CWORD={len(words)}
        COMP_LINE='{typed} {begun}'; COMP_POINT=${{#COMP_LINE}}; COMP_TYPE=9
        _{words[0]} {words[0]} '{begun}' {words[-1]}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", script], cwd=directory, capture_output=True, text=True,
                          timeout=60, check=False)
    return sorted(done.stdout.split())
