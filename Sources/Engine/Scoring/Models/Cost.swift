// SPDX-License-Identifier: Apache-2.0

// What scoring costs, as estimates for deciding where to score a block. Measured
// figures stand in Scoring.docc/Costs.md.

/// Nanoseconds of one core.
enum Cost {
    /// Entering `scoreRows` and running a batch, whatever its size.
    static let nanosecondsPerBatch = 2000.0
    /// Checking and gathering one value of a row.
    static let nanosecondsPerValue = 1.0
    /// One operation of an expression program on one row.
    static let nanosecondsPerOperation = 0.6
    /// Calibration, probability, score, class and percentile of one row.
    static let nanosecondsPerAnswer = 40.0
    /// One feature of a scorecard.
    static let nanosecondsPerScorecardFeature = 8.0
    /// Looking up one text of a dictionary, and each of its bytes.
    static let nanosecondsPerText = 300.0
    static let nanosecondsPerTextByte = 5.0
    /// One contribution, on finding the largest of a row.
    static let nanosecondsPerComparedContribution = 1.5
}
