// SPDX-License-Identifier: Apache-2.0

// Reads a scorecard file, whose features must be the manifest's.

internal import Documents
internal import ExactTexts
internal import ModelFormats
internal import VigieLimits

extension Scorecard {
    /// The format that this version reads.
    static let format = "vigie-scorecard/1"

    /// Reads and checks a scorecard.
    ///
    /// - Throws: All problems found.
    init(json bytes: [UInt8], file: String, featureNames: [String]) throws(BundleError) {
        let problems = ProblemList(file: file)
        let root = DocumentReader(try DocumentValue(json: bytes, file: file), problems).object(keys: ["format", "intercept", "features"])
        if let format = root.required("format"), format.string() != Self.format {
            problems.add("format", "must be \"\(Self.format)\".")
        }
        intercept = root.required("intercept")?.points() ?? 0
        let features =
            root.required("features")?.array(limit: ScoringLimits.features)
            .map(ScorecardFeature.init) ?? []
        checkFeatureNames(features.map(\.name), featureNames, path: "features", problems)
        missingPoints = features.map(\.missing)
        meanPoints = features.map(\.mean)
        binOffsets = features.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.points.count) }
        upperBounds = features.flatMap(\.upperBounds)
        points = features.flatMap(\.points)
        try problems.check()
    }
}

/// Notes the first place where a model file's features differ from the manifest's. LightGBM
/// and scorecards take values by position, so names must agree in order.
func checkFeatureNames(
    _ found: [String],
    _ wanted: [String],
    path: String,
    _ problems: ProblemList
) {
    if found.count != wanted.count {
        problems.add(
            path,
            "are \(found.count), but the manifest has \(wanted.count); they must be the same."
        )
    }
    for (index, (found, wanted)) in zip(found, wanted).enumerated()
    where ExactText(found) != ExactText(wanted) {
        problems.add(
            "\(path)[\(index)]",
            "is \(quoted(found)), but the manifest's is \(quoted(wanted)); "
                + "names and order must be the same."
        )
        return
    }
}

private struct ScorecardFeature {
    let name: String
    let missing: Double
    let mean: Double
    let upperBounds: [Double]
    let points: [Double]

    init(_ reader: DocumentReader) {
        let object = reader.object(keys: ["name", "missing", "mean", "bins"])
        name = object.required("name")?.string() ?? ""
        missing = object.required("missing")?.points() ?? 0
        mean = object.required("mean")?.points() ?? 0
        let bins = object.required("bins")?.array(limit: ScoringLimits.scorecardBins) ?? []
        var (upperBounds, points): ([Double], [Double]) = ([], [])
        for (index, bin) in bins.enumerated() {
            let members = bin.object(keys: ["upper", "points"])
            points.append(members.required("points")?.points() ?? 0)
            let upper = members.optional("upper")?.number()
            if (upper == nil) != (index == bins.count - 1) {
                bin.problems.add(
                    members.path(to: "upper"),
                    "must be null in the last bin, which has no upper end, and only there."
                )
            }
            if let upper, let last = upperBounds.last, upper <= last {
                bin.problems.add(members.path(to: "upper"), "must be above that of the bin before.")
            }
            upperBounds.append(upper ?? .infinity)
        }
        if bins.isEmpty, object.optional("bins") != nil {
            reader.problems.add(object.path(to: "bins"), "must have at least one bin.")
        }
        self.upperBounds = upperBounds
        self.points = points
    }
}

extension DocumentReader {
    /// A number of log-odds of sensible size.
    fileprivate func points() -> Double {
        let number = number()
        if abs(number) > ScoringLimits.logOddsMagnitude {
            problems.add(path, "must be from -1e6 to 1e6.")
        }
        return number
    }
}
