// SPDX-License-Identifier: Apache-2.0

// Signing in to the page, and out again: what of it is asked in plain HTTP.

internal import Callers
internal import Documents
internal import GRPCTransport
internal import ServiceErrors

/// Who is signed in, asked and changed.
struct SignIn: Sendable {
    /// Who it is (GET), or that somebody comes by a link (POST).
    static let path = "/v1/session"
    /// That he goes.
    static let endPath = "/v1/session/end"

    private let sessions: WebSessions
    private let gate: (any CallGate)?
    private let proxies: ProxySignIn?
    private let methods: JSONMethods

    /// - Parameters:
    ///   - gate: Tells callers apart, if anything does.
    ///   - proxies: Whose word on who asks is believed; nil for nobody's.
    ///   - methods: What may be called.
    init(
        _ sessions: WebSessions,
        _ gate: (any CallGate)?,
        _ proxies: ProxySignIn?,
        _ methods: JSONMethods
    ) {
        (self.sessions, self.gate) = (sessions, gate)
        (self.proxies, self.methods) = (proxies, methods)
    }

    /// Refuses a request that names somebody and comes from nobody who may, and one that shows
    /// several tokens: what else it shows must not stand for whoever sent them.
    func check(_ request: WebRequest) throws(WebProblem) {
        guard !request.showsSeveralTokens else {
            throw WebProblem(
                .unauthenticated,
                "TWO_CREDENTIALS",
                "The request has the header authorization more than once; send one."
            )
        }
        try proxies?.check(request)
    }

    /// What a request shows of who asks: a token of its own before the word of a proxy, and that
    /// before the cookie.
    func credentials(of request: WebRequest) -> CallCredentials {
        guard request.credentials.authorization.isEmpty else { return request.credentials }
        if let identity = proxies?.identity(of: request) {
            return CallCredentials(
                certificate: nil,
                authorization: [],
                vouchedIdentity: identity
            )
        }
        guard let cookie = Self.cookie(request),
            let known = sessions.credentials(cookie: cookie)
        else { return request.credentials }
        return known
    }

    /// Answers what is asked about signing in; nil for what is not.
    func answer(_ request: WebRequest) -> (WebHead, [UInt8])? {
        switch (request.path, request.method) {
        case (Self.path, .get): return (WebHead(200, WebExchange.fields), tell(request))
        case (Self.path, .post): return open(request)
        case (Self.endPath, .post):
            if let cookie = Self.cookie(request) { sessions.end(cookie: cookie) }
            return (WebHead(204, WebExchange.fields + [Self.setting("", seconds: 0)]), [])
        default: return nil
        }
    }

    private func tell(_ request: WebRequest) -> [UInt8] {
        var members: [String: JSONValue] = ["tellsCallersApart": .bool(gate != nil)]
        if let gate, let caller = try? gate.caller(credentials(of: request)) {
            members["identity"] = .string(caller.identity)
            members["roles"] = .array(caller.roles.map { .string($0) })
            members["methods"] = .array(methods.names(for: caller).map { .string($0) })
            members["namedByProxy"] = .bool(caller.credentials.vouchedIdentity != nil)
        }
        return Array(JSONValue.object(members).text.utf8)
    }

    private func open(_ request: WebRequest) -> (WebHead, [UInt8]) {
        let problem: WebProblem
        do throws(WebProblem) {
            try request.checkJSON()
            guard
                let document = try? DocumentValue(json: request.body, depthLimit: 2),
                case .object(let object) = document, case .text(let link) = object["link"]
            else { throw WebProblem(.invalidArgument, "BAD_JSON", "Send the link as \"link\".") }
            guard let cookie = try sessions.cookie(link: link) else {
                throw WebProblem(
                    .unauthenticated,
                    "BAD_LINK",
                    "This link does not let anybody in any more: it works once, and for some "
                        + "minutes. Make another one: vigie dashboard open."
                )
            }
            let field = Self.setting(cookie, seconds: sessions.seconds)
            return (WebHead(204, WebExchange.fields + [field]), [])
        } catch { problem = error }
        return (WebHead(problem.status, WebExchange.fields + problem.fields), problem.body)
    }

    private static func setting(_ value: String, seconds: Int) -> (name: String, value: String) {
        (
            "set-cookie",
            "\(WebSessions.cookie)=\(value); Path=/; Max-Age=\(seconds); Secure; HttpOnly; "
                + "SameSite=Strict"
        )
    }

    /// The cookie of a request. HTTP/2 may bring each of several in a field of its own.
    private static func cookie(_ request: WebRequest) -> String? {
        for (name, value) in request.fields where name == "cookie" {
            for pair in value.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0] == WebSessions.cookie { return String(parts[1]) }
            }
        }
        return nil
    }
}

extension WebSessions {
    fileprivate func cookie(link: String) throws(WebProblem) -> String? {
        do throws(ServiceError) { return try open(link: link) } catch {
            throw WebProblem(error.status)
        }
    }
}

extension WebRequest {
    /// Refuses what a page of somebody else's could send without asking first.
    func checkJSON() throws(WebProblem) {
        let type = self[field: "content-type"]?.prefix { $0 != ";" } ?? ""
        guard type.lowercased() == "application/json" else { throw .notJSON }
    }
}
