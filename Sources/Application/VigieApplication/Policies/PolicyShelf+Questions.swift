// SPDX-License-Identifier: Apache-2.0

// What one can ask about the policies of a shelf.

package import CreditPolicy
internal import Digests
package import Policies
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// A version of a policy, and where it stands.
package struct ShelvedPolicy: Sendable {
    /// The policy.
    package let policy: Policy
    /// Where it stands; nil when the records of the policy cannot be used.
    package let state: PolicyLife.State?
    /// From which day on it holds, will hold or is wanted to; nil for one that is none of that.
    package let from: CalendarDate?
}

extension ShelvedPolicy: CustomStringConvertible {
    /// In words, such as "small@1: active from 2026-01-31".
    package var description: String {
        let state = state?.rawValue ?? "its records cannot be used"
        return "\(policy.reference): \(state)" + (from.map { " from \($0)" } ?? "")
    }
}

/// Some of the policies, in their order.
package struct PolicyPage: Sendable {
    /// The versions.
    package let policies: [ShelvedPolicy]
    /// Asks for the next page; nil on the last.
    package let nextToken: String?
}

extension PolicyShelf {
    /// All versions, in the order of their names, the newest of each first.
    package var all: [ShelvedPolicy] {
        let (books, today) = (current, today)
        return books.versions.keys.sorted().flatMap { name in
            (books.versions[name] ?? []).map { version in
                ShelvedPolicy(version.policy, books.lives[name], today)
            }
        }
    }

    /// A page of them.
    ///
    /// - Parameters:
    ///   - pageSize: Most versions of the page; 0 leaves the choice to the server.
    ///   - pageToken: The token that the page before gave; empty for the first page.
    /// - Throws: INVALID_ARGUMENT.
    package func list(pageSize: Int, pageToken: String) throws(ServiceError) -> PolicyPage {
        guard pageSize >= 0 else {
            throw .negativePageSize(pageSize)
        }
        let all = all
        var start = 0
        if !pageToken.isEmpty {
            guard let last = all.firstIndex(where: { $0.policy.reference == pageToken }) else {
                throw .unknownPageToken(pageToken)
            }
            start = last + 1
        }
        let wanted = pageSize == 0 ? PolicyLimits.pagePolicies : pageSize
        let page = all[start...].prefix(min(wanted, PolicyLimits.pagePolicies))
        let isLast = start + page.count >= all.count
        return PolicyPage(
            policies: Array(page),
            nextToken: isLast ? nil : page.last?.policy.reference
        )
    }

    /// A version, and what was done with its policy.
    ///
    /// - Parameter reference: "name@version"; "name" for the version that holds today, or else the
    ///   newest.
    /// - Throws: NOT_FOUND; DATA_LOSS when the records are not whole.
    package func describe(
        _ reference: String
    ) throws(ServiceError) -> (version: ShelvedPolicy, life: PolicyLife) {
        let policy = try policy(toReview: reference)
        let name = policy.manifest.identifier
        let life = try life(of: name)
        return (ShelvedPolicy(policy, life, today), life)
    }

    /// Where a policy stands that was read.
    package func shelved(_ policy: Policy) -> ShelvedPolicy {
        let (books, name) = (current, policy.manifest.identifier)
        // Of a policy that is not on the shelf nothing was done yet.
        let life = books.lives[name] ?? (books.faults[name] == nil ? PolicyLife() : nil)
        return ShelvedPolicy(policy, life, today)
    }

    /// A version that somebody wants to look at, whether it holds or not: "name@version", or "name"
    /// for the one that holds today, or else the newest.
    ///
    /// - Throws: NOT_FOUND.
    package func policy(
        toReview reference: String,
        field: String = "policy"
    ) throws(ServiceError) -> Policy {
        let books = current
        if let version = books.named(reference) { return version.policy }
        if !reference.contains("@"), let all = books.versions[reference], let newest = all.first {
            let active = books.lives[reference]?.active(on: today)
            return (active.flatMap { books.version($0.version, of: reference) } ?? newest).policy
        }
        throw books.unknown(reference, field)
    }
}

extension PolicyShelf {
    /// The files of a version as they are on disk, with the content that the shelf knows.
    ///
    /// - Throws: NOT_FOUND; DATA_LOSS when they are others by now, or cannot be read.
    package func files(
        of reference: String
    ) throws(ServiceError) -> (version: ShelvedPolicy, files: [PolicyFile]) {
        let policy = try policy(toReview: reference)
        let version = current.version(policy.manifest.version, of: policy.manifest.identifier)
        guard let directory = version?.directory else {
            throw current.unknown(reference, "policy")
        }
        let files: [PolicyFile]
        do throws(PolicyError) {
            files = try PolicyUseCases.files(directory)
        } catch {
            throw ServiceError(.dataLoss, "BAD_POLICY", error.description)
        }
        let isSame = files.allSatisfy {
            policy.partHashes[$0.path] == Digest.hexadecimal(Digest.sha256($0.bytes))
        }
        guard isSame, files.count == policy.partHashes.count else {
            throw ServiceError(
                .dataLoss,
                "POLICY_CHANGED",
                "The files of \(policy.reference) are not those that the server has read.",
                metadata: ["policy": policy.reference]
            )
        }
        return (shelved(policy), files)
    }
}

extension ShelvedPolicy {
    /// A version with where it stands on a day, by what was done with its policy.
    init(_ policy: Policy, _ life: PolicyLife?, _ today: CalendarDate) {
        self.policy = policy
        let version = policy.manifest.version
        state = life?.state(of: version, contentHash: policy.contentHash, on: today)
        let active = life?.active(on: today).flatMap { $0.version == version ? $0.from : nil }
        let planned = life?.planned(after: today).first { $0.version == version }
        from = active ?? planned?.from ?? life?.requests[version]?.from
    }
}
