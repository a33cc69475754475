// SPDX-License-Identifier: Apache-2.0

// The answer to one request: its id, what the engine has said of its rows, or why there is none.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieProtos

/// A request that is being answered. Bound to the call's event loop.
final class InferReply {
    /// The stream that the request came on; nil for a call of its own.
    let stream: ModelStreamInferHandler?
    private let beganNanoseconds = NIODeadline.now().uptimeNanoseconds
    private var id: [UInt8] = []
    private var meter: InferenceMeter?

    init(stream: ModelStreamInferHandler? = nil) {
        self.stream = stream
    }

    /// Takes what the answer repeats.
    func take(id: UnsafeRawBufferPointer) {
        self.id = Array(id)
    }

    /// Takes what counts the request.
    func take(_ meter: InferenceMeter) {
        self.meter = meter
    }

    /// Sends the outputs; the call ends with them unless it is a stream.
    func send(_ frame: RowFrame, _ plan: TensorPlan, on call: ServerCall) {
        let head = head(plan, rowCount: frame.rowCount)
        var tensorsBytes = 0
        for output in plan.outputs {
            tensorsBytes += Self.rawPrefix(output, frame).byteCount
            tensorsBytes += frame.rowCount * output.type.elementBytes
        }
        let response = FieldPrefix(tag: 0x12, contentBytes: head.count + tensorsBytes)
        let responseBytes = stream == nil ? 0 : response.byteCount
        let write = { [isStream = stream != nil] (output: UnsafeMutableRawBufferPointer) in
            if isStream { _ = response.write(to: output) }
            var rest = UnsafeMutableRawBufferPointer(rebasing: output[responseBytes...])
            rest.copyBytes(from: head)
            rest = UnsafeMutableRawBufferPointer(rebasing: rest[head.count...])
            for tensor in plan.outputs {
                let prefix = Self.rawPrefix(tensor, frame)
                _ = prefix.write(to: rest)
                rest = UnsafeMutableRawBufferPointer(rebasing: rest[prefix.byteCount...])
                tensor.withBytes(of: frame.columns) { bytes in
                    // Each column that was asked for has an entry for each row.
                    let count = min(bytes.count, rest.count)
                    rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
                    rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...])
                }
            }
        }
        let byteCount = responseBytes + head.count + tensorsBytes
        if stream == nil {
            call.finish(byteCount: byteCount, write: write)
        } else {
            call.sendMessage(byteCount: byteCount, write: write)
        }
        meter?.succeeded(rows: frame.rowCount, nanoseconds: elapsedNanoseconds)
    }

    /// Says why there is no answer; a stream goes on.
    func fail(_ error: ServiceError, on call: ServerCall) {
        meter?.failed(nanoseconds: elapsedNanoseconds)
        guard stream != nil else { return call.finish(error.status) }
        call.send(
            Inference_ModelStreamInferResponse.with {
                $0.errorMessage = error.message
                $0.inferResponse.id = String(decoding: id, as: UTF8.self)
            }
        )
    }

    private var elapsedNanoseconds: UInt64 {
        NIODeadline.now().uptimeNanoseconds - beganNanoseconds
    }

    private static func rawPrefix(_ output: TensorOutput, _ frame: RowFrame) -> FieldPrefix {
        FieldPrefix(tag: 0x32, contentBytes: frame.rowCount * output.type.elementBytes)
    }

    /// All fields before the contents.
    private func head(_ plan: TensorPlan, rowCount: Int) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.append(plan.prefix)
        if !id.isEmpty {
            writer.tag(26)
            writer.bytes(id)
        }
        if stream != nil { writer.append(Self.finalResponse) }
        for output in plan.outputs {
            let start = writer.open(42)
            writer.tag(10)
            writer.string(output.rawValue)
            writer.tag(18)
            writer.string(output.type.rawValue)
            let shape = writer.open(26)
            writer.varint(UInt64(rowCount))
            writer.varint(1)
            writer.close(shape)
            writer.close(start)
        }
        return writer.contents
    }

    /// Tells clients of streams that a request gets no further answer.
    private static let finalResponse = Inference_ModelInferResponse.with {
        $0.parameters["triton_final_response"] = .with { $0.boolParam = true }
    }.serializedBytes()
}
