// SPDX-License-Identifier: Apache-2.0

// A decoded RowBlock message as the engine takes it, with all checks of its shape.

internal import CVigieWire
internal import Scoring
internal import ServiceErrors
internal import VigieLimits

extension RowBlock {
    /// Takes the values of a message where they are.
    ///
    /// - Throws: What is wrong with the block, naming the field.
    init(
        _ message: Vigie__V1__RowBlock,
        header: PreparedHeader,
        limits: ServiceLimits
    ) throws(ServiceError) {
        let rowCount = Int(message.row_count)
        try Self.check(rowCount, reasonCount: header.reasonCount, limits: limits)
        if message.quantised_values.len > 0 {
            try self.init(quantised: message, header: header)
            return
        }
        let layout = try Self.layout(message.layout)
        let values = try Self.values(message, hasColumns: header.columnCount > 0)
        let texts = try Self.texts(message, limits: limits)
        do throws(ScoringError) {
            self = try RowBlock(
                rowCount: rowCount,
                columnCount: header.columnCount,
                layout: layout,
                values: values
            ).with(texts, count: header.textColumnCount)
        } catch {
            throw ServiceError(error)
        }
    }

    private static func layout(_ layout: Vigie__V1__BlockLayout) throws(ServiceError) -> Layout {
        switch layout.rawValue {
        case 0, 1: return .rowMajor
        case 2: return .columnMajor
        default:
            throw .invalid(
                "block.layout",
                "UNKNOWN_LAYOUT",
                "block.layout \(layout.rawValue) is unknown; choose ROW_MAJOR (1) or "
                    + "COLUMN_MAJOR (2).",
                metadata: ["layout": "\(layout.rawValue)"]
            )
        }
    }

    private static func values(
        _ message: Vigie__V1__RowBlock,
        hasColumns: Bool
    ) throws(ServiceError) -> Values {
        switch (message.n_float_values, message.n_double_values) {
        case (0, 0) where message.row_count > 0 && hasColumns:
            throw .invalid(
                "block.float_values",
                "NO_VALUES",
                "The block has \(message.row_count) rows and no values; fill float_values, "
                    + "double_values or quantised_values."
            )
        case (_, 0):
            return .float32(.init(start: message.float_values, count: message.n_float_values))
        case (0, _):
            return .float64(.init(start: message.double_values, count: message.n_double_values))
        default:
            throw .invalid(
                "block.double_values",
                "AMBIGUOUS_VALUES",
                "The block has float_values and double_values; fill exactly one of them."
            )
        }
    }

    private static func check(
        _ rowCount: Int,
        reasonCount: Int,
        limits: ServiceLimits
    ) throws(ServiceError) {
        guard rowCount <= limits.blockRowsMax else {
            throw .overLimit(
                "block.row_count",
                "blockRowsMax",
                "The block has \(rowCount) rows; send it in several blocks.",
                value: rowCount,
                maximum: limits.blockRowsMax
            )
        }
        guard rowCount * reasonCount <= limits.blockReasonsMax else {
            throw .overLimit(
                "block.row_count",
                "blockReasonsMax",
                "\(rowCount) rows with \(reasonCount) reasons each are too many for one block; "
                    + "send it in several blocks or ask for fewer reasons.",
                value: rowCount * reasonCount,
                maximum: limits.blockReasonsMax
            )
        }
    }
}
