// SPDX-License-Identifier: Apache-2.0

// What a model can give to those who ask, and why not.

package import Scoring
package import ServiceErrors

extension ScoringModel {
    /// The quantiser.
    ///
    /// - Throws: FAILED_PRECONDITION, saying why there is none.
    package func quantiserForCallers() throws(ServiceError) -> ModelQuantiser {
        switch quantisation {
        case .available(let quantiser): return quantiser
        case .unavailable(let why):
            throw ServiceError(
                .failedPrecondition,
                "QUANTISER_UNAVAILABLE",
                "The model \"\(identifier)\" has no quantiser: \(why). Send the values "
                    + "themselves.",
                metadata: ["model": identifier, "why": why]
            )
        }
    }

    /// How many reasons each row of a call gets.
    ///
    /// - Parameter count: How many the caller asks for.
    /// - Throws: INVALID_ARGUMENT for more than the model has features, or any that it cannot tell.
    package func reasonCount(asked count: Int) throws(ServiceError) -> Int {
        let field = "header.reason_count"
        let maximum = manifest.features.count
        guard count >= 0, count <= maximum else {
            throw .invalid(
                field,
                "TOO_MANY_REASONS",
                "reason_count is \(count); the model \"\(identifier)\" has \(maximum) features, "
                    + "each of which can be one reason.",
                metadata: ["value": "\(count)", "maximum": "\(maximum)"]
            )
        }
        guard count == 0 || reasonsMaximum > 0 else {
            throw .invalid(
                field,
                "NO_REASONS",
                "The model \"\(identifier)\" tells no reasons: it is of a kind that has no exact "
                    + "contributions. Ask with reason_count 0.",
                metadata: ["value": "\(count)"]
            )
        }
        return count
    }
}
