// SPDX-License-Identifier: Apache-2.0

// The policies of a server: any number, in any number of versions, and which of them holds. What is
// on disk counts; what was read of it is kept here, for calls that must not wait for a disk. A
// policy that cannot be used is told of and decides nothing, and keeps no other from it.

internal import BundleStore
internal import CreditPolicy
internal import Documents
package import Policies
package import Quantities
package import ServiceErrors
internal import Synchronization
internal import VigieLimits

/// The policies of a server.
package final class PolicyShelf: Sendable {
    /// A version of a policy.
    package struct Version: Sendable {
        /// The policy.
        package let policy: Policy
        /// The directory that it was read from.
        package let directory: String
    }

    let directory: String?
    let clock: WallClock
    let versionsMax: Int
    private let books: Mutex<ShelfBooks>

    /// Reads the policies of a directory.
    ///
    /// - Parameters:
    ///   - directory: Has a subdirectory for each version of each policy; nil for no policies.
    ///   - versionsMax: Most versions; others are passed over, and told.
    ///   - clock: Tells the time, by which records are dated.
    /// - Throws: When the directory cannot be read. What is wrong with a policy is in `problems`.
    package init(
        directory: String?,
        versionsMax: Int = PolicyLimits.shelfPolicies,
        clock: @escaping WallClock = SystemClock.now
    ) throws(ServiceError) {
        (self.directory, self.versionsMax, self.clock) = (directory, versionsMax, clock)
        books = Mutex(
            try directory.map { path throws(ServiceError) in
                try .read(path, versionsMax: versionsMax)
            } ?? ShelfBooks()
        )
    }

    /// Takes policies that hold as they say themselves, without anybody's approval: those of a
    /// program that decides by its own.
    package init(policies: [Policy] = [], clock: @escaping WallClock = SystemClock.now) {
        (directory, versionsMax, self.clock) = (nil, PolicyLimits.shelfPolicies, clock)
        books = Mutex(ShelfBooks(holding: policies))
    }

    /// Reads all policies again, and what was done with them.
    ///
    /// - Throws: When the directory cannot be read; all stays as it was then.
    package func reload() throws(ServiceError) {
        guard let directory else { return }
        var isTaken = false
        while !isTaken {
            let count = current.changeCount
            let read = try ShelfBooks.read(directory, versionsMax: versionsMax)
            // What was done here meanwhile may not have been on disk yet when that was read.
            isTaken = books.withLock { books in
                guard books.changeCount == count else { return false }
                books = read
                books.changeCount = count
                return true
            }
        }
    }

    /// What is wrong with policies that cannot be used, each in words without a full stop at the
    /// end: who tells them writes it, or does not.
    package var problems: [String] {
        current.problems.map(\.withoutFullStop)
    }

    /// The same for those who are not to know where on this machine the policies are.
    package var problemsForCallers: [String] {
        guard let directory else { return problems }
        return problems.map { $0.replacing(directory + "/", with: "") }
    }

    /// Files and directories that all this depends on, to see whether any changed.
    package var watchedPaths: [String] {
        directory.map { PolicyShelfDirectory.watched(at: $0) } ?? []
    }

    /// What was read last.
    var current: ShelfBooks { books.withLock { $0 } }

    /// Takes a version that was put on the shelf.
    func put(_ version: Version, byteCount: Int) {
        books.withLock {
            $0.add(version)
            $0.byteCount += byteCount
            $0.changeCount += 1
        }
    }

    /// Takes what was read of one policy.
    func take(_ life: PolicyLife, of name: String) {
        books.withLock {
            // Of two calls that read at once the one that read less does not count.
            guard $0.lives[name].map({ $0.records.count <= life.records.count }) ?? true else {
                return
            }
            $0.lives[name] = life
            $0.faults[name] = nil
            $0.changeCount += 1
        }
    }

    /// Today, in UTC.
    package var today: CalendarDate { CalendarDate(secondsSince1970: clock()) }

    /// The policy that holds on a day.
    ///
    /// - Parameters:
    ///   - reference: "name", or "name@version" for whoever will have no other version; empty for
    ///     the only policy that holds on that day.
    ///   - day: The day.
    ///   - field: Where in the request the reference stands.
    /// - Throws: NOT_FOUND; INVALID_ARGUMENT when several policies hold and none is named;
    ///   FAILED_PRECONDITION when none of its versions holds on that day, or it is stopped.
    package func policy(
        _ reference: String,
        on day: CalendarDate,
        field: String = "policy"
    ) throws(ServiceError) -> Policy {
        let books = current
        let parts = reference.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let name =
            reference.isEmpty
            ? try books.onlyName(on: day, field: field) : parts.first.map(String.init) ?? ""
        let policy = try books.policy(named: name, on: day, today: today, field: field)
        if parts.count > 1, policy.manifest.version != parts[1] {
            throw .policyState(
                "POLICY_NOT_ACTIVE",
                "\(reference.shownInMessages) does not hold on \(day); \(policy.reference) does.",
                name
            )
        }
        return policy
    }
}

extension ServiceError {
    /// A policy that is not in the state that is needed.
    static func policyState(
        _ reason: String,
        _ message: String,
        _ name: String
    ) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            reason,
            message,
            metadata: ["policy": name.shownInMessages]
        )
    }
}
