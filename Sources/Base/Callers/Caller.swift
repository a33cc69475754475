// SPDX-License-Identifier: Apache-2.0

// Who makes a call, and what he may: found once for each credential, shared by all calls with it.

package import Turns

/// Someone who calls, and what he may.
package final class Caller: Sendable {
    /// Who he is, such as `crm-nightly`; empty for one who did not say.
    package let identity: String
    /// The names of his roles.
    package let roles: [String]
    /// Whether one of them lets him do everything.
    package let mayDoEverything: Bool
    /// The models that he may use, as "name@version".
    package let models: NamePatterns
    /// When his credential ends, in seconds since 1970; nil when it does not.
    package let endSeconds: Int64?
    /// What he does at the moment, counted over all his credentials.
    package let usage: CallerUsage
    /// How his calls weigh where they wait for threads, unless they say less themselves.
    package let priority: TurnPriority
    /// The role that he has in policies of credit, such as `analyst`; nil if he may grant nothing.
    package let creditRole: String?
    /// What he showed: by that he is looked at again when what is known of callers has changed.
    package let credentials: CallCredentials
    /// For each route of the server, by its index, whether he may call it.
    private let mayCallRoute: [Bool]

    /// Makes a caller.
    package init(
        identity: String,
        roles: [String] = [],
        mayDoEverything: Bool = false,
        mayCall: [Bool],
        models: NamePatterns,
        endSeconds: Int64? = nil,
        priority: TurnPriority = .normal,
        creditRole: String? = nil,
        usage: CallerUsage,
        credentials: CallCredentials = CallCredentials(certificate: nil, authorization: [])
    ) {
        self.identity = identity
        self.roles = roles
        self.mayDoEverything = mayDoEverything
        self.mayCallRoute = mayCall
        self.models = models
        self.endSeconds = endSeconds
        self.priority = priority
        self.creditRole = creditRole
        self.usage = usage
        self.credentials = credentials
    }

    /// Whether he may call a route.
    package func mayCall(route index: Int) -> Bool {
        mayCallRoute.indices.contains(index) && mayCallRoute[index]
    }
}

/// Names, some of which stand for all that begin alike: `us-*`.
package struct NamePatterns: Sendable, Hashable {
    /// The patterns as they were written.
    package let patterns: [String]
    private let matchesAll: Bool

    /// Takes patterns; `*` alone stands for every name.
    package init(_ patterns: [String]) {
        self.patterns = patterns
        matchesAll = patterns.contains("*")
    }

    /// Every name.
    package static let all = NamePatterns(["*"])

    /// Whether a pattern has its star, if it has one, at its end.
    package static func isValid(_ pattern: String) -> Bool {
        !pattern.isEmpty && !pattern.dropLast().contains("*")
    }

    /// Whether a name is among them.
    package func match(_ name: String) -> Bool {
        if matchesAll { return true }
        // By bytes: names are what was written, not what looks the same.
        return patterns.contains { pattern in
            pattern.utf8.last == UInt8(ascii: "*")
                ? name.utf8.starts(with: pattern.utf8.dropLast())
                : name.utf8.elementsEqual(pattern.utf8)
        }
    }
}
