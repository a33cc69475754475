// SPDX-License-Identifier: Apache-2.0

// Unary methods of a message in and one out: answered at once on the event
// loop where that is quick, on a worker thread where it may be long or waits for a store.

internal import Callers
internal import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
internal import Turns
internal import VigieLimits

/// Where the calls of a method are answered.
enum MethodPlace {
    /// On the event loop: within some 100 microseconds, waiting for nothing.
    case eventLoop
    /// On a worker thread, behind a bounded queue; the deadline and the end of the call are
    /// heeded.
    case workers(WorkerPool, limits: ServiceLimits)
}

/// What answers a unary method: a function of its message, and of who calls, where the server tells
/// callers apart.
typealias MessageAnswer<Request, Response> =
    @Sendable (Request, _ caller: Caller?) throws(ServiceError) -> Response

extension MethodDescription {
    /// A unary method that a function of messages answers.
    static func message<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        messageLimit: MessageLimit,
        on place: MethodPlace,
        answer: @escaping @Sendable (Request) throws(ServiceError) -> Response
    ) -> MethodDescription {
        .message(name, messageLimit: messageLimit, on: place) {
            (request: Request, _: Caller?) throws(ServiceError) in try answer(request)
        }
    }

    /// A unary method that a function answers of a message and of the models that its caller may
    /// use.
    static func message<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        messageLimit: MessageLimit,
        on place: MethodPlace,
        answer: @escaping @Sendable (Request, NamePatterns) throws(ServiceError) -> Response
    ) -> MethodDescription {
        .message(name, messageLimit: messageLimit, on: place) {
            (request: Request, caller: Caller?) throws(ServiceError) in
            try answer(request, caller.permittedModels)
        }
    }

    /// A unary method that a function answers of a message and of who calls.
    static func message<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        messageLimit: MessageLimit,
        on place: MethodPlace,
        answer: @escaping MessageAnswer<Request, Response>
    ) -> MethodDescription {
        var method = called(name, messageLimit: messageLimit, on: place, answer: answer)
        method.direct = { bytes, caller in
            do throws(ServiceError) {
                guard let request = try? Request(serializedBytes: bytes) else {
                    throw .malformed(Request.protoMessageName)
                }
                return .success(try answer(request, caller).serializedBytes())
            } catch { return .failure(error.status) }
        }
        return method
    }

    /// The method as calls of gRPC have it.
    private static func called<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        messageLimit: MessageLimit,
        on place: MethodPlace,
        answer: @escaping MessageAnswer<Request, Response>
    ) -> MethodDescription {
        switch place {
        case .eventLoop:
            let handler = MessageHandler(answer: answer)
            return MethodDescription(
                name,
                requests: .one,
                messageLimit: messageLimit,
                sharesHandler: true
            ) { _ in handler }
        case .workers(let workers, let limits):
            return .work(name, messageLimit: messageLimit, on: workers, limits) {
                (request: Request, caller: Caller?, _) throws(ServiceError) in
                [try answer(request, caller).serializedBytes()]
            }
        }
    }

    /// A method of one request that a worker thread answers with encoded messages; it may ask
    /// whether somebody still waits for them.
    static func work<Request: ProtobufMessage>(
        _ name: String,
        messageLimit: MessageLimit,
        on workers: WorkerPool,
        _ limits: ServiceLimits,
        answer: @escaping WorkerHandler<Request>.Answer
    ) -> MethodDescription {
        let times = WorkTimes()
        return MethodDescription(name, requests: .one, messageLimit: messageLimit) { _ in
            WorkerHandler(workers: workers, limits: limits, times: times, answer: answer)
        }
    }
}

extension ServiceLimits {
    /// Of a method of the control plane.
    var controlMessage: MessageLimit {
        MessageLimit("controlMessageBytesMax", bytes: controlMessageBytesMax)
    }

    /// Of a health check.
    var healthMessage: MessageLimit {
        MessageLimit("healthMessageBytesMax", bytes: healthMessageBytesMax)
    }
}

/// Answers every call of one method; has no state of any one.
private final class MessageHandler<
    Request: ProtobufMessage,
    Response: ProtobufWritable
>: CallHandler, Sendable {
    private let answer: MessageAnswer<Request, Response>

    init(answer: @escaping MessageAnswer<Request, Response>) {
        self.answer = answer
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            call.send(try answer(try Request(received: message), call.caller))
            call.finish(.ok)
        } catch {
            call.finish(error.status)
        }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

extension ProtobufMessage {
    /// Decodes a received message.
    init(received bytes: UnsafeRawBufferPointer) throws(ServiceError) {
        do {
            self = try Self(serializedBytes: bytes)
        } catch {
            throw .malformed(Self.protoMessageName)
        }
    }
}

extension Caller? {
    /// The models that he may use; all where callers are not told apart.
    var permittedModels: NamePatterns { self?.models ?? .all }
}

extension ServerCall {
    /// The models that whoever calls may use.
    var permittedModels: NamePatterns { caller.permittedModels }

    /// Sends a message.
    func send(_ message: some ProtobufWritable) {
        let bytes = message.serializedBytes()
        sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
    }
}

extension ServiceError {
    /// The error of bytes that are no message of the type that they should be.
    static func malformed(_ messageName: String) -> ServiceError {
        .init(
            .invalidArgument,
            "MALFORMED_MESSAGE",
            "The request is no valid \(messageName): its bytes cannot be decoded. "
                + "Use stubs generated from the protos of this server's version.",
            metadata: ["message": messageName]
        )
    }
}
