// SPDX-License-Identifier: Apache-2.0

// What cannot be answered, in HTTP's terms, with the same code, reason and words that gRPC gives.

internal import Callers
internal import Documents
internal import GRPCTransport
internal import MessageJSON
internal import ProtobufCoding
internal import VigieProtos

/// A plain request that cannot be fulfilled.
struct WebProblem: Error {
    /// The status of HTTP.
    let status: Int
    /// The code of gRPC, such as INVALID_ARGUMENT.
    let code: String
    /// What is wrong, for programs.
    var reason: String
    /// What is wrong, for people.
    let message: String
    /// The field at fault; empty for none.
    var field = ""
    /// The values in the message.
    var metadata: [String: String] = [:]
    /// Header fields beside it.
    var fields: [(name: String, value: String)] = []

    init(_ code: GRPCStatus.Code, _ reason: String, _ message: String, status: Int? = nil) {
        self.status = status ?? code.httpStatus
        (self.code, self.reason, self.message) = (code.name, reason, message)
    }

    /// The problem as a document.
    var body: [UInt8] {
        var members: [String: JSONValue] = [
            "code": .string(code), "reason": .string(reason), "message": .string(message),
        ]
        if !field.isEmpty { members["field"] = .string(field) }
        if !metadata.isEmpty { members["metadata"] = .object(metadata.mapValues { .string($0) }) }
        return Array(JSONValue.object(members).text.utf8)
    }

    /// What a request is answered with.
    enum Answer {
        /// What was asked for.
        case json([UInt8])
        /// Why it is not to be had.
        case problem(WebProblem)
    }
}

extension WebProblem {
    /// The problem of a method that has failed.
    init(_ status: GRPCStatus) {
        self.init(status.code, "", status.message)
        guard let bytes = status.details, let told = try? Google_Rpc_Status(serializedBytes: bytes)
        else { return }
        for detail in told.details {
            if detail.isA(Google_Rpc_ErrorInfo.self),
                let information = try? Google_Rpc_ErrorInfo(serializedBytes: detail.value)
            {
                (reason, metadata) = (information.reason, information.metadata)
            } else if detail.isA(Google_Rpc_BadRequest.self),
                let request = try? Google_Rpc_BadRequest(serializedBytes: detail.value)
            {
                field = request.fieldViolations.first?.field ?? ""
            } else if detail.isA(Google_Rpc_RetryInfo.self),
                let retry = try? Google_Rpc_RetryInfo(serializedBytes: detail.value)
            {
                let seconds = max(1, retry.retryDelay.seconds)
                fields.append(("retry-after", "\(seconds)"))
            }
        }
    }

    /// The problem of a caller who does not get in.
    init(_ refusal: CallRefusal) {
        switch refusal.kind {
        case .unauthenticated:
            self.init(.unauthenticated, refusal.reason, refusal.message)
            fields = [("www-authenticate", "Bearer")]
        case .permissionDenied: self.init(.permissionDenied, refusal.reason, refusal.message)
        }
    }

    /// The problem of a document that is not the message that is wanted.
    init(_ error: MessageJSONError) {
        let place = error.path.isEmpty ? "The request" : error.path
        self.init(.invalidArgument, "BAD_JSON", "\(place) \(error.message)")
        field = error.path
    }

    static func noPage(_ path: String) -> WebProblem {
        WebProblem(.notFound, "NO_PAGE", "There is nothing at this path.")
    }

    static func stream(_ path: String) -> WebProblem {
        WebProblem(
            .unimplemented,
            "STREAM",
            "This method takes or gives a stream, or much at a time: call it with gRPC."
        )
    }

    static var notPosted: WebProblem {
        var problem = WebProblem(
            .unimplemented,
            "NOT_POSTED",
            "Methods are called with POST.",
            status: 405
        )
        problem.fields = [("allow", "POST")]
        return problem
    }

    static var notJSON: WebProblem {
        WebProblem(
            .invalidArgument,
            "NOT_JSON",
            "Send the request as JSON, with content-type: application/json.",
            status: 415
        )
    }

    static func tooLong(_ limit: MessageLimit) -> WebProblem {
        WebProblem(
            .resourceExhausted,
            "LIMIT_EXCEEDED",
            "The request is longer than \(limit.name) allows, which is \(limit.bytes) bytes.",
            status: 413
        )
    }

    static var noAnswer: WebProblem {
        WebProblem(.internalError, "NO_ANSWER", "The answer could not be written as JSON.")
    }

    static var overloaded: WebProblem {
        var problem = WebProblem(
            .unavailable,
            "OVERLOADED",
            "Too many calls wait for this server's threads (queuedCallsMax); send it again later."
        )
        problem.fields = [("retry-after", "1")]
        return problem
    }

    static var tooManyCalls: WebProblem {
        var problem = WebProblem(
            .resourceExhausted,
            "CALLER_LIMIT",
            "You call more often, or more at once, than you may; send the call again later."
        )
        problem.fields = [("retry-after", "1")]
        return problem
    }
}

extension WebExchange {
    /// Answers with a document or a problem.
    func respond(_ answer: WebProblem.Answer) {
        switch answer {
        case .json(let json): respond(WebHead(200, Self.fields), json)
        case .problem(let problem): respond(problem)
        }
    }

    /// Answers with a problem.
    func respond(_ problem: WebProblem) {
        respond(WebHead(problem.status, Self.fields + problem.fields), problem.body)
    }

    /// Of all that is no page: nobody keeps it, and no browser takes it for something else.
    static var fields: [(name: String, value: String)] { fields(of: "application/json") }

    /// The same of a type of content.
    static func fields(of type: String) -> [(name: String, value: String)] {
        [
            ("content-type", type), ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
        ]
    }
}

extension GRPCStatus.Code {
    /// The status of HTTP that stands for it, as Google's APIs have it.
    fileprivate var httpStatus: Int {
        switch self {
        case .ok: 200
        case .invalidArgument, .failedPrecondition, .outOfRange: 400
        case .unauthenticated: 401
        case .permissionDenied: 403
        case .notFound: 404
        case .alreadyExists, .aborted: 409
        case .resourceExhausted: 429
        case .cancelled: 499
        case .unimplemented: 501
        case .unavailable: 503
        case .deadlineExceeded: 504
        default: 500
        }
    }
}
