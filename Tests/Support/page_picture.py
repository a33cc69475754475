#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes a picture of a page of Vigie once its figures are there, by a Chromium that is told what to
do through a pipe. Needs nothing but Python and the browser.

Usage: page_picture.py BROWSER URL PICTURE SCRATCH_DIRECTORY
"""

import base64
import json
import os
import subprocess
import sys
import time
from pathlib import Path

SECONDS = 90
READY = """document.querySelectorAll('main .figure').length > 3
    && !document.querySelector('[aria-busy]')"""


class Browser:
    """A browser without a window, and the pipe to it: messages end with a zero."""

    def __init__(self, program: str, scratch: str) -> None:
        (theirs_in, self.out), (self.into, theirs_out) = os.pipe(), os.pipe()

        def hand_over() -> None:
            # By way of numbers beyond those that it expects, lest one end closes the other.
            os.dup2(theirs_in, 10)
            os.dup2(theirs_out, 11)
            os.dup2(10, 3)
            os.dup2(11, 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--lang=en-GB",
             "--ignore-certificate-errors", "--hide-scrollbars", f"--user-data-dir={scratch}",
             "--window-size=1440,1180", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=hand_over, close_fds=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.read, self.number = b"", 0

    def __call__(self, method: str, session: str = "", **parameters: object) -> dict:
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.read:
                more = os.read(self.into, 1 << 16)
                if not more:
                    raise SystemExit("The browser ended.")
                self.read += more
            told, _, self.read = self.read.partition(b"\0")
            answer = json.loads(told)
            if answer.get("id") != self.number:
                continue
            if "error" in answer:
                raise SystemExit(f"{method}: {answer['error']['message']}")
            return answer["result"]


def main() -> int:
    program, url, picture, scratch = sys.argv[1:5]
    browser = Browser(program, scratch)
    try:
        target = browser("Target.createTarget", url=url)["targetId"]
        session = browser("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        ends = time.monotonic() + SECONDS
        while True:
            told = browser("Runtime.evaluate", session, expression=READY, returnByValue=True)
            if told.get("result", {}).get("value") is True:
                break
            if time.monotonic() > ends:
                raise SystemExit("The page showed no figures.")
            time.sleep(0.2)
        time.sleep(0.5)
        taken = browser("Page.captureScreenshot", session, format="png")["data"]
        Path(picture).write_bytes(base64.b64decode(taken))
    finally:
        browser.process.terminate()
        browser.process.wait(30)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
