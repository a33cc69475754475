// SPDX-License-Identifier: Apache-2.0

// What scores stand for, where a score is all that was kept.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension ScoringModel {
    /// The probability that each score from 0 on stands for, up to the greatest; NaN below the
    /// least. It is that in the middle of those which are rounded to the score, and at the ends of
    /// the scale that of the end.
    package func scoreProbabilities() -> [Double] {
        let range = manifest.scoreScale.minimum...manifest.scoreScale.maximum
        return (0...max(range.upperBound, 0)).map { score in
            range.contains(score) ? scale.probability(logOdds: scale.logOdds(score: score)) : .nan
        }
    }
}
