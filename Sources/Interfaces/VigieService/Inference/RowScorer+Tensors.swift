// SPDX-License-Identifier: Apache-2.0

// From a ModelInferRequest to its answer, on the path of all rows.

internal import BlockPipeline
internal import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
internal import Telemetry
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

extension RowMethod {
    /// Scores the tensors of the Open Inference Protocol. Its headers are requests without rows.
    static func inference(
        _ registry: ModelRegistry,
        meters: InferenceMeters,
        limits: ServiceLimits
    ) -> RowMethod {
        RowMethod(
            requestName: InferRequest.messageName,
            counter: .rowsScored
        ) { (bytes, _, _, _) throws(ServiceError) in
            let plan = try TensorPlan(
                Inference_ModelInferRequest(received: bytes),
                registry: registry,
                meters: meters,
                limits: limits
            )
            return PreparedHeader(tensors: plan)
        }
    }
}

extension RowScorer {
    /// Answers a request, now or later.
    ///
    /// - Returns: Whether the answer has been sent.
    func infer(
        _ message: UnsafeRawBufferPointer,
        reply: InferReply,
        call: ServerCall
    ) throws(ServiceError) -> Bool {
        let request = try InferRequest(message, limits: limits)
        reply.take(id: request.id)
        let key = request.key
        let known = try key.withUnsafeBufferPointer { (key) throws(ServiceError) in
            try prepare(UnsafeRawBufferPointer(key), for: call)
        }
        guard let known else {
            try prepare(key, for: message, reply: reply, call: call)
            return false
        }
        return try score(request, of: message, header: known, reply: reply, call: call)
    }

    /// Has a thread prepare a long header, and goes on then.
    private func prepare(
        _ key: [UInt8],
        for message: UnsafeRawBufferPointer,
        reply: InferReply,
        call: ServerCall
    ) throws(ServiceError) {
        let kept = try keep(message, of: call)
        let storage = MessageStorage()
        let isKept = key.withUnsafeBytes { storage.append($0, expected: key.count) }
        guard isKept else { throw .noRequestMemory(limits) }
        let goOn = { [self] (header: PreparedHeader) in
            call.withMessage(in: kept.storage) {
                var isAnswered = true
                do throws(ServiceError) {
                    let request = try InferRequest(kept.bytes, limits: limits)
                    isAnswered = try score(
                        request,
                        of: kept.bytes,
                        header: header,
                        reply: reply,
                        call: call
                    )
                } catch {
                    reply.fail(error, on: call)
                }
                if isAnswered { reply.stream?.goOn(call) }
            }
        }
        let refuse = { (error: ServiceError) in
            reply.fail(error, on: call)
            reply.stream?.goOn(call)
        }
        try prepare(storage.bytes, in: storage, for: call, then: goOn, refuse: refuse)
    }

    private func score(
        _ request: InferRequest,
        of message: UnsafeRawBufferPointer,
        header: PreparedHeader,
        reply: InferReply,
        call: ServerCall
    ) throws(ServiceError) -> Bool {
        guard let plan = header.tensors else { throw .malformed(InferRequest.messageName) }
        reply.take(plan.meter)
        let table = try TensorTable(request, plan: plan, limits: limits)
        let frame = blocks.takeFrame()
        do throws(ServiceError) {
            if table.estimatedNanoseconds > limits.inPlaceNanosecondsMax {
                try putOff(table, of: message, in: frame, call: call)
                try reserve(table.memoryBytes + header.memoryBytes(of: frame), for: call)
                try submit(frame, header: header, reply: .tensors(reply), call: call)
                return false
            }
            try reserve(table.memoryBytes, for: call)
            try frame.take(table)
            try reserve(header.memoryBytes(of: frame), for: call)
            counters.measure(.scoringNanoseconds) { blocks.runHere(frame, line: header.line) }
        } catch {
            call.releaseReservedAnswer()
            blocks.giveBack(frame)
            throw error
        }
        send(frame, header: header, reply: .tensors(reply), call: call)
        blocks.giveBack(frame)
        return true
    }

    /// Leaves the tensors to a thread, with the message that they lie in.
    private func putOff(
        _ table: TensorTable,
        of message: UnsafeRawBufferPointer,
        in frame: RowFrame,
        call: ServerCall
    ) throws(ServiceError) {
        let kept = try keep(message, of: call)
        guard kept.bytes.baseAddress != message.baseAddress else {
            return frame.putOff(table, in: kept.storage)
        }
        // A message that had to be copied: its parts are elsewhere now.
        let request = try InferRequest(kept.bytes, limits: limits)
        let moved = try TensorTable(request, plan: table.plan, limits: limits)
        frame.putOff(moved, in: kept.storage)
    }
}
