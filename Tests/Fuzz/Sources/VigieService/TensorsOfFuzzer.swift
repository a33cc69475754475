// SPDX-License-Identifier: Apache-2.0

// The reader of ModelInfer requests, which takes them apart where they lie, held against the reader
// of all messages and a table that is put together cell by cell.

internal import ProtobufCoding
internal import Scoring
internal import ServiceErrors
package import VigieApplication
internal import VigieLimits
internal import VigieProtos

/// Reads requests of the Open Inference Protocol.
package final class TensorsOfFuzzer {
    private let registry: ModelRegistry
    private let meters: InferenceMeters
    private let limits = ServiceLimits()
    private let arena = DecodingArena(retainedBytesMax: 1 << 20)

    /// Makes a reader for some models.
    package init(_ registry: ModelRegistry) {
        self.registry = registry
        meters = InferenceMeters(registry) { 1_750_000_000 }
    }

    /// Reads a request, and makes the table of its tensors.
    package func read(_ bytes: UnsafeRawBufferPointer) {
        do throws(ServiceError) {
            let request = try InferRequest(bytes, limits: limits)
            let plan = try request.key.withUnsafeBytes { (key) throws(ServiceError) in
                try TensorPlan(
                    Inference_ModelInferRequest(received: key),
                    registry: registry,
                    meters: meters,
                    limits: limits
                )
            }
            let table = try TensorTable(request, plan: plan, limits: limits)
            let block = try table.block(in: arena)
            guard let message = try? Inference_ModelInferRequest(serializedBytes: bytes) else {
                preconditionFailure("a table of what is no request")
            }
            check(block, table, message)
        } catch {
            precondition(!error.message.isEmpty, "an error that tells nothing")
        }
    }

    private func check(
        _ block: RowBlock,
        _ table: TensorTable,
        _ message: Inference_ModelInferRequest
    ) {
        precondition(block.rowCount == table.rowCount, "rows are lost")
        var column = 0
        for (place, part) in table.plan.parts.enumerated() {
            guard case .numbers(let width) = part.role else { continue }
            let raw = message.rawInputContents.isEmpty ? nil : message.rawInputContents[place]
            for row in 0..<block.rowCount {
                for inside in 0..<width {
                    let at = row * width + inside
                    let wanted =
                        raw.map { number(part.type, raw: Array($0), at) }
                        ?? number(part.type, message.inputs[place].contents, at)
                    let found = value(block, row, column + inside)
                    let isEqual = found == wanted || found.isNaN && wanted.isNaN
                    precondition(isEqual, "\(found) at \(row), \(column + inside), not \(wanted)")
                }
            }
            column += width
        }
        precondition(column == block.columnCount, "columns are lost")
    }

    private func value(_ block: RowBlock, _ row: Int, _ column: Int) -> Double {
        let isRows = block.layout == .rowMajor
        let at = isRows ? row * block.columnCount + column : column * block.rowCount + row
        switch block.values {
        case .float32(let values): return Double(values[at])
        case .float64(let values): return values[at]
        case .quantised: preconditionFailure("tensors are no bins")
        }
    }

    private func number(
        _ type: TensorType,
        _ contents: Inference_InferTensorContents,
        _ at: Int
    ) -> Double {
        switch type {
        case .bool: contents.boolContents[at] ? 1 : 0
        // As Triton casts them.
        case .int8: Double(Int8(truncatingIfNeeded: contents.intContents[at]))
        case .int16: Double(Int16(truncatingIfNeeded: contents.intContents[at]))
        case .int32: Double(contents.intContents[at])
        case .int64: Double(contents.int64Contents[at])
        case .uint8: Double(UInt8(truncatingIfNeeded: contents.uintContents[at]))
        case .uint16: Double(UInt16(truncatingIfNeeded: contents.uintContents[at]))
        case .uint32: Double(contents.uintContents[at])
        case .uint64: Double(contents.uint64Contents[at])
        case .fp32: Double(contents.fp32Contents[at])
        case .fp64: contents.fp64Contents[at]
        case .fp16, .bf16, .bytes: preconditionFailure("in raw form only")
        }
    }

    private func number(_ type: TensorType, raw: [UInt8], _ at: Int) -> Double {
        let size = type.elementBytes
        let bits = raw[at * size..<(at + 1) * size].reversed().reduce(0 as UInt64) {
            $0 << 8 | UInt64($1)
        }
        switch type {
        case .bool: return bits == 0 ? 0 : 1
        case .uint8, .uint16, .uint32, .uint64: return Double(bits)
        case .int8: return Double(Int8(truncatingIfNeeded: bits))
        case .int16: return Double(Int16(truncatingIfNeeded: bits))
        case .int32: return Double(Int32(truncatingIfNeeded: bits))
        case .int64: return Double(Int64(bitPattern: bits))
        case .fp16: return Double(Float16(bitPattern: UInt16(truncatingIfNeeded: bits)))
        case .bf16: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
        case .fp32: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .fp64: return Double(bitPattern: bits)
        case .bytes: preconditionFailure("texts are no numbers")
        }
    }
}
