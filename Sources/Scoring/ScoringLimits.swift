// SPDX-License-Identifier: Apache-2.0

// All limits of the Scoring module. Nothing in here grows past one of them.

/// Greatest sizes that the scoring engine accepts.
package enum ScoringLimits {
    /// Bytes of a bundle's manifest.
    package static let manifestBytes = 8 << 20
    /// Bytes of all files of a bundle together.
    package static let bundleBytes = 512 << 20
    /// Bytes of a file name, a model name, a version, or the name of an input or feature.
    package static let nameBytes = 128
    /// Levels of brackets in a JSON file.
    package static let jsonDepth = 16
    /// Features of a model.
    package static let features = 4096
    /// Inputs of a bundle, each counted once for all its fiscal years.
    package static let inputs = 4096
    /// Intermediate values that a manifest may define.
    package static let definitions = 4096
    /// Fiscal years of an input.
    package static let years = 3
    /// Bytes of one expression.
    package static let expressionBytes = 4096
    /// Levels of nesting in one expression.
    package static let expressionDepth = 128
    /// Instructions of the program that all expressions of a manifest become.
    package static let programInstructions = 65_536
    /// Risk classes of a model.
    package static let riskClasses = 100
    /// Bins of one feature of a scorecard.
    package static let scorecardBins = 1024
    /// Largest magnitude of a scorecard's points, a calibration's terms and the like: log-odds
    /// beyond it mean nothing, and sums of them stay far from overflow.
    package static let logOddsMagnitude = 1e6
    /// Problems that one check of a bundle reports.
    package static let problems = 100
    /// Largest magnitude of a raw score that a model file can give; with it all later sums are
    /// finite.
    package static let rawScoreMagnitude = 1e15
    /// Rows that are scored at a time.
    package static let rowsPerBatch = 512
    /// Rows that expressions are evaluated for at a time: few enough that their registers stay in
    /// the second-level cache, many enough that starting an instruction costs nothing.
    package static let rowsPerChunk = 128
}
