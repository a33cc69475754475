// SPDX-License-Identifier: Apache-2.0

// A plain request over HTTP/2. To the session it is a call without a method: it has the same
// clocks, and its bytes draw on the same budgets.

internal import CHTTP2Session
internal import Callers
internal import NIOCore
internal import VigieLimits

/// A plain request on a stream of HTTP/2, and its answer.
final class WebStream: WebSink {
    /// The call; nil once it is over.
    private var call: ServerCall?
    private let method: WebRequest.Method
    private let target: String
    private var body: [UInt8] = []
    private let bodyBytesMax: Int
    private let assembly: BudgetAccount
    private let authorization: [UInt8]
    private let showsSeveralTokens: Bool
    private var isStreaming = false
    var whenOver: (() -> Void)?

    init(
        _ call: ServerCall,
        _ method: WebRequest.Method,
        _ target: [UInt8],
        _ session: ServerSession
    ) {
        (self.call, self.method) = (call, method)
        self.target = String(decoding: target, as: UTF8.self)
        bodyBytesMax = session.environment.limits.webBodyBytesMax
        assembly = session.assembly
        authorization = session.callers.authorizationCount == 1 ? session.callers.authorization : []
        showsSeveralTokens = session.callers.authorizationCount > 1
    }

    var isOver: Bool { call == nil || call?.outcome != .open }

    var waitingBytes: Int { call?.outbound.byteCount ?? 0 }

    /// Takes bytes of the request.
    func receive(_ bytes: UnsafeRawBufferPointer) {
        guard !isOver else { return }
        guard body.count + bytes.count <= bodyBytesMax else {
            return respond(.tooLong(bodyBytesMax), [])
        }
        guard assembly.reserve(bytes.count) else { return respond(.noMemory, []) }
        body += bytes
    }

    /// The request is whole.
    func finish(_ session: ServerSession, _ call: ServerCall) {
        guard !isOver, let web = session.environment.web else { return }
        let request = WebRequest(
            method,
            target: target,
            fields: call.givenMetadata,
            body: body,
            credentials: CallCredentials(
                certificate: session.callers.certificate,
                authorization: authorization
            ),
            showsSeveralTokens: showsSeveralTokens,
            peerAddress: session.peerText.address
        )
        dropBody()
        web.answer(request, WebExchange(self, session.eventLoop))
    }

    /// The stream is over.
    func callEnded() {
        call = nil
        dropBody()
        tellOver()
    }

    /// The server stops: who reads on comes back to the next one.
    func drain() {
        if isStreaming { end() }
    }

    private func dropBody() {
        assembly.release(body.count)
        body = []
    }

    private func tellOver() {
        let told = whenOver
        whenOver = nil
        told?()
    }

    // MARK: Answering

    func respond(_ head: WebHead, _ body: [UInt8]) {
        guard let call, let session = call.session, !isOver, !call.responseBegun else { return }
        let hasBody = method != .head && !body.isEmpty
        if hasBody {
            guard session.answers.reserve(body.count) else { return respond(.noMemory, []) }
            call.outbound.append(plain: body)
        }
        call.responseBegun = true
        call.outcome = .succeeded
        session.submit(head.fields(bodyLength: body.count), of: call, hasBody: hasBody)
        session.tellOutput()
    }

    func begin(_ head: WebHead) {
        guard let call, let session = call.session, !isOver, !call.responseBegun else { return }
        guard method != .head else { return respond(head, []) }
        call.responseBegun = true
        isStreaming = true
        session.submit(head.fields(bodyLength: nil), of: call, hasBody: true)
        session.tellOutput()
    }

    func write(_ bytes: [UInt8]) {
        guard let call, let session = call.session, !isOver, isStreaming, !bytes.isEmpty else {
            return
        }
        guard session.answers.reserve(bytes.count) else { return session.cut(call) }
        call.outbound.append(plain: bytes)
        session.outputReady(call)
    }

    func end() {
        guard let call, let session = call.session, !isOver, isStreaming else { return }
        call.outcome = .succeeded
        session.outputReady(call)
    }
}

extension WebHead {
    /// As HTTP/2 has them.
    fileprivate func fields(bodyLength: Int?) -> [(String, [UInt8])] {
        var all = [(":status", Array("\(status)".utf8))]
        if let bodyLength { all.append(("content-length", Array("\(bodyLength)".utf8))) }
        return all + fields.map { ($0.name, [UInt8]($0.value.utf8)) }
    }

    static func tooLong(_ bytesMax: Int) -> WebHead {
        WebHead(413, [("vigie-limit", "webBodyBytesMax=\(bytesMax)")])
    }

    /// There is no memory for a request or an answer now.
    static let noMemory = WebHead(503, [("retry-after", "1")])
}

extension ServerSession {
    /// A request that is none of gRPC, where somebody answers such.
    ///
    /// - Returns: False where nobody does.
    func beginWebRequest(_ call: ServerCall, _ head: vigie_request_head) -> Bool {
        guard environment.web != nil, !(head.is_post && head.is_grpc) else { return false }
        let method: WebRequest.Method? =
            head.is_get ? .get : head.is_head ? .head : head.is_post ? .post : nil
        guard let method, !plainPath.isEmpty else { return false }
        call.web = WebStream(call, method, plainPath, self)
        plainPath = []
        return true
    }

    /// Keeps the path of a request that is for no method.
    func receivePlainPath(_ value: UnsafeRawBufferPointer) {
        if environment.web != nil { plainPath = Array(value) }
    }

    /// Ends answers that only end when their reader goes.
    func endWebStreams() {
        guard environment.web != nil else { return }
        var next = calls.first
        while let call = next?.takeUnretainedValue() {
            next = call.next
            call.web?.drain()
        }
    }

    /// Has what is queued sent.
    func tellOutput() {
        if !isInTurn { outputPending?() }
    }
}
