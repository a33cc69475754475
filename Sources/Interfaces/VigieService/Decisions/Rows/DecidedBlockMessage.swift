// SPDX-License-Identifier: Apache-2.0

// The answer to a block that was scored and decided on: a DecidedBlock, whose columns are copied
// straight into the transport's buffer.

internal import CVigieWire
internal import GRPCTransport

extension ServerCall {
    private static let blockTag: UInt8 = 2 << 3 | 2
    private static let scoresTag: UInt8 = 1 << 3 | 2

    /// Sends scores and decisions of a block of a stream.
    func sendDecided(_ frame: RowFrame, _ table: DecidedTable) {
        frame.withMessage { scores in
            let scoreBytes = vigie__v1__score_block__get_packed_size(&scores)
            let inner = FieldPrefix(tag: Self.scoresTag, contentBytes: scoreBytes)
            var content = ColumnWriter(output: nil)
            content.write(table)
            let start = inner.byteCount + scoreBytes
            let prefix = FieldPrefix(tag: Self.blockTag, contentBytes: start + content.byteCount)
            sendMessage(byteCount: prefix.byteCount + prefix.contentBytes) { output in
                _ = prefix.write(to: output)
                let rest = UnsafeMutableRawBufferPointer(rebasing: output[prefix.byteCount...])
                vigie__v1__score_block__pack(&scores, inner.write(to: rest))
                var writer = ColumnWriter(
                    output: UnsafeMutableRawBufferPointer(rebasing: rest[start...])
                )
                writer.write(table)
            }
        }
    }
}

extension ColumnWriter {
    /// Writes a DecidedBlock without its scores.
    mutating func write(_ table: DecidedTable) {
        number(2, table.rowCount)
        column(3, table.outcomes)
        column(4, table.classes)
        for (place, amounts) in table.amounts.enumerated() { column(5 + place, amounts) }
        column(11, table.bindings)
        column(12, table.termDays)
        column(13, table.actions)
        column(14, table.roles)
        column(15, table.secondPersons)
        column(16, table.validUntil)
        column(17, table.missing)
        columns(18, table.rules)
        texts(19, table.classNames.names)
        texts(20, table.actionNames.names)
        texts(21, table.missingNames)
    }
}
