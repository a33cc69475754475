// SPDX-License-Identifier: Apache-2.0

// One stream of server reflection. What is not found is an answer, not the end of the stream.
//
// An answer is a thousand times as long as what asks for it: some half a megabyte. So files are not
// copied into it, but sent from where the program has them; an answer that waits takes some hundred
// bytes, and to make it some microseconds.

internal import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// The state of one stream. Bound to the call's event loop.
final class ReflectionHandler: CallHandler {
    private typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
    private typealias Response = Grpc_Reflection_V1_ServerReflectionResponse
    private typealias ServiceName = Grpc_Reflection_V1_ServiceResponse

    private enum Answer {
        /// That of a number, and all that it imports.
        case files(Int)
        case other(Response.OneOf_MessageResponse)
    }

    /// That of `file_descriptor_response`.
    private static let filesTag: UInt32 = 4 << 3 | 2

    private let services: [String]
    private let limits: ServiceLimits
    private var requestCount = 0

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
            var response = Response.with {
                $0.validHost = request.host
                $0.originalRequest = request
            }
            // Compressed, they would have to be copied.
            call.compressesMessages = false
            switch answer(request) {
            case .files(let number):
                send(DescriptorIndex.descriptors(ofFile: number), of: response, to: call)
            case .other(let content):
                response.messageResponse = content
                call.send(response)
            }
        } catch {
            call.finish(error.status)
        }
    }

    func receiveEnd(call: ServerCall) {
        call.finish(.ok)
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {}

    /// Sends files behind the other fields of an answer.
    private func send(_ files: [UnsafeRawBufferPointer], of response: Response, to call: ServerCall)
    {
        var head = ProtobufWriter()
        response.write(to: &head)
        head.tag(Self.filesTag)
        head.varint(UInt64(files.reduce(0) { $0 + $1.count }))
        call.sendMessage(head: head.contents, lasting: files)
    }

    private func answer(_ request: Request) -> Answer {
        switch request.messageRequest {
        case .listServices:
            let names = services.map { name in ServiceName.with { $0.name = name } }
            return .other(.listServicesResponse(.with { $0.service = names }))
        case .fileByFilename(let name):
            return files(DescriptorIndex.file(named: name), orMissing: "File", name)
        case .fileContainingSymbol(let name):
            return files(DescriptorIndex.file(declaring: name), orMissing: "Symbol", name)
        case .fileContainingExtension(let wanted):
            // The protos of the services are proto3 and extend nothing.
            return missing("Extension", "\(wanted.extensionNumber) of \(wanted.containingType)")
        case .allExtensionNumbersOfType(let name):
            guard DescriptorIndex.isMessage(name) else { return missing("Type", name) }
            return .other(.allExtensionNumbersResponse(.with { $0.baseTypeName = name }))
        case nil:
            return error(.unimplemented, "The request asks for nothing that this server knows.")
        }
    }

    private func files(_ number: Int?, orMissing kind: String, _ name: String) -> Answer {
        number.map { .files($0) } ?? missing(kind, name)
    }

    private func missing(_ kind: String, _ name: String) -> Answer {
        error(.notFound, "\(kind) not found: \(name.shownInMessages)")
    }

    private func error(_ code: GRPCStatus.Code, _ message: String) -> Answer {
        .other(
            .errorResponse(
                .with {
                    $0.errorCode = Int32(code.rawValue)
                    $0.errorMessage = message
                }
            )
        )
    }
}
