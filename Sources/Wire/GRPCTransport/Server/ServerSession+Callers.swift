// SPDX-License-Identifier: Apache-2.0

// Who makes a call, and whether he may: asked once the headers of a request are in. Where callers
// are not told apart this is one comparison.

internal import CHTTP2Session
internal import Callers
internal import Logging
internal import NIOCore
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension ServerSession {
    /// A request begins: nothing was shown yet.
    func beginCredentials() {
        guard environment.gate != nil, callers.authorizationCount > 0 else { return }
        callers.authorization.removeAll(keepingCapacity: true)
        callers.authorizationCount = 0
    }

    /// Keeps the header `authorization` until the others are in.
    func receiveAuthorization(_ value: UnsafeRawBufferPointer) {
        guard environment.gate != nil else { return }
        callers.authorization.replaceSubrange(callers.authorization.indices, with: value)
        callers.authorizationCount += 1
    }

    /// Lets a call in, or says why not.
    func admit(_ call: ServerCall, to route: Int, _ gate: any CallGate) -> GRPCStatus? {
        guard !environment.routes[route].isOpenToAll else { return nil }
        do throws(CallRefusal) {
            let caller = try caller(gate)
            guard caller.mayCall(route: route) else {
                throw gate.refusal(of: caller, path: environment.routes[route].path)
            }
            callers.refusals = 0
            if let excess = caller.usage.begin(nowNanoseconds: call.begun.uptimeNanoseconds) {
                return GRPCStatus(excess, of: caller)
            }
            call.givenCaller = caller
            if !isPeerKnown { knowPeer() }
            return nil
        } catch {
            note(error)
            return GRPCStatus(error)
        }
    }

    /// The first call of the connection is let in.
    private func knowPeer() {
        isPeerKnown = true
        if let slot { environment.slots.know(slot) }
    }

    private func caller(_ gate: any CallGate) throws(CallRefusal) -> Caller {
        guard callers.authorizationCount < 2 else {
            throw CallRefusal(
                .unauthenticated,
                "TWO_CREDENTIALS",
                "The call has the header authorization twice; send one."
            )
        }
        let now = Int64(time(nil))
        let generation = gate.generation
        if let same = callers.same(generation: generation, nowSeconds: now) { return same }
        let credentials = CallCredentials(
            certificate: callers.certificate,
            authorization: callers.authorization
        )
        let caller = try loop.knownCallers.caller(credentials, gate, nowSeconds: now)
        callers.remember(caller, generation: generation)
        return caller
    }

    /// Tells of a refusal, and takes notice of who is refused again and again: each signature
    /// that is looked at costs more than it takes to make one up.
    private func note(_ refusal: CallRefusal) {
        callers.refusals += 1
        if callers.refusals > environment.limits.refusalsMax {
            sendAway("too many refused calls (refusalsMax)")
        }
        tell(refusal, "Caller refused.")
    }

    /// Tells of a refusal, unless so many were told of.
    func tell(_ refusal: CallRefusal, _ words: Logger.Message) {
        var metadata: Logger.Metadata = [
            "reason": "\(refusal.reason)", "message": "\(refusal.message)",
            "peer": "\(peer?.description ?? "unknown")",
        ]
        guard let untold = loop.refusedCallers.take(now: .now()) else {
            return environment.logger.debug(words, metadata: metadata)
        }
        if untold > 0 { metadata["untold"] = "\(untold)" }
        environment.logger.notice(words, metadata: metadata)
    }
}

extension GRPCStatus {
    /// The status of a caller who does not get in.
    init(_ refusal: CallRefusal) {
        let code: Code =
            switch refusal.kind {
            case .unauthenticated: .unauthenticated
            case .permissionDenied: .permissionDenied
            }
        self = .explained(code, refusal.message, reason: refusal.reason)
    }

    /// The status of a caller who takes more than he may.
    init(_ excess: CallerUsage.Excess, of caller: Caller) {
        let (limit, text, milliseconds) =
            switch excess {
            case .callsAtOnce(let limit):
                (
                    "calls_at_once", "has \(limit) calls under way, as many as may be",
                    TransportLimits().memoryRetryMilliseconds
                )
            case .callsPerSecond(let limit, let wait):
                (
                    "calls_per_second", "calls more than \(limit) times a second",
                    Int(clamping: wait / 1_000_000) + 1
                )
            }
        self = .explained(
            .resourceExhausted,
            "\"\(caller.identity)\" \(text) (\(limit)); send the call again later.",
            reason: "CALLER_LIMIT",
            milliseconds: milliseconds
        )
    }
}
