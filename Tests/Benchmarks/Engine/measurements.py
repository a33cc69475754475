# SPDX-License-Identifier: Apache-2.0
"""One measurement at a time: of a build of forest-check, and of other libraries."""

import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).parent
ON_ONE_PROCESSOR = ["taskset", "-c", str(max(os.sched_getaffinity(0)))]
FILES = {"S": "S.txt", "M": "M.txt", "L": "L.txt", "XM": "XM.json", "D": "D.txt",
         "C": "C.txt"}
PATHS = ("walk", "portable", "avx2", "avx512", "avx512Vbmi")

# Of each line: its name in what forest-check prints, and the libraries that do the same.
TREES = ("lightgbm", "xgboost", "onnxruntime", "onedal", "lleaves")
LINES = {
    "bulk": ("bulk", TREES),
    "quantise": ("quantise", ()),
    "quantised": ("quantised", TREES),
    "one": ("1 at a time", ("lightgbm-one",)),
    "64": ("64 at a time", ()),
    "128": ("128 at a time", ()),
    "256": ("256 at a time", ()),
    "shap": ("contributions", ("lightgbm-shap", "xgboost-shap")),
    "shap-one": ("contributions of one row", ()),
}


def rows_of(model):
    """The file of its rows."""
    return "rows-C.f32" if model == "C" else "rows.f32"


def libraries_of(model, line):
    """Those that can do it: LightGBM and lleaves read no model of XGBoost, nor it theirs."""
    foreign = ("lightgbm", "lleaves") if model == "XM" else ("xgboost",)
    return [name for name in LINES[line][1] if not name.startswith(foreign)]


def own(forest_check, directory, model, line, path=None):
    """Nanoseconds a row; None if this build or processor cannot tell. forest-check is stopped
    once it has printed the line."""
    def printed(environment, *way):
        command = ["stdbuf", "-oL", *ON_ONE_PROCESSOR, forest_check,
                   "time-shap" if line.startswith("shap") else "time",
                   directory / FILES[model], directory / rows_of(model), *way]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                              env={**os.environ, **environment}) as process:
            went = process.stdout.readline().split(",")[0]
            wanted = re.compile(re.escape(LINES[line][0]) + r": best .*, median ([0-9.]+) ns/row")
            found = None
            # Contributions know no path beyond AVX-512.
            if path in (None, went) or (path, went) in EXPLAINED_AS:
                found = next(filter(None, map(wanted.match, process.stdout)), None)
            process.kill()
        return float(found[1]) if found else None

    if path is None:
        return printed({})
    time = printed({"VIGIE_FOREST_PATH": path})
    # Builds that do not read the variable take a way, by which all rows go.
    return time if time is not None else printed({}, f"{path}/never" if line == "one" else path)


EXPLAINED_AS = {("avx512Vbmi", "avx512"), ("walk", "portable")}


def peer(python, directory, model, library):
    """Nanoseconds a row of another library; None if it does not run."""
    done = subprocess.run(
        [*ON_ONE_PROCESSOR, python, HERE / "peer.py", directory, model, library],
        capture_output=True, text=True, check=False, env={**os.environ, "OMP_NUM_THREADS": "1"})
    found = re.search(r": ([0-9.]+) ns/row", done.stdout)
    return float(found[1]) if found else None


def two_processors(forest_check, directory):
    """How many times as many rows of M two threads score as one."""
    text = subprocess.run([forest_check, "threads", directory / FILES["M"],
                           directory / "rows.f32"],
                          capture_output=True, text=True, check=False).stdout
    found = re.search(r"two threads: ([0-9.]+) times", text)
    return float(found[1]) if found else None
