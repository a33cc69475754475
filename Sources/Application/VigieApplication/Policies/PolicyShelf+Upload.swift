// SPDX-License-Identifier: Apache-2.0

// Policies that others put on a shelf: read and looked at, then written whole or not at all. Who
// did it is on record before the files are there, so that nobody gets round it by a server that
// ends in between; a record without files keeps nobody from trying again.

internal import BundleStore
internal import CreditPolicy
package import Policies
package import ServiceErrors
internal import VigieLimits

extension PolicyShelf {
    /// Reads the files of a policy, as an upload brings them.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - contentHash: What has to come out; empty for whatever does.
    /// - Throws: INVALID_ARGUMENT with what is wrong.
    package static func read(
        _ files: [PolicyFile],
        contentHash: String
    ) throws(ServiceError) -> Policy {
        let policy: Policy
        do throws(PolicyError) {
            policy = try Policy.read(files)
        } catch {
            let shown = error.problems.prefix(PolicyLimits.shownObstacles).map { "\n  \($0)" }
            let more = error.problems.count - shown.count
            throw .invalid(
                "part.content",
                "BAD_POLICY",
                "The files are no policy:" + shown.joined()
                    + (more > 0 ? "\n  and \(more) more" : "")
            )
        }
        guard contentHash.isEmpty || contentHash == policy.contentHash else {
            throw .invalid(
                "header.content_hash",
                "OTHER_CONTENT",
                "The files have the content hash \(policy.contentHash), not "
                    + "\(contentHash.shownInMessages).",
                metadata: ["content_hash": policy.contentHash]
            )
        }
        return policy
    }

    /// Looks whether a policy could be put on the shelf.
    ///
    /// - Throws: As `upload`; a version that is there as it is here is none in the way.
    package func checkPlace(
        for policy: Policy,
        _ files: [PolicyFile]
    ) throws(ServiceError) {
        _ = try place(for: policy)
        guard let there = version(like: policy) else { return try checkRoom(for: files) }
        guard there.contentHash == policy.contentHash else { throw .policyExists(policy) }
    }

    /// Where a policy would be, which has no version of its name yet.
    private func place(for policy: Policy) throws(ServiceError) -> String {
        let name = policy.manifest.identifier
        guard let directory else {
            throw .policyState(
                "NO_SHELF",
                "This server keeps no policies; start it with --policies and a directory.",
                name
            )
        }
        guard PolicyShelfDirectory.isName(name), name != PolicyShelfDirectory.recordsName else {
            throw .invalid(
                "part.content",
                "BAD_POLICY",
                "policy.json: id: \"\(name.shownInMessages)\" cannot be the name of a policy on a "
                    + "shelf; let it begin with a letter."
            )
        }
        // What others have put there counts.
        try reload()
        return PolicyShelfDirectory.place(of: policy.reference, at: directory)
    }

    /// The version of the same name and number.
    private func version(like policy: Policy) -> Policy? {
        current.version(policy.manifest.version, of: policy.manifest.identifier)?.policy
    }

    /// Puts a policy on the shelf, as a draft.
    ///
    /// - Parameters:
    ///   - policy: The policy.
    ///   - files: The files that it was read from.
    ///   - person: Who does it.
    /// - Throws: ALREADY_EXISTS for a version that is there; RESOURCE_EXHAUSTED when the shelf is
    ///   full; FAILED_PRECONDITION without a directory.
    package func upload(
        _ policy: Policy,
        _ files: [PolicyFile],
        by person: PolicyPerson
    ) throws(ServiceError) {
        let place = try place(for: policy)
        try checkRoom(for: files)
        guard version(like: policy) == nil else { throw .policyExists(policy) }
        _ = try add(.upload, policy, by: person)
        var byPath: [String: [UInt8]] = [:]
        for file in files { byPath[file.path] = file.bytes }
        do throws(ServiceError) {
            try NewBundle.write(byPath, to: place)
        } catch {
            throw error.code == .alreadyExists ? .policyExists(policy) : error
        }
        put(
            Version(policy: policy, directory: place),
            byteCount: files.reduce(0) { $0 + $1.bytes.count }
        )
    }

    private func checkRoom(for files: [PolicyFile]) throws(ServiceError) {
        let books = current
        let count = books.versions.reduce(0) { $0 + $1.value.count } + 1
        let byteCount = books.byteCount + files.reduce(0) { $0 + $1.bytes.count }
        for (value, maximum, limit) in [
            (count, versionsMax, "shelfPolicies"),
            (byteCount, PolicyLimits.shelfBytes, "shelfBytes"),
        ] where value > maximum {
            throw .overLimit(
                "part.content",
                limit,
                "The shelf is full; take versions away that nobody needs.",
                value: value,
                maximum: maximum,
                code: .resourceExhausted
            )
        }
    }
}

extension ServiceError {
    /// That a version is on the shelf already.
    fileprivate static func policyExists(_ policy: Policy) -> ServiceError {
        ServiceError(
            .alreadyExists,
            "POLICY_EXISTS",
            "\(policy.reference) is there already; give it another version.",
            metadata: ["policy": policy.reference]
        )
    }
}
