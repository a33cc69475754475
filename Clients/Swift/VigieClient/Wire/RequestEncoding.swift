// SPDX-License-Identifier: Apache-2.0

// Requests to score, written straight into the buffer that is sent: the values
// of a table are copied once, in one piece.

internal import NIOCore
internal import SwiftProtobuf
internal import VigieProtos

/// Writes scoring requests. `ScoreRowsRequest` and `StreamScoreRowsRequest` have the same fields,
/// a header with number 1 and a block with number 2, so the same bytes serve both.
enum RequestEncoding {
    /// Field numbers of the protocol; all fields written here are length-delimited or varints.
    private enum Field {
        static let header = 1
        static let block = 2
        static let rowCount = 1
        static let floatValues = 3
        static let doubleValues = 4
    }

    /// A message with a header only: the first of a stream.
    static func header(_ columns: [String], _ options: ScoreOptions) throws -> ByteBuffer {
        let header = try headerBytes(columns, options)
        var buffer = ByteBuffer()
        buffer.reserveCapacity(header.count + 16)
        buffer.writeField(Field.header, bytes: header)
        return buffer
    }

    /// A message with a block only: the later ones of a stream.
    static func block(_ table: FeatureTable) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        try write(table, to: &buffer, reserving: 0)
        return buffer
    }

    /// A message with a header and a block: a whole table.
    static func request(_ table: FeatureTable, _ options: ScoreOptions) throws -> ByteBuffer {
        let header = try headerBytes(table.columns, options)
        var buffer = ByteBuffer()
        try write(table, to: &buffer, reserving: header.count + 16) { buffer in
            buffer.writeField(Field.header, bytes: header)
        }
        return buffer
    }

    private static func headerBytes(
        _ columns: [String],
        _ options: ScoreOptions
    ) throws -> [UInt8] {
        guard let reasonCount = UInt32(exactly: options.reasonCount) else {
            throw VigieError(
                code: .invalidArgument,
                message: "reasonCount is \(options.reasonCount)."
            )
        }
        var header = Vigie_V1_ScoreHeader()
        header.model = options.model ?? ""
        header.columns = columns
        header.outputs = outputs(options.outputs)
        header.reasonCount = reasonCount
        header.asOfDate = options.asOfDate ?? ""
        return try header.serializedBytes()
    }

    /// An option's bit is the number of its output in the protocol.
    private static func outputs(_ options: ScoreOutputs) -> [Vigie_V1_ScoreOutput] {
        Vigie_V1_ScoreOutput.allCases.filter { output in
            output != .unspecified && options.rawValue & (1 << UInt32(output.rawValue)) != 0
        }
    }

    private static func write(
        _ table: FeatureTable,
        to buffer: inout ByteBuffer,
        reserving prefixBytes: Int,
        prefix: (inout ByteBuffer) -> Void = { _ in }
    ) throws {
        switch table.values {
        case .float32(let values):
            try values.withUnsafeBytes { bytes in
                buffer.reserveCapacity(bytes.count + prefixBytes + 64)
                prefix(&buffer)
                try write(table.rowCount, Field.floatValues, bytes, to: &buffer)
            }
        case .float64(let values):
            try values.withUnsafeBytes { bytes in
                buffer.reserveCapacity(bytes.count + prefixBytes + 64)
                prefix(&buffer)
                try write(table.rowCount, Field.doubleValues, bytes, to: &buffer)
            }
        }
    }

    private static func write(
        _ rowCount: Int,
        _ field: Int,
        _ values: UnsafeRawBufferPointer,
        to buffer: inout ByteBuffer
    ) throws {
        guard rowCount <= UInt32.max, values.count <= Int32.max else {
            throw VigieError.invalidTable(
                "A table of \(rowCount) rows is too long for one message."
            )
        }
        var length = ByteBuffer.varintBytes(rowCount) + 1
        if !values.isEmpty { length += 1 + ByteBuffer.varintBytes(values.count) + values.count }
        buffer.writeTag(Field.block, wireType: 2)
        buffer.writeVarint(length)
        buffer.writeTag(Field.rowCount, wireType: 0)
        buffer.writeVarint(rowCount)
        // The wire is little-endian, as are all machines that Swift runs on.
        if !values.isEmpty {
            buffer.writeTag(field, wireType: 2)
            buffer.writeVarint(values.count)
            buffer.writeBytes(values)
        }
    }
}

extension ByteBuffer {
    fileprivate mutating func writeField(_ number: Int, bytes: [UInt8]) {
        writeTag(number, wireType: 2)
        writeVarint(bytes.count)
        writeBytes(bytes)
    }

    /// A field number below 16 and its wire type fit into one byte.
    fileprivate mutating func writeTag(_ number: Int, wireType: Int) {
        writeInteger(UInt8(number << 3 | wireType))
    }

    fileprivate mutating func writeVarint(_ value: Int) {
        var rest = UInt64(value)
        while rest >= 0x80 {
            writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        writeInteger(UInt8(rest))
    }

    fileprivate static func varintBytes(_ value: Int) -> Int {
        max(1, (64 - UInt64(value).leadingZeroBitCount + 6) / 7)
    }
}
