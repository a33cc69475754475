// SPDX-License-Identifier: Apache-2.0

// Where a company's ratios stand among those of others of its trade and size, or of its form.

package import CreditFacts
package import StatementAnalysis

extension Assessment {
    /// The places of its ratios; one that means nothing has none, nor has one of which the table
    /// knows no group that the company is in.
    ///
    /// - Parameter entry: What a register says of its activity and size; nil if nothing is known.
    package func places(in quartiles: Quartiles, _ entry: RegisterEntry?) -> [QuartilePlace] {
        guard let last = statements.first else { return [] }
        let segments = Self.segments(entry, last.form)
        var places: [QuartilePlace] = []
        for ratio in ratios where ratio.formula.kind == .ratio {
            guard let value = ratio.value else { continue }
            let place = quartiles.place(
                ratio.formula.name,
                value,
                segments: segments,
                year: last.closing.fiscalYear
            )
            if let place { places.append(place) }
        }
        return places
    }

    /// Groups that a company is in, the narrowest first: its activity and size ("4332A:small"), its
    /// activity, shorter codes of it, its size (":small"), its form ("C"), all.
    static func segments(_ entry: RegisterEntry?, _ form: StatementForm) -> [String] {
        let activity = (entry?.activity ?? "").filter { $0 != "." && $0 != " " }.uppercased()
        let size = entry?.headcount.map { band in
            switch band.least {
            case ..<10: "micro"
            case ..<50: "small"
            case ..<250: "medium"
            default: "large"
            }
        }
        var segments: [String] = []
        for count in [5, 4, 3, 2] where activity.count >= count {
            let code = String(activity.prefix(count))
            if let size { segments.append("\(code):\(size)") }
            segments.append(code)
        }
        if let size { segments.append(":\(size)") }
        return segments + [form.rawValue, ""]
    }
}
