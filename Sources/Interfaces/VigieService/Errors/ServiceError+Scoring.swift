// SPDX-License-Identifier: Apache-2.0

// What the scoring engine finds wrong with a table, as an error of the call.

internal import Scoring
internal import ServiceErrors

extension ServiceError {
    /// The error of a call whose table does not fit the model.
    ///
    /// - Parameter columnCount: Number of columns of numbers that the header names; those of texts
    ///   are counted after them.
    init(_ error: ScoringError, columnCount: Int = .max) {
        switch error.code {
        case .unknownColumn:
            self = .column(error, "UNKNOWN_COLUMN", columnCount)
        case .duplicateColumn:
            self = .column(error, "DUPLICATE_COLUMN", columnCount)
        case .missingColumn:
            self = .column(error, "MISSING_COLUMN", columnCount)
        case .tooManyColumns:
            self = .column(error, "TOO_MANY_COLUMNS", columnCount)
        case .wrongColumnKind:
            self = .column(error, "WRONG_COLUMN_KIND", columnCount)
        case .wrongTextColumnCount:
            self = .invalid("block.text_columns", "WRONG_TEXT_COLUMN_COUNT", error.message)
        case .invalidCode:
            let index = error.columnIndex.map { "[\($0)]" } ?? ""
            self = .invalid("block.text_columns\(index).codes", "INVALID_CODE", error.message)
        case .noRows:
            self = .invalid("block.row_count", "NO_ROWS", error.message)
        case .wrongValueCount:
            self = .invalid("block", "WRONG_VALUE_COUNT", error.message)
        case .invalidBin:
            self = .invalid("block.quantised_values", "INVALID_BIN", error.message)
        }
    }

    private static func column(
        _ error: ScoringError,
        _ reason: String,
        _ columnCount: Int
    ) -> ServiceError {
        let field =
            switch error.columnIndex {
            case nil: "header.columns"
            case let index? where index < columnCount: "header.columns[\(index)]"
            case let index?: "header.text_columns[\(index - columnCount)]"
            }
        return .invalid(field, reason, error.message)
    }
}
