// SPDX-License-Identifier: Apache-2.0

// What registers say of a company's being there, out of all their records that were known.

internal import CreditFacts
internal import LegalHistory
internal import Quantities

/// What registers say.
enum RegisterEvidence {
    /// What the directory says: the record of it that was changed last. The register of businesses
    /// hands the directory's state on: it counts where the directory has nothing, and where it
    /// tells of an end after the last that is known of the directory.
    static func directory(_ entries: [RegisterEntry]) -> DirectoryStatus? {
        let own = last(entries, of: .directory)
        let other = last(entries, of: .businesses)
        var entry = own ?? other
        if let own, let other, own.isActive == true, other.isActive == false,
            day(other) > day(own)
        {
            entry = other
        }
        return entry.map { entry in
            DirectoryStatus(
                isActive: entry.isActive ?? true,
                since: entry.since,
                source: entry.source
            )
        }
    }

    /// The last record of a register that tells of a state; of two of one day, and of those
    /// without, the last one that was given.
    private static func last(
        _ entries: [RegisterEntry],
        of register: RegisterEntry.Register
    ) -> RegisterEntry? {
        var last: RegisterEntry?
        for entry in entries where entry.isActive != nil && entry.register == register {
            if let held = last, day(entry) < day(held) { continue }
            last = entry
        }
        return last
    }

    private static func day(_ entry: RegisterEntry) -> CalendarDate {
        entry.updatedAt.flatMap { CalendarDate(String($0.prefix(10))) } ?? entry.since ?? .first
    }

    /// The last strike-off up to a day, and where it was read.
    static func strikeOff(
        _ entries: [RegisterEntry],
        asOf: CalendarDate
    ) -> LegalEvidence.StrikeOff? {
        var last: LegalEvidence.StrikeOff?
        for entry in entries {
            guard let day = entry.struckOff, day <= asOf, day >= last?.day ?? .first else {
                continue
            }
            last = LegalEvidence.StrikeOff(day: day, source: entry.source)
        }
        return last
    }
}
