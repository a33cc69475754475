// SPDX-License-Identifier: Apache-2.0

// What two policies come to on a portfolio.

/// A portfolio under two policies: who is decided otherwise, and what that comes to.
public struct PolicySimulationReport: Sendable, Hashable {
    /// An amount of several companies.
    public struct Amount: Sendable, Hashable {
        /// The sum; `nil` where it has more digits than a number can have.
        public let sum: ExactNumber?
        /// How many companies have it.
        public let companyCount: Int

        package init(sum: ExactNumber?, companyCount: Int) {
            (self.sum, self.companyCount) = (sum, companyCount)
        }
    }

    /// How many there are of something.
    public struct Count: Sendable, Hashable {
        /// What it is.
        public let name: String
        /// How many.
        public let count: Int

        package init(name: String, count: Int) { (self.name, self.count) = (name, count) }
    }

    /// How many went from one to another, or stayed.
    public struct Transition: Sendable, Hashable {
        /// Where they were; empty for nowhere.
        public let before: String
        /// Where they will be; empty for nowhere.
        public let after: String
        /// How many.
        public let companyCount: Int

        package init(before: String, after: String, companyCount: Int) {
            (self.before, self.after, self.companyCount) = (before, after, companyCount)
        }
    }

    /// How often a table answered what.
    public struct Table: Sendable, Hashable {
        /// The decision that consists of it.
        public let decision: String
        /// Its rules, in their order: the id of each, empty without one, and how often it decided.
        public let rules: [Count]
        /// How often no rule matched.
        public let noneCount: Int
        /// How often no rule matched, and the table has a default.
        public let defaultCount: Int
        /// How often more rules matched than its hit policy lets.
        public let violationCount: Int
        /// How often a value was none of those that an input may have.
        public let invalidCount: Int

        package init(
            decision: String,
            rules: [Count],
            noneCount: Int,
            defaultCount: Int,
            violationCount: Int,
            invalidCount: Int
        ) {
            (self.decision, self.rules, self.noneCount) = (decision, rules, noneCount)
            (self.defaultCount, self.violationCount) = (defaultCount, violationCount)
            self.invalidCount = invalidCount
        }
    }

    /// What one policy comes to. Amounts are in its currency.
    public struct Policy: Sendable, Hashable {
        /// Its name and version, such as `cautious-supplier@1.0.0`.
        public package(set) var reference = ""
        /// SHA-256 over its files, in lower-case hexadecimal.
        public package(set) var contentHash = ""
        /// The model that scored the companies for it, where two are held against each other.
        public package(set) var model: String?
        /// The currency of its amounts.
        public package(set) var currency = ""
        /// Companies of each outcome, in the order of all outcomes.
        public package(set) var outcomes: [Count] = []
        /// The limits.
        public package(set) var limits = Amount(sum: nil, companyCount: 0)
        /// What of them is at our own risk.
        public package(set) var ownRisk = Amount(sum: nil, companyCount: 0)
        /// What is owed and ordered.
        public package(set) var exposure = Amount(sum: nil, companyCount: 0)
        /// What of it is above the limits.
        public package(set) var exposureAbove = Amount(sum: nil, companyCount: 0)
        /// What is to be expected to be lost of the limits.
        public package(set) var expectedLoss = Amount(sum: nil, companyCount: 0)
        /// What is to be expected to be lost of what is owed and nobody else bears.
        public package(set) var expectedLossOfExposure = Amount(sum: nil, companyCount: 0)
        /// Limits that whoever asks may not grant, by the role that may; an empty name for those
        /// that none may.
        public package(set) var toGrant: [Count] = []
        /// Limits for which a second person has to agree.
        public package(set) var secondPersonCount = 0
        /// Companies that were decided one by one, a hundred times as slowly.
        public package(set) var oneByOneCount = 0
        /// Why all of them were; `nil` if that is not so.
        public package(set) var slowReason: String?
        /// What its tables answered.
        public package(set) var tables: [Table] = []

        /// Nothing of any policy.
        package init() {}
    }

    /// A company of which something is decided otherwise.
    public struct Change: Sendable, Hashable {
        /// What is otherwise.
        public struct Part: Sendable, Hashable {
            /// What it is, such as `limit`.
            public let name: String
            /// As it was; empty for nothing.
            public let before: String
            /// As it will be; empty for nothing.
            public let after: String

            package init(name: String, before: String, after: String) {
                (self.name, self.before, self.after) = (name, before, after)
            }
        }

        /// Its name, or where it stands.
        public let company: String
        /// Its place among all companies, from 1.
        public let row: Int
        /// By how much its limit is another; no limit counts as 0.
        public let difference: ExactNumber
        /// What is otherwise.
        public let parts: [Part]

        package init(company: String, row: Int, difference: ExactNumber, parts: [Part]) {
            (self.company, self.row) = (company, row)
            (self.difference, self.parts) = (difference, parts)
        }
    }

    /// The day for which was decided, such as 2026-01-31.
    public package(set) var asOf: Day?
    /// Number of companies.
    public package(set) var companyCount = 0
    /// Number of those of which something is decided otherwise.
    public package(set) var changedCount = 0
    /// By how much limits are higher, and how many of them.
    public package(set) var limitsRaised = Amount(sum: nil, companyCount: 0)
    /// By how much limits are lower, and how many of them.
    public package(set) var limitsLowered = Amount(sum: nil, companyCount: 0)
    /// The policy as it is.
    public package(set) var before = Policy()
    /// The policy as it is to be.
    public package(set) var after = Policy()
    /// How many went from one outcome to another, or stayed.
    public package(set) var outcomes: [Transition] = []
    /// How many went from one class of risk to another, or stayed.
    public package(set) var classes: [Transition] = []
    /// The greatest changes of limits, the greatest first.
    public package(set) var changes: [Change] = []
    /// What is worth telling of the companies, a sentence each.
    public package(set) var notes: [String] = []

    /// A report of nothing.
    package init() {}
}
