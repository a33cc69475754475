// SPDX-License-Identifier: Apache-2.0

// What alerts are called and how they are told: a table in French and English.

internal import CPortfolioData
internal import Documents
internal import Quantities

/// Words of alerts.
enum AlertWords {
    private static let all: [String: [String]] = {
        let table = vigie_alert_words
        let bytes = UnsafeRawBufferPointer(start: table.bytes, count: table.count)
        return Dictionary(
            DelimitedRows.read(bytes).filter { $0.count == 3 }.map { ($0[0], Array($0[1...])) },
            uniquingKeysWith: { first, _ in first }
        )
    }()

    /// The words of a code, in which values take the places of their names in braces. What stands
    /// in a value is never taken for a name. The code itself where the table lacks it.
    static func text(
        _ code: String,
        _ values: [String: String] = [:],
        inFrench: Bool
    ) -> String {
        guard let words = all[code]?[inFrench ? 0 : 1] else { return code }
        let pieces = words.split(separator: "{", omittingEmptySubsequences: false)
        var text = String(pieces.first ?? "")
        for piece in pieces.dropFirst() {
            let parts = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            text += values[String(parts[0])] ?? "?"
            if parts.count > 1 { text += parts[1] }
        }
        return text
    }
}

extension AlertKind {
    /// What it is called.
    package func title(inFrench: Bool) -> String {
        AlertWords.text(rawValue, inFrench: inFrench)
    }
}

extension AlertQuantity {
    /// What it is called, within a sentence.
    package func title(inFrench: Bool) -> String {
        AlertWords.text(rawValue, inFrench: inFrench)
    }
}

extension AlertEvent {
    /// What happened, in a sentence.
    package func text(inFrench: Bool) -> String {
        func number(_ value: Double?) -> String {
            value.map { AlertNumber.text($0, inFrench: inFrench) } ?? "–"
        }
        var values = [
            "kind": kind.title(inFrench: inFrench), "day": day.description,
            "old": number(oldValue), "new": number(newValue), "worse": number(worseBy),
            "count": "\(openings)", "assignee": shortened(assignee ?? "–"),
        ]
        var code = change.rawValue
        if change == .raised, openings > 1 { code = "reopened" }
        if change == .woken, worseBy != nil { code = "woken_worse" }
        if let note {
            code = "event_" + code
            values["person"] = shortened(note.person)
        }
        if !legalEvents.isEmpty { values["new"] = listed(legalEvents) }
        return AlertWords.text(code, values, inFrench: inFrench)
    }
}
