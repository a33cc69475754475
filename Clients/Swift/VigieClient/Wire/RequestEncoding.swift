// SPDX-License-Identifier: Apache-2.0

// Requests to score, written straight into the buffer that is sent: the values
// of a table are copied at most once, in one piece.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieProtos

/// Writes scoring requests. `ScoreRowsRequest` and `StreamScoreRowsRequest` have the same fields,
/// a header with number 1 and a block with number 2, so the same bytes serve both.
enum RequestEncoding {
    /// Field numbers of the protocol; all fields written here are length-delimited or varints.
    fileprivate enum Field {
        static let header = 1
        static let block = 2
        static let rowCount = 1
        static let floatValues = 3
        static let doubleValues = 4
        static let quantisedValues = 5
        static let quantiserDigest = 6
        static let textColumns = 7
        static let dictionary = 1
        static let codes = 2
    }

    /// A message with a header only: the first of a stream, or the beginning of a whole table.
    static func header(
        _ columns: TableColumns,
        _ options: ScoreOptions,
        _ job: JobPlace? = nil
    ) throws -> ByteBuffer {
        let header = try headerBytes(columns, options, job)
        var buffer = ByteBuffer()
        buffer.reserveCapacity(header.count + 16)
        buffer.writeField(Field.header, bytes: header)
        return buffer
    }

    /// Adds a table without its values, which are to follow: to an empty message, for the later
    /// ones of a stream, or to one with a header, for a whole table.
    static func appendHead(of table: FeatureTable, to buffer: inout ByteBuffer) throws {
        let byteCount = table.values.byteCount
        try check(rowCount: table.rowCount, byteCount: byteCount)
        let textColumns = table.texts.map(encoded)
        var length = 1 + ByteBuffer.varintBytes(table.rowCount)
        for column in textColumns {
            length += ByteBuffer.fieldBytes(contentBytes: column.readableBytes)
        }
        if byteCount > 0 { length += ByteBuffer.fieldBytes(contentBytes: byteCount) }
        buffer.writeTag(Field.block, wireType: 2)
        buffer.writeVarint(length)
        buffer.writeTag(Field.rowCount, wireType: 0)
        buffer.writeVarint(table.rowCount)
        for column in textColumns {
            buffer.writeTag(Field.textColumns, wireType: 2)
            buffer.writeVarint(column.readableBytes)
            buffer.writeImmutableBuffer(column)
        }
        if byteCount > 0 {
            buffer.writeTag(table.values.field, wireType: 2)
            buffer.writeVarint(byteCount)
        }
    }

    /// Adds a table as bytes of a quantiser; false, with nothing added, when 32 bits would round
    /// one of its values.
    static func append(
        _ table: FeatureTable,
        quantisedBy quantiser: BoundQuantiser,
        to buffer: inout ByteBuffer
    ) throws -> Bool {
        let byteCount = table.rowCount * quantiser.rowBytes
        try check(rowCount: table.rowCount, byteCount: byteCount)
        let end = buffer.writerIndex
        buffer.reserveCapacity(minimumWritableBytes: byteCount + 128)
        buffer.writeTag(Field.block, wireType: 2)
        buffer.writeVarint(
            1 + ByteBuffer.varintBytes(table.rowCount)
                + ByteBuffer.fieldBytes(contentBytes: quantiser.digest.count)
                + ByteBuffer.fieldBytes(contentBytes: byteCount)
        )
        buffer.writeTag(Field.rowCount, wireType: 0)
        buffer.writeVarint(table.rowCount)
        buffer.writeField(Field.quantiserDigest, bytes: quantiser.digest)
        buffer.writeTag(Field.quantisedValues, wireType: 2)
        buffer.writeVarint(byteCount)
        var isExact = false
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: byteCount) { memory in
            if let start = memory.baseAddress {
                isExact = quantiser.quantise(
                    table.values,
                    rowCount: table.rowCount,
                    into: start.assumingMemoryBound(to: UInt8.self)
                )
            }
            return byteCount
        }
        if !isExact { buffer.moveWriterIndex(to: end) }
        return isExact
    }

    /// The content of a TextColumn.
    private static func encoded(_ column: TextColumnBuffer) -> ByteBuffer {
        var buffer = ByteBuffer()
        for text in 0..<column.textCount {
            buffer.writeTag(Field.dictionary, wireType: 2)
            buffer.writeVarint(column[text].count)
            buffer.writeBytes(column[text])
        }
        guard !column.codes.isEmpty else { return buffer }
        buffer.writeTag(Field.codes, wireType: 2)
        buffer.writeVarint(4 * column.codes.count)
        column.codes.withUnsafeBytes { _ = buffer.writeBytes($0) }
        return buffer
    }

    private static func headerBytes(
        _ columns: TableColumns,
        _ options: ScoreOptions,
        _ job: JobPlace?
    ) throws -> [UInt8] {
        guard let reasonCount = UInt32(exactly: options.reasonCount) else {
            throw VigieError(
                code: .invalidArgument,
                message: "reasonCount is \(options.reasonCount)."
            )
        }
        var header = Vigie_V1_ScoreHeader()
        header.model = options.model ?? ""
        header.columns = columns.numbers
        header.textColumns = columns.texts
        header.outputs = outputs(options.outputs)
        header.reasonCount = reasonCount
        header.asOfDate = options.asOfDate ?? ""
        if let job { header.job = job.reference }
        return header.serializedBytes()
    }

    /// An option's bit is the number of its output in the protocol.
    private static func outputs(_ options: ScoreOutputs) -> [Vigie_V1_ScoreOutput] {
        Vigie_V1_ScoreOutput.allCases.filter { output in
            output != .unspecified && options.rawValue & (1 << UInt32(output.rawValue)) != 0
        }
    }

    private static func check(rowCount: Int, byteCount: Int) throws {
        guard rowCount <= UInt32.max, byteCount <= Int32.max else {
            throw VigieError.invalidTable(
                "A table of \(rowCount) rows is too long for one message."
            )
        }
    }
}

/// The values as the end of a message. The wire is little-endian, as are all machines that Swift
/// runs on.
extension FeatureTable.Values: MessageTail {
    package var byteCount: Int {
        switch self {
        case .float32(let floats): floats.count * MemoryLayout<Float>.stride
        case .float64(let doubles): doubles.count * MemoryLayout<Double>.stride
        }
    }

    package func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        switch self {
        case .float32(let floats): try floats.withUnsafeBytes(body)
        case .float64(let doubles): try doubles.withUnsafeBytes(body)
        }
    }

    /// The field that has them.
    fileprivate var field: Int {
        switch self {
        case .float32: RequestEncoding.Field.floatValues
        case .float64: RequestEncoding.Field.doubleValues
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

    /// Bytes of a field with so many bytes of content.
    fileprivate static func fieldBytes(contentBytes: Int) -> Int {
        1 + varintBytes(contentBytes) + contentBytes
    }

    fileprivate static func varintBytes(_ value: Int) -> Int {
        max(1, (64 - UInt64(value).leadingZeroBitCount + 6) / 7)
    }
}
