// SPDX-License-Identifier: Apache-2.0

// Reads the bundle of a model: one manifest, which holds all figures.

internal import Digests
internal import Documents
internal import Quantities
package import Scoring
internal import VigieLimits

extension SurvivalModel {
    /// What its manifests have as their format.
    package static let format = "vigie-proceeding-survival/1"
    // tidy: limit: twenty-five years of quarters, beyond which no proceedings are told of
    private static let quartersMax = 100
    // tidy: limit: log-odds beyond which a probability is 0 or 1
    private static let logOddsMax = 50.0

    /// Loads and checks a bundle.
    ///
    /// - Throws: What is wrong with it.
    package init(bundle: BundleFiles) throws(BundleError) {
        let file = BundleFiles.manifestName
        let bytes = try bundle.read(file, limitBytes: ScoringLimits.manifestBytes)
        let root: DocumentValue
        do throws(DocumentError) {
            root = try DocumentValue(json: bytes, depthLimit: ScoringLimits.jsonDepth)
        } catch {
            throw BundleError(
                file: file,
                message: "is not valid JSON: \(error.place): \(error.message)."
            )
        }
        let problems = ProblemList(file: file)
        let object = DocumentReader(root, problems).object(keys: [
            "format", "name", "version", "description", "trained_until", "proceedings",
            "outcomes", "training",
        ])
        name = object.required("name")?.string() ?? ""
        version = object.required("version")?.string() ?? ""
        for (key, text) in [("name", name), ("version", version)]
        where !BundleFiles.isPlainName(text) {
            problems.add(object.path(to: key), "must be of letters, digits, '.', '_' and '-'.")
        }
        let day = object.required("trained_until").flatMap { CalendarDate($0.string()) }
        if day == nil { problems.add("trained_until", "must be a day written as 2026-01-31.") }
        trainedUntil = day ?? .first
        proceedingCount = object.required("proceedings")?.integer(1...Int.max) ?? 0
        contentHash = Digest.hexadecimal(Digest.sha256(bytes))
        var (baseline, effects) = ([[Double]](), [[String: [String: Double]]]())
        let outcomes =
            object.required("outcomes")?.array(limit: ProceedingOutcome.allCases.count) ?? []
        for (place, reader) in outcomes.enumerated() {
            let outcome = reader.object(keys: ["outcome", "baseline", "effects"])
            let named = outcome.required("outcome")?.choice(ProceedingOutcome.self)
            if let named, ProceedingOutcome.allCases[place] != named {
                problems.add(reader.path, "stands in another order than plan, conversion, …")
            }
            baseline.append(outcome.required("baseline")?.numbers(limit: Self.quartersMax) ?? [])
            var own: [String: [String: Double]] = [:]
            for (feature, classes) in outcome.required("effects")?.dictionary() ?? [] {
                if !Self.features.contains(feature) {
                    problems.add(classes.path, "is none of the features that are known.")
                }
                for (value, number) in classes.dictionary() {
                    own[feature, default: [:]][value] = number.number()
                }
            }
            effects.append(own)
        }
        let counts = Set(baseline.map(\.count))
        if outcomes.count != ProceedingOutcome.allCases.count || counts.count != 1
            || counts.contains(0)
        {
            problems.add("outcomes", "must be four, with as many quarters each, one at least.")
        }
        let numbers = baseline.joined() + effects.flatMap { $0.values.flatMap(\.values) }
        if !numbers.allSatisfy({ abs($0) <= Self.logOddsMax }) {
            problems.add("outcomes", "has log-odds beyond \(Self.logOddsMax).")
        }
        (self.baseline, self.effects) = (baseline, effects)
        guard problems.problems.isEmpty else {
            throw BundleError(code: .invalid, problems: problems.problems)
        }
    }

    private static let features: Set<String> = ["kind", "size", "age", "sector"]
}
