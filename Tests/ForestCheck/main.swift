// SPDX-License-Identifier: Apache-2.0

// forest-check: scores a tree model on raw rows, compares the result with that of the library that
// trained it to the last bit, and times it. Used by tests and for the figures in the docs.

import Glibc

let usage = """
    usage: forest-check equal MODEL ROWS EXPECTED   reference scorer and all paths, bit for bit
           forest-check shap MODEL ROWS EXPECTED    contributions: within 1e-10, of
                                                    XGBoost within 4e-6 of the largest
           forest-check time MODEL ROWS [WAY]       nanoseconds per row, all and some at a time;
                                                    WAY is avx2, avx2/tiles and so on
           forest-check time-shap MODEL ROWS [PATH] nanoseconds per row, contributions
           forest-check threads MODEL ROWS          two threads against one, in bulk
    ROWS is row-major float32 (a name ending in .f32) or float64 (.f64), NaN for missing; EXPECTED
    holds float64 raw scores, or for each row (of float32) and output the contributions and the base
    value. Exit code 0 when all are equal, 1 when not, 2 when it cannot run.
    """

do {
    exit(try await runCheck(Array(CommandLine.arguments.dropFirst())) ? 0 : 1)
} catch {
    print("forest-check: \(error)")
    exit(2)
}
