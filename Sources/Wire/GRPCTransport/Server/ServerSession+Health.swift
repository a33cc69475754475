// SPDX-License-Identifier: Apache-2.0

// GET /healthz: whether the server serves, for who speaks HTTP/2 and no gRPC. Answered once the
// request has ended: what comes until then may show that it is none.

internal import CHTTP2Session

/// How the page is asked for.
enum HealthPageRequest {
    case get
    case head
    /// By a method that it has not.
    case other
}

extension ServerSession {
    /// Where a request for the page is counted: behind the methods, and behind what is none.
    func pageIndex(_ head: vigie_request_head) -> Int {
        let isPage = environment.isServing != nil && !(head.is_post && head.is_grpc)
        return environment.routes.count + (isPage ? 1 : 0)
    }

    /// A request that is none of gRPC.
    func beginPlainRequest(_ call: ServerCall, _ head: vigie_request_head) {
        guard head.is_health_page, environment.isServing != nil else {
            if beginWebRequest(call, head) { return }
            return refuseAsHTTP(call, status: head.is_post ? "415" : "405")
        }
        call.healthPage = head.is_get ? .get : head.is_head ? .head : .other
    }

    /// The whole request is in: tells whether the server serves, if that is what was asked.
    func answerPlainRequest(_ call: ServerCall) {
        if let web = call.web {
            call.endDelivered = true
            return web.finish(self, call)
        }
        guard let request = call.healthPage, !call.isEnded, !call.responseBegun,
            let isServing = environment.isServing?()
        else { return }
        if request == .other { return refuseAsHTTP(call, status: "405") }
        let text = Array((isServing ? "serving\n" : "not serving\n").utf8)
        let hasBody = request == .get
        if hasBody {
            guard answers.reserve(text.count) else { return refuseAsHTTP(call, status: "503") }
            call.outbound.append(plain: text)
        }
        call.responseBegun = true
        call.outcome = .succeeded
        let fields = [
            (":status", Array((isServing ? "200" : "503").utf8)),
            ("content-type", Array("text/plain; charset=utf-8".utf8)),
            ("content-length", Array(String(text.count).utf8)),
            ("cache-control", Array("no-store".utf8)),
        ]
        submit(fields, of: call, hasBody: hasBody)
        if !isInTurn { outputPending?() }
    }
}
