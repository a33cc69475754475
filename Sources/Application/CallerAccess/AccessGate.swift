// SPDX-License-Identifier: Apache-2.0

// The gate of a server: the policy of the moment, and what each caller takes. A new policy takes
// the place of the old as a whole; the transport then looks at the calls that are open again.

package import Callers
internal import Synchronization
internal import Turns
internal import VigieLimits

/// Tells callers apart by a policy that may change.
package final class AccessGate: CallGate {
    private struct State {
        var policy: AccessPolicy
        var tokensByDigest: [String: AccessToken]
        var usages: [String: CallerUsage] = [:]
        /// Of those without limits: who they are is what turns are taken by.
        var freeUsages: [String: CallerUsage] = [:]
    }

    private let state: Mutex<State>
    /// Held by whoever reads files, so that of two the one that began first does not count last.
    private let reading = Mutex(())
    private let policies = Atomic<Int>(1)
    private let paths: [String]
    private let nowSeconds: @Sendable () -> Int64

    /// Makes a gate.
    ///
    /// - Parameters:
    ///   - policy: Who gets in.
    ///   - paths: The paths of the server's methods, in the order of its routes.
    ///   - nowSeconds: Seconds since 1970.
    package init(
        policy: AccessPolicy,
        paths: [String],
        nowSeconds: @escaping @Sendable () -> Int64
    ) {
        state = Mutex(Self.state(policy))
        self.paths = paths
        self.nowSeconds = nowSeconds
    }

    /// Another number with each policy.
    package var generation: Int { policies.load(ordering: .relaxed) }

    /// Lets callers in by another policy from now on.
    ///
    /// - Parameter read: Reads it; takes the one of before. Calls go on meanwhile.
    package func replace(_ read: (_ before: AccessPolicy) -> AccessPolicy) {
        reading.withLock { _ in take(read(state.withLock { $0.policy })) }
    }

    private func take(_ policy: AccessPolicy) {
        state.withLock { state in
            let (usages, freeUsages) = (state.usages, state.freeUsages)
            state = Self.state(policy)
            (state.usages, state.freeUsages) = (usages, freeUsages)
        }
        policies.wrappingAdd(1, ordering: .relaxed)
    }

    private static func state(_ policy: AccessPolicy) -> State {
        let tokens = policy.tokens?.tokens ?? []
        return State(
            policy: policy,
            tokensByDigest: Dictionary(tokens.map { ($0.sha256, $0) }) { first, _ in first }
        )
    }

    /// Who calls with these credentials.
    package func caller(_ credentials: CallCredentials) throws(CallRefusal) -> Caller {
        try caller(credentials, nowSeconds())
    }

    /// Who it is, by what is known now, whose call is open.
    package func callerAgain(_ caller: Caller) throws(CallRefusal) -> Caller {
        let now = nowSeconds()
        return try self.caller(caller.credentials, min(now, (caller.endSeconds ?? .max) - 1))
    }

    private func caller(
        _ credentials: CallCredentials,
        _ seconds: Int64
    ) throws(CallRefusal) -> Caller {
        // Signatures are not verified under the lock.
        let (policy, tokens) = state.withLock { ($0.policy, $0.tokensByDigest) }
        let found = try policy.caller(
            credentials,
            tokensByDigest: tokens,
            nowSeconds: seconds
        )
        let roles = found.grant.roles.compactMap { policy.rules.roles[$0] }
        let methods = roles.flatMap(\.methods)
        let limits = CallerLimits(
            callsPerSecond: found.grant.callsPerSecond,
            callsAtOnce: found.grant.callsAtOnce
        )
        return Caller(
            identity: found.identity,
            roles: roles.map(\.name),
            mayDoEverything: methods.contains("*"),
            mayCall: paths.map { path in
                methods.contains { Role.matches($0, path: path) }
            },
            models: NamePatterns(found.grant.models),
            endSeconds: found.endSeconds,
            // Of several roles the one that gives most.
            priority: found.grant.priority ?? roles.compactMap(\.priority).max() ?? .normal,
            creditRole: found.grant.creditRole,
            usage: usage(of: found.identity, limits),
            credentials: credentials
        )
    }

    /// What an identity takes, over all that it shows.
    private func usage(of identity: String, _ limits: CallerLimits) -> CallerUsage {
        state.withLock { state in
            limits == CallerLimits()
                ? Self.usage(of: identity, limits, in: &state.freeUsages)
                : Self.usage(of: identity, limits, in: &state.usages)
        }
    }

    private static func usage(
        of identity: String,
        _ limits: CallerLimits,
        in usages: inout [String: CallerUsage]
    ) -> CallerUsage {
        if let known = usages[identity], known.limits == limits { return known }
        // Claims may name any number of people: those who are gone are forgotten with all.
        if usages.count >= AccessLimits.usages { usages.removeAll() }
        let usage = CallerUsage(limits: limits)
        usages[identity] = usage
        return usage
    }

    /// The refusal of a method that a caller may not call.
    package func refusal(of caller: Caller, path: String) -> CallRefusal {
        let who =
            caller.identity.isEmpty ? "Callers who show nothing" : "\"\(caller.identity.shown)\""
        let rules = state.withLock { $0.policy.rules }
        let names = rules.roles.values
            .filter { role in role.methods.contains { Role.matches($0, path: path) } }
            .map(\.name).sorted().joined(separator: ", ")
        return CallRefusal(
            .permissionDenied,
            "ROLE_NEEDED",
            "\(who) may not call \(path.dropFirst()); roles that may: \(names)."
        )
    }

    /// Patterns of methods in the rules that stand for none that the server has.
    package func unknownMethods() -> [String] {
        let builtIn = Set(Role.builtIn.map(\.name))
        return state.withLock { $0.policy.rules.roles.values }
            .filter { !builtIn.contains($0.name) }
            .flatMap(\.methods)
            .filter { pattern in !paths.contains { Role.matches(pattern, path: $0) } }
            .sorted()
    }
}
