// SPDX-License-Identifier: Apache-2.0

// What the scoring engine finds wrong with a table, as an error of the call.

internal import Scoring

extension ServiceError {
    /// The error of a call whose table does not fit the model.
    init(_ error: ScoringError) {
        switch error.code {
        case .unknownColumn:
            self = .column(error, "UNKNOWN_COLUMN")
        case .duplicateColumn:
            self = .column(error, "DUPLICATE_COLUMN")
        case .missingColumn:
            self = .column(error, "MISSING_COLUMN")
        case .tooManyColumns:
            self = .column(error, "TOO_MANY_COLUMNS")
        case .noRows:
            self = .invalid("block.row_count", "NO_ROWS", error.message)
        case .wrongValueCount:
            self = .invalid("block", "WRONG_VALUE_COUNT", error.message)
        case .invalidBin:
            self = .invalid("block.quantised_values", "INVALID_BIN", error.message)
        }
    }

    private static func column(_ error: ScoringError, _ reason: String) -> ServiceError {
        let field = error.columnIndex.map { "header.columns[\($0)]" } ?? "header.columns"
        return .invalid(field, reason, error.message)
    }
}
