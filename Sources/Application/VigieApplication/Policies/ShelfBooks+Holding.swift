// SPDX-License-Identifier: Apache-2.0

// Which policy holds, and why none does.

internal import CreditPolicy
internal import Policies
internal import Quantities
internal import ServiceErrors

extension ShelfBooks {
    /// The name of the only policy that holds on a day.
    func onlyName(on day: CalendarDate, field: String) throws(ServiceError) -> String {
        let names = lives.filter { $0.value.active(on: day) != nil }.keys.sorted()
        if names.count == 1 { return names[0] }
        guard names.isEmpty else {
            throw .invalid(
                field,
                "AMBIGUOUS_POLICY",
                "\(field) names no policy, and this server has \(Self.listed(names)); name one."
            )
        }
        if versions.count == 1, let name = versions.keys.first { return name }
        throw unknown("", field)
    }

    /// The policy of a name that holds on a day.
    func policy(
        named name: String,
        on day: CalendarDate,
        today: CalendarDate,
        field: String
    ) throws(ServiceError) -> Policy {
        if let fault = faults[name] { throw fault }
        guard let life = lives[name], versions[name] != nil || !life.records.isEmpty else {
            throw unknown(name, field)
        }
        // Whatever day is asked for: whoever stops a policy stops it.
        guard !life.isStopped(on: today) else {
            throw .policyState(
                "POLICY_STOPPED",
                "\(name) is stopped; nothing is decided by it until two persons activate a "
                    + "version.",
                name
            )
        }
        guard let active = life.active(on: day) else { throw notActive(name, life, day) }
        guard let version = version(active.version, of: name),
            version.policy.contentHash == active.contentHash
        else {
            throw .policyState(
                "POLICY_CHANGED",
                "\(name)@\(active.version) is not what was approved any more: put its files back, "
                    + "or activate it again.",
                name
            )
        }
        let manifest = version.policy.manifest
        guard manifest.isEffective(on: day) else {
            let last = manifest.effectiveTo.map { " to \($0)" } ?? " on"
            throw .policyState(
                "POLICY_NOT_EFFECTIVE",
                "\(version.policy.reference) is for decisions from \(manifest.effectiveFrom)"
                    + "\(last), and is asked for \(day).",
                name
            )
        }
        return version.policy
    }

    private func notActive(
        _ name: String,
        _ life: PolicyLife,
        _ day: CalendarDate
    ) -> ServiceError {
        let begins = life.firstDay.map { "; the first holds from \($0) on" } ?? ""
        let waiting = life.requests.keys.sorted().first.map {
            "; \(name)@\($0) waits for a second person"
        }
        return .policyState(
            "POLICY_NOT_ACTIVE",
            "No version of \(name) holds on \(day)\(waiting ?? begins). Two persons make one hold: "
                + "vigie policy activate, then vigie policy approve.",
            name
        )
    }

    /// That there is no such policy, or no such version of it, or that it has several of which none
    /// is named.
    func unknown(_ name: String, _ field: String) -> ServiceError {
        let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
        if let first = parts.first, let there = versions[first] {
            return versionNeeded(parts, there.map(\.policy.reference), field)
        }
        let shown = name.shownInMessages
        let names = versions.keys.sorted()
        let have =
            if !names.isEmpty {
                "This server has \(Self.listed(names))."
            } else if isDirectory {
                "This server's directory of policies has none that can be used; bring one with "
                    + "vigie policy upload."
            } else {
                "This server has no policies; start it with --policies and a directory of them."
            }
        return ServiceError(
            .notFound,
            "UNKNOWN_POLICY",
            name.isEmpty ? have : "There is no policy \"\(shown)\" (\(field)). \(have)",
            metadata: ["policy": shown],
            detail: .resource(type: "vigie.v1.Policy", name: shown)
        )
    }

    private func versionNeeded(
        _ parts: [String],
        _ there: [String],
        _ field: String
    ) -> ServiceError {
        let have = "This server has \(Self.listed(there))."
        guard parts.count > 1 else {
            return .invalid(
                field,
                "VERSION_NEEDED",
                "Say which version of \"\(parts[0])\" is meant (\(field)). \(have)",
                metadata: ["policy": parts[0]]
            )
        }
        let shown = parts.joined(separator: "@").shownInMessages
        let words =
            there.contains(parts.joined(separator: "@"))
            ? "\"\(shown)\" is one version (\(field)); name all of the policy: \"\(parts[0])\"."
            : "There is no version \"\(parts[1].shownInMessages)\" of \"\(parts[0])\" (\(field)). "
                + have
        return ServiceError(
            .notFound,
            "UNKNOWN_POLICY",
            words,
            metadata: ["policy": shown],
            detail: .resource(type: "vigie.v1.Policy", name: shown)
        )
    }

    private static func listed(_ names: [String]) -> String {
        let more = names.count > 10 ? " and \(names.count - 10) more" : ""
        return names.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ") + more
    }
}
