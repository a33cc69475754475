// SPDX-License-Identifier: Apache-2.0

// The policies of a server, as plain values.

/// A version of a policy, in short.
public struct PolicySummary: Sendable, Hashable {
    /// Where a version stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Its records cannot be used, and nothing is decided by it.
        case unusable
        /// Nobody wants it to hold, yet or any more.
        case draft
        /// One person does.
        case requested
        /// Two have agreed, and its day has not come.
        case planned
        /// It holds.
        case active
        /// It held, and another took its place.
        case superseded
        /// It held when somebody stopped the policy.
        case stopped
        /// Two agreed to other content than it has now: nothing is decided by it.
        case changed
    }

    /// The name of the policy.
    public let name: String
    /// The version.
    public let version: String
    /// SHA-256 of its files, in lower-case hexadecimal.
    public let contentHash: String
    /// What it is called.
    public let label: LocalizedText
    /// Who wrote it.
    public let author: String
    /// Where it stands today.
    public let state: State
    /// From which day on it holds, will hold or is wanted to; `nil` if it is none of that.
    public let from: Day?

    /// Name and version, such as `cautious-supplier@1.0.0`.
    public var reference: String { "\(name)@\(version)" }
}

/// What somebody did with a version of a policy.
public struct PolicyEvent: Sendable, Hashable {
    /// What was done: `upload`, `activate`, `approve`, `withdraw`, `rollback` or `stop`; another
    /// word of a newer server.
    public let action: String
    /// The version.
    public let version: String
    /// Its content then: SHA-256 in lower-case hexadecimal.
    public let contentHash: String
    /// Who did it.
    public let identity: String
    /// Whether it was proven who that is, by a certificate or token.
    public let isProven: Bool
    /// When, in seconds since 1970 in UTC.
    public let secondsSince1970: Int64
    /// From which day on the version is to hold; `nil` but for `activate`.
    public let from: Day?
    /// Why; empty where nobody said.
    public let reason: String
}

/// A version of a policy, with what was done with the policy.
public struct PolicyDescription: Sendable, Hashable {
    /// Something that has to be known of a company.
    public struct Input: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What it is.
        public let label: LocalizedText
        /// The kind of its value, such as `number`.
        public let kind: String
        /// What numbers count, such as `currency`.
        public let unit: String
        /// Where it comes from, in words.
        public let source: String
        /// How old it may be, in days; `nil` if it does not age.
        public let maximumAgeDays: Int?
        /// Whether nothing can be decided without it.
        public let isRequired: Bool
    }

    /// A decision table.
    public struct Table: Sendable, Hashable {
        /// The decision that consists of it.
        public let decision: String
        /// Its hit policy, such as `UNIQUE`.
        public let hitPolicy: String
        /// What it looks at.
        public let inputs: [String]
        /// What it gives.
        public let outputs: [String]
        /// Number of its rules.
        public let ruleCount: Int
    }

    /// A role, with what it may grant.
    public struct Role: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What it is called.
        public let label: LocalizedText
        /// The greatest limit that it may grant, in decimal digits; `nil` for any.
        public let amount: String?
    }

    /// The version in short.
    public let summary: PolicySummary
    /// The version that it was made from; `nil` if there is none.
    public let parent: String?
    /// The currency of all amounts.
    public let currency: String
    /// What has to be known of a company.
    public let inputs: [Input]
    /// Which decision of the model answers which question, by the question.
    public let decisions: [String: String]
    /// Its decision tables.
    public let tables: [Table]
    /// Who may grant what, those that may grant least first.
    public let roles: [Role]
    /// The limit above which a second person has to agree, in decimal digits; `nil` for none.
    public let fourEyesAbove: String?
    /// Its files, by path: SHA-256 of each, in lower-case hexadecimal.
    public let files: [String: String]
    /// What was done with the policy, over all its versions, in order.
    public let records: [PolicyEvent]
}

/// What a look at a version of a policy has found.
public struct PolicyCheck: Sendable, Hashable {
    /// What keeps it from holding, each with its place; empty if it may hold.
    public let obstacles: [String]
    /// Number of tests and scenarios.
    public let testCount: Int
    /// Those that do not hold, in words.
    public let failures: [String]
    /// What was found about rules, in words: also what the policy lets stand.
    public let findings: [String]
    /// Number of rules.
    public let ruleCount: Int
    /// Number of rules that tests or scenarios hit.
    public let hitRuleCount: Int
}
