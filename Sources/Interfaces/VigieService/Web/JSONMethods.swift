// SPDX-License-Identifier: Apache-2.0

// Methods of services as paths: POST /v1/PortfolioService/ListPortfolios takes its request as JSON
// and gives its response so. Methods of a stream are for gRPC alone.

internal import CServiceDescriptors
internal import Callers
internal import GRPCTransport
internal import MessageJSON
internal import ProtobufCoding
internal import ServiceErrors

/// The methods that can be called with JSON.
struct JSONMethods: Sendable {
    /// How all paths begin.
    static let prefix = "/v1/"
    /// The package of services whose names stand in paths without it.
    private static let package = "vigie.v1."

    /// A method.
    struct Method: Sendable {
        /// Its path in gRPC.
        let path: String
        /// Its number among the routes of the server.
        let route: Int
        let isOpenToAll: Bool
        let request: String
        let response: String
        let answer: DirectAnswer
        let limit: MessageLimit
    }

    private let methods: [String: Method]
    /// Paths of methods that there are, and that take or give streams.
    private let streams: Set<String>
    private let schema: MessageSchema

    init(_ services: [ServiceDescription]) {
        let schema = MessageSchema.ofServer
        var (methods, streams, route) = ([String: Method](), Set<String>(), 0)
        for service in services {
            for method in service.methods {
                defer { route += 1 }
                guard service.name.hasPrefix(Self.package) else { continue }
                let short = service.name.dropFirst(Self.package.count)
                let path = "\(Self.prefix)\(short)/\(method.name)"
                let told = schema.services[service.name]?.first { $0.name == method.name }
                guard let told, !told.isStream, let answer = method.direct else {
                    streams.insert(path)
                    continue
                }
                methods[path] = Method(
                    path: "/\(service.name)/\(method.name)",
                    route: route,
                    isOpenToAll: service.isOpenToAll,
                    request: told.request,
                    response: told.response,
                    answer: answer,
                    limit: method.messageLimit
                )
            }
        }
        (self.methods, self.streams, self.schema) = (methods, streams, schema)
    }

    /// The methods that somebody may call, without the package and in the order of their names.
    func names(for caller: Caller) -> [String] {
        methods.values.filter { $0.isOpenToAll || caller.mayCall(route: $0.route) }
            .map { String($0.path.dropFirst(Self.package.count + 1)) }
            .sorted()
    }

    /// Finds the method that a request is for.
    func method(of request: WebRequest) throws(WebProblem) -> Method {
        guard let method = methods[request.path] else {
            throw streams.contains(request.path) ? .stream(request.path) : .noPage(request.path)
        }
        guard request.method == .post else { throw .notPosted }
        try request.checkJSON()
        return method
    }

    /// Calls a method.
    func answer(
        _ json: [UInt8],
        _ method: Method,
        _ caller: Caller?
    ) throws(WebProblem) -> [UInt8] {
        let request: [UInt8]
        do throws(MessageJSONError) { request = try schema.message(json, of: method.request) } catch
        {
            throw WebProblem(error)
        }
        guard request.count <= method.limit.bytes else { throw .tooLong(method.limit) }
        switch method.answer(request, caller) {
        case .failure(let status): throw WebProblem(status)
        case .success(let response):
            do throws(ProtobufError) {
                return try schema.json(response, of: method.response)
            } catch { throw .noAnswer }
        }
    }
}

extension MessageSchema {
    /// Of all services that servers have.
    static let ofServer: MessageSchema = {
        var schema = MessageSchema()
        var count = 0
        let files = UnsafeBufferPointer(start: vigie_descriptor_files(&count), count: count)
        for file in files {
            // Each is a field of a message of reflection.
            var reader = ProtobufReader(
                UnsafeRawBufferPointer(start: file.bytes, count: file.length)
            )
            guard (try? reader.nextTag()) != nil, let descriptor = try? reader.part() else {
                continue
            }
            try? schema.add(file: descriptor)
        }
        return schema
    }()
}
