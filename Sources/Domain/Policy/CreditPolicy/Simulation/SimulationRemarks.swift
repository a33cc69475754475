// SPDX-License-Identifier: Apache-2.0

// What is worth telling of the rows of a portfolio beside what is decided on them.
//
// Cost, expected: 60 ns and 16 bytes a company, for a number that stands for its name.

internal import Documents
internal import VigieLimits

/// Gathers remarks on rows.
package struct SimulationRemarks {
    private var names: Set<UInt64> = []
    private var isFull = false
    private var repeated: (count: Int, first: String) = (0, "")
    private var sectors: [String: Int] = [:]
    private var refused: [String: (count: Int, first: String)] = [:]
    private var unscored: [String: (count: Int, first: String)] = [:]

    /// There are none yet.
    package init() {}

    /// A number that stands for a name: FNV-1a. Of a million names, two that differ get one number
    /// once in ten million portfolios.
    @inlinable
    package static func number(of name: some Sequence<UInt8>) -> UInt64 {
        name.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// Notes the names of some rows.
    package mutating func note(_ rows: SimulatedRows) {
        for row in 0..<rows.rowCount {
            guard let number = rows.nameNumber(row) else { continue }
            guard !names.contains(number) else {
                if repeated.count == 0 {
                    repeated.first = "\(rows.place(row)): \(shortened(rows.name(row)))"
                }
                repeated.count += 1
                continue
            }
            if names.count < PolicyLimits.portfolioNames {
                names.insert(number)
            } else {
                isFull = true
            }
        }
    }

    /// Notes rows of a sector of which something is said.
    package mutating func note(sector note: String, rows: Int) {
        guard sectors.count < PolicyLimits.listedChanges || sectors[note] != nil else { return }
        sectors[note, default: 0] += rows
    }

    /// Notes a value that one of the policies refuses.
    mutating func note(_ fault: SimulatedFault, at place: String) {
        guard let policy = fault.policy else { return }
        let first = "\(place), \(fault.column): \(fault.words)"
        refused[policy, default: (0, first)].count += 1
    }

    /// Notes rows with a value that one of the policies does not know.
    mutating func note(unknown words: String, to policy: String, rows: Int, first place: String) {
        refused[policy, default: (0, "\(place), \(words)")].count += rows
    }

    /// Notes rows that a model gives no score.
    mutating func note(unscored rows: Int, by model: String, first place: String) {
        unscored[model, default: (0, place)].count += rows
    }

    /// All of them, a line each.
    package var lines: [String] {
        var lines = unscored.sorted { $0.key > $1.key }.map { model, told in
            "\(told.count) \(told.count == 1 ? "row gets" : "rows get") no score by the model "
                + "\(model); the first, \(told.first)"
        }
        lines += refused.sorted { $0.key < $1.key }.map { policy, told in
            "\(policy) refuses \(told.count) values, which count as not known for it; the first, "
                + told.first
        }
        lines += sectors.sorted { $0.key < $1.key }.map { note, count in
            "\(count) \(count == 1 ? "row" : "rows"): \(note)"
        }
        if repeated.count > 0 {
            let rows = repeated.count == 1 ? "1 row names" : "\(repeated.count) rows name"
            lines.append(
                "\(rows) a company that an earlier row names, and count once more; the first, "
                    + repeated.first
            )
        }
        if isFull {
            lines.append(
                "only the first \(PolicyLimits.portfolioNames) names were looked at for companies "
                    + "that stand in the file twice"
            )
        }
        return lines
    }
}
