#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times one other library on one model, on one thread, and prints "LIBRARY: N ns/row".

usage: peer.py DIRECTORY MODEL LIBRARY   (what models.py made; S, M, L, XM, D or C)
"""

import ctypes
import os
import re
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402 - the number of threads must be known before

COLUMNS = 64
# A library that is given fewer rows than it likes pays for each call, so that all get 100,000.
SECONDS_MAXIMUM = 12.0


def best_of(work, row_count, times=7):
    """Runs the work a few times; the median processor time of a row in nanoseconds."""
    work()
    spent = []
    began = time.perf_counter()
    while not spent or len(spent) < times and time.perf_counter() - began < SECONDS_MAXIMUM:
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return float(np.median(spent)) / row_count * 1e9


def pointer(array):
    return array.ctypes.data_as(ctypes.c_void_p)


def lightgbm(path, rows):
    """The C function for a matrix of float32."""
    import lightgbm
    from lightgbm.basic import _LIB as library

    booster = lightgbm.Booster(model_file=path)
    output = np.empty(len(rows))
    length = ctypes.c_int64()

    def work():
        failed = library.LGBM_BoosterPredictForMat(
            booster._handle, pointer(rows), 0, ctypes.c_int32(len(rows)),
            ctypes.c_int32(COLUMNS), 1, 1, 0, -1, b"num_threads=1",
            ctypes.byref(length), pointer(output))
        assert failed == 0

    return best_of(work, len(rows))


def lightgbm_one(path, rows):
    """The C function for one row after another, less what calling it from Python costs."""
    import lightgbm
    from lightgbm.basic import _LIB as library

    booster = lightgbm.Booster(model_file=path)
    prepared = ctypes.c_void_p()
    assert library.LGBM_BoosterPredictForMatSingleRowFastInit(
        booster._handle, 1, 0, -1, 0, COLUMNS, b"num_threads=1", ctypes.byref(prepared)) == 0
    length = ctypes.c_int64()
    output = np.empty(1)
    arguments = [(prepared, ctypes.c_void_p(rows.ctypes.data + 4 * COLUMNS * row),
                  ctypes.byref(length), pointer(output)) for row in range(5_000)]
    score = library.LGBM_BoosterPredictForMatSingleRowFast
    nothing = ctypes.CDLL(None).abs

    def each(function):
        for row in arguments:
            function(*row)

    call = best_of(lambda: each(nothing), len(arguments))
    return best_of(lambda: each(score), len(arguments)) - call


def lightgbm_shap(path, rows):
    import lightgbm

    booster = lightgbm.Booster(model_file=path)
    return best_of(lambda: booster.predict(rows, pred_contrib=True, num_threads=1), len(rows))


def xgboost_booster(path):
    import xgboost

    booster = xgboost.Booster(model_file=path)
    booster.set_param({"nthread": 1})
    return booster


def xgboost(path, rows):
    booster = xgboost_booster(path)
    return best_of(lambda: booster.inplace_predict(rows, predict_type="margin"), len(rows))


def xgboost_shap(path, rows):
    import xgboost

    booster = xgboost_booster(path)
    matrix = xgboost.DMatrix(rows)
    return best_of(lambda: booster.predict(matrix, pred_contribs=True), len(rows), times=3)


def onnxruntime(path, rows):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    outputs = [output.name for output in session.get_outputs()][1:]
    return best_of(lambda: session.run(outputs, {name: rows}), len(rows))


def onedal(path, rows):
    import daal4py
    from daal4py import mb

    daal4py.daalinit(1)
    if path.endswith(".txt"):
        import lightgbm

        booster = lightgbm.Booster(model_file=path)
    else:
        booster = xgboost_booster(path)
        # daal4py does not know the spelling "[1.9E-2]" of one base score.
        config = booster.save_config()
        booster.save_config = lambda: re.sub(r'"\[([-+.0-9eE]+)\]"', r'"\1"', config)
    model = mb.convert_model(booster)
    return best_of(lambda: model.predict_proba(rows), len(rows))


def lleaves(path, rows):
    """Compiles the model the first time, which takes minutes for a large one."""
    import lleaves

    model = lleaves.Model(model_file=path)
    model.compile(cache=path + ".lleaves", raw_score=True)
    return best_of(lambda: model.predict(rows, n_jobs=1), len(rows))


def main():
    directory, model, library = sys.argv[1:]
    rows_name = "rows-C.f32" if model == "C" else "rows.f32"
    rows = np.fromfile(f"{directory}/{rows_name}", np.float32).reshape(-1, COLUMNS)
    if library.endswith("shap"):
        rows = rows[:200 if library.startswith("lightgbm") else 100]
    if library == "onnxruntime":
        path = f"{directory}/{model}.onnx"
    elif model == "XM":
        path = f"{directory}/{model}.json"
    else:
        path = f"{directory}/{model}.txt"
    function = {"lightgbm": lightgbm, "lightgbm-one": lightgbm_one,
                "lightgbm-shap": lightgbm_shap, "xgboost": xgboost, "xgboost-shap": xgboost_shap,
                "onnxruntime": onnxruntime, "onedal": onedal, "lleaves": lleaves}[library]
    print(f"{library}: {function(path, rows):.1f} ns/row")


if __name__ == "__main__":
    main()
