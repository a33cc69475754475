// SPDX-License-Identifier: Apache-2.0

// What people do with the policies of a shelf. Each step is decided by the records on disk, and is
// a record itself, so that any number of processes may work on one shelf.

internal import BundleStore
package import CreditPolicy
internal import Policies
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// Who does something with a policy.
package struct PolicyPerson: Sendable {
    /// His identity.
    package let identity: String
    /// Whether it was proven, by a certificate or token.
    package let isProven: Bool

    /// Takes an identity.
    package init(identity: String, isProven: Bool) {
        (self.identity, self.isProven) = (identity, isProven)
    }

    /// Whether a text can name somebody: it stands in records that people read.
    static func isIdentity(_ text: String) -> Bool {
        text.utf8.count <= AccessLimits.identityBytes && PersonIdentity.isPlain(text)
    }
}

extension PolicyShelf {
    /// The first person wants a version to hold.
    ///
    /// - Parameters:
    ///   - reference: "name@version", or "name" where there is but one.
    ///   - from: The first day; nil for today, or the first day of the policy if that is later.
    ///   - person: Who wants it.
    ///   - contentHash: What he takes its content to be; empty if he does not say.
    ///   - isWanted: Whether somebody still waits for it: whoever has gone wants nothing any more.
    /// - Returns: Where the version stands.
    /// - Throws: What keeps it from holding, and why he may not ask for it.
    package func activate(
        _ reference: String,
        from: CalendarDate?,
        by person: PolicyPerson,
        contentHash: String = "",
        isWanted: @escaping () -> Bool = { true }
    ) throws(ServiceError) -> ShelvedPolicy {
        let version = try onDisk(reference, contentHash)
        try Self.check(version, isWanted)
        let manifest = version.policy.manifest
        let first = from ?? max(today, manifest.effectiveFrom)
        guard manifest.isEffective(on: first) else {
            let last = manifest.effectiveTo.map { " to \($0)" } ?? " on"
            throw .policyState(
                "BAD_ACTIVATION_DAY",
                "\(version.policy.reference) is for decisions from \(manifest.effectiveFrom)"
                    + "\(last), and cannot hold from \(first) on.",
                manifest.identifier
            )
        }
        return try step(.activate, version, by: person, from: first)
    }

    /// The second person agrees that a version holds.
    package func approve(
        _ reference: String,
        by person: PolicyPerson,
        contentHash: String = "",
        isWanted: @escaping () -> Bool = { true }
    ) throws(ServiceError) -> ShelvedPolicy {
        let version = try onDisk(reference, contentHash)
        try Self.check(version, isWanted)
        return try step(.approve, version, by: person)
    }

    /// Takes back what somebody wants, or what two have agreed to and has not begun.
    package func withdraw(
        _ reference: String,
        by person: PolicyPerson,
        reason: String
    ) throws(ServiceError) -> ShelvedPolicy {
        try step(.withdraw, try onDisk(reference, ""), by: person, reason: reason)
    }

    /// Goes back to the version that held before.
    package func rollBack(
        _ name: String,
        by person: PolicyPerson,
        reason: String
    ) throws(ServiceError) -> ShelvedPolicy {
        let life = try life(of: name)
        guard let before = life.before(today) else {
            throw Self.error(.nothingBefore, name)
        }
        let version = try onDisk("\(name)@\(before.version)", "")
        return try step(.rollback, version, by: person, reason: reason)
    }

    /// Stops a policy: nothing is decided by it any more.
    package func stop(
        _ name: String,
        by person: PolicyPerson,
        reason: String
    ) throws(ServiceError) -> PolicyLife {
        // Also when its files are gone: whoever stops must not be stopped by that.
        let active = try life(of: name).active(on: today)
        return try add(.stop, by: person, reason: reason, of: name) { previous, seconds in
            PolicyRecord(
                .stop,
                version: active?.version ?? "-",
                contentHash: active?.contentHash ?? "-",
                identity: person.identity,
                isProven: person.isProven,
                seconds: seconds,
                reason: reason,
                previous: previous
            )
        }
    }

    /// What was done with a policy, as it is on disk now.
    ///
    /// - Throws: NOT_FOUND; DATA_LOSS when the records are not whole.
    package func life(of name: String) throws(ServiceError) -> PolicyLife {
        guard let directory, PolicyShelfDirectory.isName(name) else {
            throw current.unknown(name, "policy")
        }
        let life = try ShelfBooks.life(of: name, at: directory).life
        guard !life.records.isEmpty || current.versions[name] != nil else {
            throw current.unknown(name, "policy")
        }
        take(life, of: name)
        return life
    }

    // MARK: - Steps

    /// What keeps a policy from holding.
    private static func check(
        _ version: Version,
        _ isWanted: @escaping () -> Bool
    ) throws(ServiceError) {
        let obstacles = try PolicyGate(version.policy, isWanted: isWanted).obstacles
        guard !obstacles.isEmpty else { return }
        let shown = obstacles.prefix(PolicyLimits.shownObstacles).map { "\n  \($0)" }.joined()
        let more = obstacles.count - PolicyLimits.shownObstacles
        throw .policyState(
            "POLICY_NOT_READY",
            "\(version.policy.reference) cannot hold; mend it, or let stand what is meant "
                + "(waivers.json):\(shown)" + (more > 0 ? "\n  and \(more) more" : ""),
            version.policy.manifest.identifier
        )
    }

    private func step(
        _ action: PolicyRecord.Action,
        _ version: Version,
        by person: PolicyPerson,
        from: CalendarDate? = nil,
        reason: String = ""
    ) throws(ServiceError) -> ShelvedPolicy {
        let life = try add(action, version.policy, by: person, from: from, reason: reason)
        return ShelvedPolicy(version.policy, life, today)
    }

    func add(
        _ action: PolicyRecord.Action,
        _ policy: Policy,
        by person: PolicyPerson,
        from: CalendarDate? = nil,
        reason: String = ""
    ) throws(ServiceError) -> PolicyLife {
        try add(action, by: person, reason: reason, of: policy.manifest.identifier) {
            PolicyRecord(
                action,
                version: policy.manifest.version,
                contentHash: policy.contentHash,
                identity: person.identity,
                isProven: person.isProven,
                seconds: $1,
                from: from,
                reason: reason,
                previous: $0
            )
        }
    }

    /// Adds a record behind those on disk. Who is overtaken by another process looks again, and may
    /// find that there is nothing left to do.
    func add(
        _ action: PolicyRecord.Action,
        by person: PolicyPerson,
        reason: String,
        of name: String,
        _ record: (_ previous: String, _ seconds: Int64) -> PolicyRecord
    ) throws(ServiceError) -> PolicyLife {
        guard let directory else { throw current.unknown(name, "policy") }
        guard PolicyPerson.isIdentity(person.identity) else {
            throw .invalid(
                "identity",
                "IDENTITY_NEEDED",
                "An identity is a name of at most \(AccessLimits.identityBytes) bytes, "
                    + "\(PersonIdentity.plainForm)."
            )
        }
        guard reason.utf8.count <= PolicyLimits.textBytes else {
            throw .overLimit(
                "reason",
                "textBytes",
                "A reason of \(reason.utf8.count) bytes is too long.",
                value: reason.utf8.count,
                maximum: PolicyLimits.textBytes
            )
        }
        let log = RecordDirectory(PolicyShelfDirectory.records(of: name, at: directory))
        for _ in 0..<PolicyLimits.recordTries {
            var (life, last) = try ShelfBooks.life(of: name, at: directory)
            let count = life.records.count
            let record = record(last, clock())
            do throws(PolicyLife.Refusal) {
                try life.apply(record)
            } catch {
                throw Self.error(error, name)
            }
            if try log.add(Array(record.json.utf8), behind: count) {
                take(life, of: name)
                return life
            }
        }
        throw ServiceError(
            .unavailable,
            "OVERLOADED",
            "Others change the records of \(name) again and again; send it again later.",
            detail: .retry(milliseconds: 1_000)
        )
    }

    private static func error(_ refusal: PolicyLife.Refusal, _ name: String) -> ServiceError {
        .policyState(
            refusal.reason,
            "\(name): \(refusal.description)",
            name
        )
    }

    /// A version as it is on disk now.
    func onDisk(
        _ reference: String,
        _ contentHash: String
    ) throws(ServiceError) -> Version {
        guard directory != nil else { throw current.unknown(reference, "policy") }
        var found = current.named(reference)
        if found == nil {
            // Another process may have put it there.
            try reload()
            found = current.named(reference)
        }
        guard let found else { throw current.unknown(reference, "policy") }
        let policy: Policy
        do throws(PolicyError) {
            policy = try PolicyUseCases.read(found.directory)
        } catch {
            throw .policyState("BAD_POLICY", error.description, reference)
        }
        guard policy.reference == found.policy.reference else {
            throw .policyState(
                "POLICY_CHANGED",
                "\(found.directory) was \(found.policy.reference) and is \(policy.reference) now.",
                reference
            )
        }
        guard contentHash.isEmpty || contentHash == policy.contentHash else {
            throw .policyState(
                "POLICY_CHANGED",
                "\(policy.reference) has the content \(policy.contentHash), not "
                    + "\(contentHash.shownInMessages).",
                reference
            )
        }
        return Version(policy: policy, directory: found.directory)
    }
}

extension ShelfBooks {
    /// The version that is named, or the only one of a policy.
    func named(_ reference: String) -> PolicyShelf.Version? {
        let parts = reference.split(separator: "@", maxSplits: 1).map(String.init)
        guard let name = parts.first, let all = versions[name] else { return nil }
        guard parts.count > 1 else { return all.count == 1 ? all.first : nil }
        return all.first { $0.policy.manifest.version == parts[1] }
    }
}
