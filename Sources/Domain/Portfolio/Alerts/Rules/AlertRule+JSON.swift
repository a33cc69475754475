// SPDX-License-Identifier: Apache-2.0

// Rules as documents:
// {"format": "vigie-alert-rule/1", "name": "falls", "kind": "SCORE_DROP", "raise": 50}

package import Documents
package import ServiceErrors
internal import VigieLimits

extension AlertRule {
    private static let format = "vigie-alert-rule/1"
    private static let keys = [
        "format", "name", "version", "kind", "raise", "clear", "confirm_runs", "keep_for_days",
        "no_data_runs", "window_days", "quantity", "direction", "signal", "events",
    ]

    /// The rule as a document, with all that held because nothing was said.
    package var json: String {
        var members: [String: JSONValue] = [
            "format": .string(Self.format), "name": .string(name), "version": .digits("\(version)"),
            "kind": .string(kind.rawValue), "raise": .number(raise), "clear": .number(clear),
            "confirm_runs": .digits("\(confirmRuns)"), "keep_for_days": .digits("\(keepForDays)"),
            "no_data_runs": .digits("\(noDataRuns)"),
        ]
        for (field, choice) in chosen { members[field] = .string(choice) }
        if kind.ownFields.contains("window_days") {
            members["window_days"] = .digits("\(windowDays)")
        }
        if kind == .legalEvent { members["events"] = .array(events.map { .string($0) }) }
        return JSONValue.object(members).text
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - json: What is in it.
    ///   - problems: Takes what is wrong with its form.
    /// - Returns: nil if anything is.
    /// - Throws: What is wrong with the rule in it.
    package static func read(
        json: [UInt8],
        _ problems: ProblemList
    ) throws(ServiceError) -> AlertRule? {
        guard let object = AlertDocument.object(json, keys, format, problems) else { return nil }
        var draft = AlertRuleDraft(
            name: object.required("name")?.string() ?? "",
            kind: object.required("kind")?.string() ?? ""
        )
        let numbers = -(1 << 31)...(1 << 31)
        draft.version = object.optional("version")?.integer(numbers) ?? 1
        draft.raise = object.optional("raise")?.number()
        draft.clear = object.optional("clear")?.number()
        draft.confirmRuns = object.optional("confirm_runs")?.integer(numbers)
        draft.keepForDays = object.optional("keep_for_days")?.integer(numbers)
        draft.noDataRuns = object.optional("no_data_runs")?.integer(numbers)
        draft.windowDays = object.optional("window_days")?.integer(numbers)
        draft.quantity = object.optional("quantity")?.string()
        draft.direction = object.optional("direction")?.string()
        draft.signal = object.optional("signal")?.string()
        draft.events = object.optional("events")?.array(limit: 2 * AlertLimits.legalEvents)
            .map { $0.string() }
        return problems.problems.isEmpty ? try AlertRule(draft) : nil
    }
}

/// Documents of this room.
enum AlertDocument {
    /// The members of a document of a form; nil if it is none, and a problem.
    static func object(
        _ json: [UInt8],
        _ keys: [String],
        _ format: String,
        _ problems: ProblemList
    ) -> ObjectReader? {
        guard json.count <= AlertLimits.documentBytes else {
            problems.addUnreadable(
                "",
                "has \(json.count) bytes; the limit documentBytes is \(AlertLimits.documentBytes)."
            )
            return nil
        }
        let value: DocumentValue
        do {
            value = try DocumentValue(json: json, depthLimit: AlertLimits.jsonDepth)
        } catch {
            problems.addUnreadable(error.place, "is not valid JSON: \(error.message).")
            return nil
        }
        return object(DocumentReader(value, problems), keys, format)
    }

    /// The members of a document of a form, whatever it is.
    static func object(
        _ document: DocumentReader,
        _ keys: [String],
        _ format: String
    ) -> ObjectReader {
        let object = document.object(keys: keys)
        if let found = object.required("format"), found.string() != format {
            document.problems.addUnreadable(found.path, "must be \"\(format)\".")
        }
        return object
    }
}

/// Numbers as messages have them.
enum AlertNumber {
    /// A number without decimals that say nothing: at most four, and never an exponent.
    static func text(_ value: Double, inFrench: Bool = false) -> String {
        guard value.isFinite, value.magnitude < 1e15 else {
            return value.isNaN ? "?" : value.isFinite ? "\(value)" : value > 0 ? "∞" : "-∞"
        }
        let scaled = (value.magnitude * 10_000).rounded()
        guard scaled < 9e18 else { return "\(value)" }
        let number = UInt64(scaled)
        let digits = String(number % 10_000 + 10_000).dropFirst()
        let decimals = digits.trimmedOfZeros
        let sign = value < 0 && number > 0 ? "-" : ""
        let point = decimals.isEmpty ? "" : inFrench ? "," : "."
        return "\(sign)\(number / 10_000)\(point)\(decimals)"
    }
}

extension Substring {
    fileprivate var trimmedOfZeros: Substring {
        var text = self
        while text.last == "0" { text.removeLast() }
        return text
    }
}
