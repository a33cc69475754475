// SPDX-License-Identifier: Apache-2.0

// One stream of server reflection. What is not found is an answer, not the end of the stream.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// The state of one stream. Bound to the call's event loop.
final class ReflectionHandler: CallHandler {
    private typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
    private typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

    private let services: [String]
    private let limits: ServiceLimits
    private var requestCount = 0
    /// Whether the call is over; its object may be another call's by now.
    private var isOver = false

    /// Makes the handler of a stream that tells of `services`.
    init(services: [String], limits: ServiceLimits) {
        self.services = services
        self.limits = limits
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            requestCount += 1
            guard requestCount <= limits.reflectionRequestsMax else {
                throw .overLimit(
                    "message_request",
                    "reflectionRequestsMax",
                    "The stream has too many requests; open another one.",
                    value: requestCount,
                    maximum: limits.reflectionRequestsMax,
                    code: .resourceExhausted
                )
            }
            let request = try Request(received: message)
            let response = Response.with {
                $0.validHost = request.host
                $0.originalRequest = request
                $0.messageResponse = answer(request)
            }
            call.send(response)
            pause(call, after: response)
        } catch {
            call.finish(error.status)
        }
    }

    func receiveEnd(call: ServerCall) {
        call.finish(.ok)
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        isOver = true
    }

    /// Lets others come before the stream's next request: an answer is a thousand times as long as
    /// what asks for it, and it is made, and encrypted, on the event loop.
    private func pause(_ call: ServerCall, after response: Response) {
        guard case .fileDescriptorResponse(let files)? = response.messageResponse else { return }
        let bytes = files.fileDescriptorProto.reduce(0) { $0 + $1.count }
        let milliseconds = 1 + bytes / max(limits.reflectionBytesPerMillisecond, 1)
        call.pauseMessages()
        let paused = NIOLoopBound((handler: self, call: call), eventLoop: call.eventLoop)
        call.eventLoop.scheduleTask(in: .milliseconds(Int64(milliseconds))) {
            let (handler, call) = paused.value
            if !handler.isOver { call.resumeMessages() }
        }
    }

    private func answer(_ request: Request) -> Response.OneOf_MessageResponse {
        switch request.messageRequest {
        case .listServices:
            return .listServicesResponse(
                .with { $0.service = services.map { name in .with { $0.name = name } } }
            )
        case .fileByFilename(let name):
            return files(DescriptorIndex.file(named: name), orMissing: "File", name)
        case .fileContainingSymbol(let name):
            return files(DescriptorIndex.file(declaring: name), orMissing: "Symbol", name)
        case .fileContainingExtension(let wanted):
            // The protos of the services are proto3 and extend nothing.
            return missing("Extension", "\(wanted.extensionNumber) of \(wanted.containingType)")
        case .allExtensionNumbersOfType(let name):
            guard DescriptorIndex.isMessage(name) else { return missing("Type", name) }
            return .allExtensionNumbersResponse(.with { $0.baseTypeName = name })
        case nil:
            return .errorResponse(
                .with {
                    $0.errorCode = Int32(GRPCStatus.Code.unimplemented.rawValue)
                    $0.errorMessage = "The request asks for nothing that this server knows."
                }
            )
        }
    }

    private func files(
        _ number: Int?,
        orMissing kind: String,
        _ name: String
    ) -> Response.OneOf_MessageResponse {
        guard let number else { return missing(kind, name) }
        return .fileDescriptorResponse(
            .with { $0.fileDescriptorProto = DescriptorIndex.descriptors(ofFile: number) }
        )
    }

    private func missing(_ kind: String, _ name: String) -> Response.OneOf_MessageResponse {
        .errorResponse(
            .with {
                $0.errorCode = Int32(GRPCStatus.Code.notFound.rawValue)
                $0.errorMessage = "\(kind) not found: \(name.shownInMessages)"
            }
        )
    }
}
