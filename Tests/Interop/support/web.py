# SPDX-License-Identifier: Apache-2.0
"""Plain HTTP by curl: of a server, or of a proxy before one."""

import json
import subprocess


def curl(server, path, body=None, *options):
    """Status, header fields and body of an answer."""
    command = ["curl", "-s", "-i", "--max-time", "20", "--cacert", str(server.certificates.ca),
               *options, f"https://localhost:{server.port}{path}"]
    if body is not None:
        text = body if isinstance(body, str) else json.dumps(body)
        command += ["-H", "content-type: application/json", "--data-binary", "@-"]
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    else:
        done = subprocess.run(command, capture_output=True, check=True)
    head, _, content = done.stdout.partition(b"\r\n\r\n")
    if b" 100" in head.split(b"\r\n")[0]:
        head, _, content = content.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split()[1]), fields, content


def events(server, path, count, *options):
    """The first server-sent events of a stream, as (name, id)."""
    command = ["curl", "-sN", "--max-time", "30", "--cacert", str(server.certificates.ca),
               *options, f"https://localhost:{server.port}{path}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            told, fields = 0, {}
            for line in process.stdout:
                if line == "\n" and "event" in fields:
                    told += 1
                    yield fields["event"], fields["id"]
                    fields = {}
                    if told == count:
                        return
                elif ":" in line and not line.startswith(":"):
                    key, value = line.rstrip("\n").split(": ", 1)
                    fields[key] = value
        finally:
            process.kill()
