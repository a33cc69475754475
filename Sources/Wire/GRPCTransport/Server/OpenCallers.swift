// SPDX-License-Identifier: Apache-2.0

// Callers of open calls, looked at again when what is known of callers has changed: whoever is let
// in no more is not to be served until he has done. An event loop looks once a second whether that
// is so, which is one load of a number; rows and messages cost nothing.

internal import CHTTP2Session
internal import Callers
internal import Logging

/// Callers as they are known now, each found once, however many calls of his are open.
struct CallerLooks {
    let gate: any CallGate
    /// With those who were looked at, so that no other takes the place of one in memory meanwhile.
    private var found: [ObjectIdentifier: (Caller, Result<Caller, CallRefusal>)] = [:]

    init(_ gate: any CallGate) { self.gate = gate }

    /// Who it is now.
    mutating func again(_ caller: Caller) throws(CallRefusal) -> Caller {
        if let (_, known) = found[ObjectIdentifier(caller)] { return try known.get() }
        let result: Result<Caller, CallRefusal>
        do throws(CallRefusal) { result = .success(try gate.callerAgain(caller)) } catch {
            result = .failure(error)
        }
        found[ObjectIdentifier(caller)] = (caller, result)
        return try result.get()
    }
}

extension ServerSession {
    /// Ends the open calls that would not be let in any more as they were.
    func endCallsOfOthers(_ looks: inout CallerLooks) {
        var next = calls.first
        while let call = next?.takeUnretainedValue() {
            next = call.next
            guard call.outcome == .open, let caller = call.givenCaller else { continue }
            do throws(CallRefusal) {
                let now = try looks.again(caller)
                guard now.mayCall(route: call.routeIndex) else {
                    let path = environment.routes[call.routeIndex].path
                    throw looks.gate.refusal(of: now, path: path)
                }
                if !now.isAs(caller) { abandon(call, .callerChanged) }
            } catch {
                tell(error, "Call ended: its caller is let in no more.")
                abandon(call, GRPCStatus(error))
            }
        }
    }
}

extension Caller {
    /// Whether he may what another one may in the calls that he may make. What he may take, and how
    /// it weighs, counts for calls to come.
    fileprivate func isAs(_ other: Caller) -> Bool {
        identity == other.identity && models == other.models && creditRole == other.creditRole
            && roles == other.roles && mayDoEverything == other.mayDoEverything
    }
}

extension GRPCStatus {
    /// Of a call whose caller may call it, and may something else in it than when it began.
    fileprivate static var callerChanged: GRPCStatus {
        .explained(
            .unavailable,
            "What the caller may has changed since the call began; send it again.",
            reason: "ACCESS_CHANGED"
        )
    }
}
