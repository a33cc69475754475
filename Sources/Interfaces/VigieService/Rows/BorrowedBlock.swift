// SPDX-License-Identifier: Apache-2.0

// A RowBlock message whose values stay where they came: the decryption of a row of 64
// floats costs some 50 ns, and a copy of them 10 ns.

internal import CVigieWire

extension Vigie__V1__RowBlock {
    /// Reads a message without copying its values; it must not be freed.
    ///
    /// - Returns: nil for a message that is wrong, is written in some unusual way, or whose values
    ///   are not aligned: it can only be decoded.
    init?(borrowing message: UnsafeRawBufferPointer) {
        var plain = vigie_plain_block()
        let start = message.bindMemory(to: UInt8.self).baseAddress
        guard vigie_plain_block_read(start, message.count, &plain),
            let rowCount = UInt32(exactly: plain.row_count),
            let layout = Int32(exactly: plain.layout)
        else { return nil }
        self.init()
        vigie__v1__row_block__init(&self)
        row_count = rowCount
        self.layout = Vigie__V1__BlockLayout(rawValue: UInt32(layout))
        quantiser_digest.data = UnsafeMutablePointer(mutating: plain.digest)
        quantiser_digest.len = plain.digest_bytes
        let values = UnsafeMutableRawBufferPointer(
            mutating: UnsafeRawBufferPointer(start: plain.values, count: plain.value_bytes)
        )
        switch plain.field {
        case VIGIE_VALUES_FLOAT:
            guard let floats = values.aligned(to: Float.self) else { return nil }
            float_values = floats.baseAddress
            n_float_values = floats.count
        case VIGIE_VALUES_DOUBLE:
            guard let doubles = values.aligned(to: Double.self) else { return nil }
            double_values = doubles.baseAddress
            n_double_values = doubles.count
        case VIGIE_VALUES_QUANTISED:
            quantised_values.data = values.bindMemory(to: UInt8.self).baseAddress
            quantised_values.len = values.count
        default:
            break
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    /// The bytes as values; nil when they are not aligned or end within a value.
    fileprivate func aligned<Value: BitwiseCopyable>(
        to type: Value.Type
    ) -> UnsafeMutableBufferPointer<Value>? {
        guard UInt(bitPattern: baseAddress) % UInt(MemoryLayout<Value>.alignment) == 0,
            count % MemoryLayout<Value>.stride == 0
        else { return nil }
        return bindMemory(to: type)
    }
}
