// SPDX-License-Identifier: Apache-2.0

// What is asked in plain HTTP: methods of the services as JSON, for callers without gRPC. A request
// costs an event loop a look at its path; the rest is done on threads that may wait.

package import Callers
package import GRPCTransport
internal import NIOCore
internal import Turns
package import VigieLimits

/// Answers plain requests of a server.
package final class WebDoor: WebHandler {
    private let methods: JSONMethods
    private let pages = WebPages()
    private let signIn: SignIn
    private let gate: (any CallGate)?
    private let workers: WorkerPool
    private let limits: ServiceLimits
    private let times = WorkTimes()

    /// Makes the door of some services.
    ///
    /// - Parameters:
    ///   - gate: Tells callers apart; knows the routes of the services in their order.
    ///   - sessions: Who is signed in.
    init(
        _ services: [ServiceDescription],
        gate: (any CallGate)?,
        _ sessions: WebSessions,
        _ limits: ServiceLimits
    ) {
        signIn = SignIn(sessions, gate)
        methods = JSONMethods(services)
        (self.gate, self.limits) = (gate, limits)
        workers = WorkerPool(threadCount: limits.webThreads, limits: .calls(limits))
    }

    /// Starts its threads.
    func start() { workers.start() }

    /// Ends them when their work is done.
    func stop() async { await workers.stop() }

    package func answer(_ request: WebRequest, _ exchange: WebExchange) {
        if let (head, body) = signIn.answer(request) { return exchange.respond(head, body) }
        guard request.path.hasPrefix(JSONMethods.prefix) else {
            if pages.answer(request, exchange) { return }
            return exchange.respond(WebProblem.noPage(request.path))
        }
        do throws(WebProblem) {
            let method = try methods.method(of: request)
            let admission = workers.turns.submit(
                of: TurnShare(self),
                nanoseconds: times.nanoseconds()
            ) { [self] in
                let start = NIODeadline.now()
                exchange.respond(answer(request, by: method))
                times.note(since: start)
                return true
            }
            guard admission == .queued else { throw .overloaded }
        } catch { exchange.respond(error) }
    }

    private func answer(_ request: WebRequest, by method: JSONMethods.Method) -> WebProblem.Answer {
        do throws(WebProblem) {
            let caller = try caller(of: request, method)
            defer { caller?.usage.end() }
            return .json(try methods.answer(request.body, method, caller))
        } catch { return .problem(error) }
    }

    /// Who asks, if callers are told apart, and that he may. His call has begun.
    private func caller(
        of request: WebRequest,
        _ method: JSONMethods.Method
    ) throws(WebProblem) -> Caller? {
        guard let gate, !method.isOpenToAll else { return nil }
        let caller: Caller
        do throws(CallRefusal) {
            caller = try gate.caller(signIn.credentials(of: request))
            guard caller.mayCall(route: method.route) else {
                throw gate.refusal(of: caller, path: method.path)
            }
        } catch { throw WebProblem(error) }
        let now = NIODeadline.now().uptimeNanoseconds
        guard caller.usage.begin(nowNanoseconds: now) == nil else { throw .tooManyCalls }
        return caller
    }
}
