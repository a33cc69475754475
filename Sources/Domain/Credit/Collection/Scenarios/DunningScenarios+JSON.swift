// SPDX-License-Identifier: Apache-2.0

// Scenarios as a document, with all that is wrong in it told at once:
// {"format": "vigie-dunning-scenarios/1", "version": "2026-11", "scenarios": [{"name": "usual",
//  "levels": [{"from_days": 6, "name": {"fr": "Rappel", "en": "Reminder"}, ...}]}]}

internal import CCreditData
package import Documents
internal import PaymentTerms
internal import VigieLimits

extension DunningScenarios {
    private static let format = "vigie-dunning-scenarios/1"

    /// The document that comes with the product.
    package static var standardDocument: [UInt8] {
        let table = vigie_dunning_scenarios
        return Array(UnsafeRawBufferPointer(start: table.bytes, count: table.count))
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - json: What is in it.
    ///   - problems: Takes what is wrong with it.
    /// - Returns: nil if anything is.
    package static func read(json: [UInt8], _ problems: ProblemList) -> DunningScenarios? {
        guard json.count <= CollectionLimits.scenarioBytes else {
            problems.addUnreadable(
                "",
                "has \(json.count) bytes; the limit scenarioBytes is "
                    + "\(CollectionLimits.scenarioBytes)."
            )
            return nil
        }
        let value: DocumentValue
        do {
            value = try DocumentValue(json: json, depthLimit: CollectionLimits.jsonDepth)
        } catch {
            problems.addUnreadable(error.place, "is not valid JSON: \(error.message).")
            return nil
        }
        return read(DocumentReader(value, problems))
    }

    private static func read(_ reader: DocumentReader) -> DunningScenarios? {
        let (object, problems) = (
            reader.object(
                keys: ["format", "version", "assumed_probability", "interest_rates", "scenarios"]
            ),
            reader.problems
        )
        if let found = object.required("format"), found.string() != format {
            problems.addUnreadable(found.path, "must be \"\(format)\".")
        }
        let version = object.required("version")?.name() ?? ""
        let probability = object.optional("assumed_probability")?.probability() ?? 0.05
        let rates = object.optional("interest_rates").map(Self.rates) ?? .published
        let readers =
            object.required("scenarios")?.array(limit: CollectionLimits.scenarios) ?? []
        let scenarios = readers.map(DunningScenario.init)
        checkNames(scenarios, readers, problems)
        guard problems.problems.isEmpty else { return nil }
        return DunningScenarios(
            version: version,
            assumedProbability: probability,
            rates: rates,
            scenarios
        )
    }

    /// The rates that are known, and before them those of a document.
    private static func rates(_ reader: DocumentReader) -> InterestRates {
        var (known, given) = (InterestRates.published, Set<HalfYear>())
        for each in reader.array(limit: CollectionLimits.interestRates) {
            guard let (half, rates) = each.ratesOfHalfYear() else { continue }
            if !given.insert(half).inserted {
                each.problems.add(each.path, "is of \(half.text), as another one is.")
            }
            known.byHalfYear[half] = rates
        }
        return known
    }

    /// One scenario has to be for all others, and no segment can have two.
    private static func checkNames(
        _ scenarios: [DunningScenario],
        _ readers: [DocumentReader],
        _ problems: ProblemList
    ) {
        var (names, segments): (Set<String>, Set<String>) = ([], [])
        var others = 0
        for (scenario, reader) in zip(scenarios, readers) {
            if !names.insert(scenario.name).inserted {
                problems.add(reader.path, "has the name of another one, \(quoted(scenario.name)).")
            }
            for segment in scenario.segments where !segments.insert(segment).inserted {
                problems.add(
                    reader.path,
                    "names the segment \(quoted(segment)), which is named already."
                )
            }
            if scenario.segments.isEmpty { others += 1 }
        }
        if others != 1, !readers.isEmpty {
            problems.add(
                "scenarios",
                "has \(others) scenarios without segments; exactly one must have none: that for "
                    + "all other customers."
            )
        }
        if readers.isEmpty { problems.add("scenarios", "has none.") }
    }
}

extension DunningScenario {
    private static let keys = [
        "name", "segments", "minimum_cents", "call_from_cents", "stepwise", "lists_not_due",
        "agreed_rate_hundredths", "levels",
    ]

    fileprivate init(_ reader: DocumentReader) {
        let object = reader.object(keys: Self.keys)
        let amounts = 0...Int(CollectionLimits.scenarioCents)
        name = object.required("name")?.name() ?? ""
        segments =
            object.optional("segments")?.array(limit: CollectionLimits.segments)
            .map { $0.name() } ?? []
        minimumCents = Int64(object.optional("minimum_cents")?.integer(amounts) ?? 0)
        callFromCents = Int64(
            object.optional("call_from_cents")?.integer(amounts) ?? amounts.upperBound
        )
        isStepwise = object.optional("stepwise")?.bool() ?? false
        listsNotDue = object.optional("lists_not_due")?.bool() ?? false
        agreedRate = object.optional("agreed_rate_hundredths").map { Int32($0.integer(1...10_000)) }
        let readers = object.required("levels")?.array(limit: CollectionLimits.levels) ?? []
        levels = readers.map(DunningLevel.init)
        for (level, next) in zip(levels, zip(levels, readers).dropFirst())
        where next.0.fromDays <= level.fromDays {
            reader.problems.add(
                next.1.path,
                "begins at \(next.0.fromDays) days, and must begin after the level before it, "
                    + "which begins at \(level.fromDays)."
            )
        }
        if readers.isEmpty, let path = object.required("levels")?.path {
            reader.problems.add(path, "has no level.")
        }
    }
}

extension DunningLevel {
    private static let keys = [
        "name", "from_days", "channel", "wait_days", "pay_within_days", "fee_cents", "interest",
        "indemnity", "subject", "opening", "closing",
    ]

    fileprivate init(_ reader: DocumentReader) {
        let object = reader.object(keys: Self.keys)
        let days = CollectionLimits.scenarioDays
        let fees = 0...Int(CollectionLimits.scenarioCents)
        name = object.required("name")?.letterText() ?? .none
        fromDays = object.required("from_days")?.integer(1...days) ?? 1
        channel = object.required("channel")?.choice(DunningChannel.self) ?? .email
        waitDays = object.optional("wait_days")?.integer(0...days) ?? 7
        payWithinDays = object.optional("pay_within_days")?.integer(0...days) ?? 8
        feeCents = Int64(object.optional("fee_cents")?.integer(fees) ?? 0)
        claimsInterest = object.optional("interest")?.bool() ?? false
        claimsIndemnity = object.optional("indemnity")?.bool() ?? false
        guard channel.isWritten else {
            (subject, opening, closing) = (.none, .none, .none)
            for key in ["subject", "opening", "closing"] where object.optional(key) != nil {
                reader.problems.add(
                    object.path(to: key),
                    "has no use: nothing is written by \"\(channel.rawValue)\"."
                )
            }
            return
        }
        subject = object.required("subject")?.letterText() ?? .none
        opening = object.required("opening")?.letterText() ?? .none
        closing = object.required("closing")?.letterText() ?? .none
    }
}

extension LetterText {
    fileprivate static let none = LetterText(french: "", english: "")
}

extension DocumentReader {
    /// A name: short, and not empty.
    fileprivate func name() -> String {
        let text = string()
        if text.isEmpty || text.utf8.count > CollectionLimits.nameBytes {
            problems.add(path, "must have 1 to \(CollectionLimits.nameBytes) bytes.")
        }
        return text
    }

    fileprivate func probability() -> Double {
        let number = number()
        if !(0...1).contains(number) { problems.add(path, "must be from 0 to 1.") }
        return number
    }

    /// The rates of a half-year: that of the European Central Bank, from which the legal rate of
    /// late interest follows, and if it is known the legal interest rate, below three times which
    /// no agreed one may be.
    fileprivate func ratesOfHalfYear() -> (HalfYear, InterestRates.Rates)? {
        let object = object(keys: ["half_year", "refinancing_hundredths", "legal_hundredths"])
        let rates = InterestRates.Rates(
            refinancing: object.required("refinancing_hundredths")?.integer(0...10_000) ?? 0,
            legal: object.optional("legal_hundredths")?.integer(0...10_000)
        )
        guard let reader = object.required("half_year") else { return nil }
        guard let half = HalfYear(reader.string()) else {
            reader.problems.add(
                reader.path,
                "must be a half-year, such as \"2026-2\" for July to December of 2026."
            )
            return nil
        }
        return (half, rates)
    }

    /// A text in all languages, with places that letters know.
    fileprivate func letterText() -> LetterText {
        let object = object(keys: LetterLanguage.allCases.map(\.rawValue))
        let texts = LetterLanguage.allCases.map { language -> String in
            guard let reader = object.required(language.rawValue) else { return "" }
            let text = reader.string()
            if text.utf8.count > CollectionLimits.letterTextBytes {
                problems.add(
                    reader.path,
                    "has \(text.utf8.count) bytes; the limit letterTextBytes is "
                        + "\(CollectionLimits.letterTextBytes)."
                )
            }
            let known = LetterPlace.allCases.map(\.rawValue)
            for place in PlacedText(text).places where !known.contains(place) {
                let hint = NearestName.hint(known, to: place)
                problems.add(reader.path, "has the place {\(place)}, which is none.\(hint)")
            }
            return text
        }
        return LetterText(french: texts[0], english: texts[1])
    }
}
