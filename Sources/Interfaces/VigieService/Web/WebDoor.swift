// SPDX-License-Identifier: Apache-2.0

// What is asked in plain HTTP: methods of the services as JSON, for callers without gRPC. A request
// costs an event loop a look at its path; the rest is done on threads that may wait.

internal import Callers
package import GRPCTransport
internal import NIOCore
internal import ServiceErrors
internal import Turns
internal import VigieLimits

/// Answers plain requests of a server.
package final class WebDoor: WebHandler {
    private let methods: JSONMethods
    private let pages = WebPages()
    private let signIn: SignIn
    private let live: LiveFeed
    /// The number of the route whose callers may listen.
    private let liveRoute: Int?
    private let gate: (any CallGate)?
    private let workers: WorkerPool
    private let limits: ServiceLimits
    private let times = WorkTimes()

    /// Makes the door of some services.
    ///
    /// - Parameters:
    ///   - gate: Tells callers apart; knows the routes of the services in their order.
    ///   - sessions: Who is signed in.
    ///   - proxies: Whose word on who asks is believed; nil for nobody's.
    init(
        _ services: [ServiceDescription],
        gate: (any CallGate)?,
        _ sessions: WebSessions,
        _ proxies: ProxySignIn?,
        _ live: LiveFeed,
        _ limits: ServiceLimits
    ) {
        self.live = live
        liveRoute = services.flatMap(\.routes).firstIndex { $0.path == LiveFeed.method }
        let methods = JSONMethods(services)
        self.methods = methods
        signIn = SignIn(sessions, gate, proxies, methods)
        (self.gate, self.limits) = (gate, limits)
        workers = WorkerPool(threadCount: limits.webThreads, limits: .calls(limits))
    }

    /// Starts its threads.
    func start() { workers.start() }

    /// Ends them when their work is done.
    func stop() async { await workers.stop() }

    package func answer(_ request: WebRequest, _ exchange: WebExchange) {
        do throws(WebProblem) { try signIn.check(request) } catch {
            return exchange.respond(error)
        }
        if let (head, body) = signIn.answer(request) { return exchange.respond(head, body) }
        if request.path == LiveFeed.path { return listen(request, exchange) }
        // The description of the methods lies among them.
        if pages.answer(request, exchange) { return }
        guard request.path.hasPrefix(JSONMethods.prefix) else {
            return exchange.respond(WebProblem.noPage(request.path))
        }
        do throws(WebProblem) {
            let method = try methods.method(of: request)
            try submit { [self] in
                let start = NIODeadline.now()
                exchange.respond(answer(request, by: method))
                times.note(since: start)
            }
        } catch { exchange.respond(error) }
    }

    /// Has a thread do something.
    private func submit(_ body: @escaping @Sendable () -> Void) throws(WebProblem) {
        let nanoseconds = times.nanoseconds()
        let admission = workers.turns.submit(of: TurnShare(self), nanoseconds: nanoseconds) {
            body()
            return true
        }
        guard admission == .queued else { throw .overloaded }
    }

    /// Tells somebody, for as long as he listens, that something happened.
    private func listen(_ request: WebRequest, _ exchange: WebExchange) {
        do throws(WebProblem) {
            guard request.method == .get, let liveRoute else { throw .noPage(request.path) }
            try submit { [self] in
                do throws(WebProblem) {
                    let caller = try caller(of: request, route: liveRoute, LiveFeed.method)
                    caller?.usage.end()
                    try begin(request, exchange, caller)
                } catch { exchange.respond(error) }
            }
        } catch { exchange.respond(error) }
    }

    private func begin(
        _ request: WebRequest,
        _ exchange: WebExchange,
        _ caller: Caller?
    ) throws(WebProblem) {
        do throws(ServiceError) {
            try live.begin(request, exchange, caller) { [gate, signIn, liveRoute] in
                guard let gate else { return true }
                // He may have signed out, have lost what he showed, or have other roles by now.
                let now = try? gate.caller(signIn.credentials(of: request))
                return now.map { $0.mayStill(call: liveRoute, as: caller) } ?? false
            }
        } catch { throw WebProblem(error.status) }
    }

    private func answer(_ request: WebRequest, by method: JSONMethods.Method) -> WebProblem.Answer {
        do throws(WebProblem) {
            let caller =
                method.isOpenToAll
                ? nil : try caller(of: request, route: method.route, method.path)
            defer { caller?.usage.end() }
            return .json(try methods.answer(request.body, method, caller))
        } catch { return .problem(error) }
    }

    /// Who asks, if callers are told apart, and that he may. His call has begun.
    private func caller(
        of request: WebRequest,
        route: Int,
        _ path: String
    ) throws(WebProblem) -> Caller? {
        guard let gate else { return nil }
        let caller: Caller
        do throws(CallRefusal) {
            caller = try gate.caller(signIn.credentials(of: request))
            guard caller.mayCall(route: route) else {
                throw gate.refusal(of: caller, path: path)
            }
        } catch { throw WebProblem(error) }
        let now = NIODeadline.now().uptimeNanoseconds
        guard caller.usage.begin(nowNanoseconds: now) == nil else { throw .tooManyCalls }
        return caller
    }
}

extension Caller {
    /// Whether he may call a route, and is who he was before.
    fileprivate func mayStill(call route: Int?, as before: Caller?) -> Bool {
        guard let before, let route else { return false }
        return mayCall(route: route) && identity == before.identity && roles == before.roles
    }
}
