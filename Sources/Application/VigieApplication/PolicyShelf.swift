// SPDX-License-Identifier: Apache-2.0

// The policies of a server, found by name and version, as of a day.

package import Policies
package import Quantities
package import ServiceErrors

/// The policies of a server.
package final class PolicyShelf: Sendable {
    private let policies: [Policy]

    /// Takes policies.
    package init(policies: [Policy] = []) { self.policies = policies }

    /// The policy that a caller names.
    ///
    /// - Parameters:
    ///   - reference: "name", "name@version", or empty for the only one.
    ///   - day: The day on which it has to hold.
    /// - Throws: NOT_FOUND, or FAILED_PRECONDITION for one that does not hold on the day.
    package func policy(
        _ reference: String,
        on day: CalendarDate
    ) throws(ServiceError) -> Policy {
        let named = policies.filter {
            reference.isEmpty || $0.manifest.identifier == reference || $0.reference == reference
        }
        let shown = reference.shownInMessages
        guard !named.isEmpty, !reference.isEmpty || Set(named.map(\.manifest.identifier)).count < 2
        else {
            throw ServiceError(
                .notFound,
                "UNKNOWN_POLICY",
                "There is no policy \"\(shown)\" (header.policy).",
                metadata: ["policy": shown],
                detail: .resource(type: "vigie.v1.Policy", name: shown)
            )
        }
        guard let policy = named.last(where: { $0.manifest.isEffective(on: day) }) else {
            throw ServiceError(
                .failedPrecondition,
                "POLICY_NOT_EFFECTIVE",
                "No version of \"\(shown)\" holds on \(day).",
                metadata: ["policy": shown, "day": "\(day)"]
            )
        }
        return policy
    }
}
