// SPDX-License-Identifier: Apache-2.0

// The lines of a LightGBM file before its first tree.

internal import Documents
internal import ExactTexts
internal import VigieLimits

/// What the header says.
struct LightGBMHeader {
    /// Feature names in the order of a row's values.
    let featureNames: [String]
    /// What the training rows had of each feature: "[low:high]" or, of categorical ones, "4:0:7".
    /// Empty when the file does not say.
    let featureInfos: [String]
    /// What makes predictions of raw scores.
    let objective: LightGBMObjective
    /// Raw scores of a row; tree `t` adds to output `t % outputCount`.
    let outputCount: Int
    /// Whether the prediction is made from the average of the trees (random forests).
    let averagesTrees: Bool
    /// Trees that `tree_sizes` lists; nil when it is not there.
    let treeCount: Int?
    /// Whether a tree follows.
    let hasTrees: Bool
}

extension LightGBMTextReader {
    /// What LightGBM 2.1 to 4 write into a header. Other lines could change every score.
    private static let headerKeys = [
        "feature_infos", "feature_names", "max_feature_idx", "num_class",
        "num_tree_per_iteration", "objective", "tree_sizes", "version",
        // Of training only.
        "label_index", "monotone_constraints",
    ]

    /// Reads the header, up to and including the first `Tree=0` line.
    static func readHeader(_ lines: inout TextLines) throws(ModelFormatError) -> LightGBMHeader {
        var section = TextSection(name: "header", line: 1)
        // A word alone on its line is a flag; a flag we do not know could change every score.
        var averages = false
        var hasTrees: Bool?
        while hasTrees == nil, let line = lines.nextLine() {
            if line.isEmpty { continue }
            if line.elementsEqual("average_output".utf8) {
                averages = true
            } else if endsTrees(line) {
                hasTrees = false
            } else if line.starts(with: "Tree=".utf8) {
                guard line.elementsEqual("Tree=0".utf8) else {
                    throw section.malformed("expected \"Tree=0\"", line: lines.number)
                }
                hasTrees = true
            } else {
                try section.add(line, number: lines.number)
            }
        }
        guard let hasTrees else {
            throw section.malformed("the file ends inside its header", line: lines.number)
        }
        let outputCount = try outputCount(section)
        try section.allow(headerKeys)
        let infos = section["feature_infos"]?.words.map { String(decoding: $0, as: UTF8.self) }
        return LightGBMHeader(
            featureNames: try featureNames(section),
            featureInfos: infos ?? [],
            objective: try objective(section),
            outputCount: outputCount,
            averagesTrees: averages,
            treeCount: section["tree_sizes"].map { $0.words.reduce(0) { count, _ in count + 1 } },
            hasTrees: hasTrees
        )
    }

    /// Checks the version and the number of outputs, which is that of classes or of what a custom
    /// objective wanted.
    private static func outputCount(_ section: TextSection) throws(ModelFormatError) -> Int {
        let version = try section.field("version")
        guard ["v2", "v3", "v4"].contains(version.string) else {
            throw section.unsupported(
                "version \"\(version.string.prefix(40))\" (v2, v3 and v4 are read)",
                line: version.line
            )
        }
        let count = try section.integer("num_tree_per_iteration")
        guard count >= 1, count <= ModelFormatLimits.outputs else {
            throw section.malformed(
                "num_tree_per_iteration=\(count); it is from 1 to \(ModelFormatLimits.outputs)",
                line: section["num_tree_per_iteration"]?.line ?? section.line
            )
        }
        try checkClasses(section, outputCount: count)
        return count
    }

    /// Throws when the number of classes is another one than that of the outputs.
    private static func checkClasses(
        _ section: TextSection,
        outputCount: Int
    ) throws(ModelFormatError) {
        guard let field = section["num_class"] else { return }
        let classes = try section.integer("num_class")
        // A custom objective may have several outputs for one class.
        guard classes == outputCount || classes == 1 else {
            throw section.malformed(
                "num_class=\(classes), but num_tree_per_iteration=\(outputCount)",
                line: field.line
            )
        }
        for word in section["objective"]?.words.map({ Array($0) }) ?? []
        where word.starts(with: "num_class:".utf8) && word.dropFirst(10).integer != outputCount {
            throw section.malformed(
                "the objective has another number of classes than num_tree_per_iteration="
                    + "\(outputCount)",
                line: section["objective"]?.line ?? section.line
            )
        }
    }

    private static func objective(
        _ section: TextSection
    ) throws(ModelFormatError) -> LightGBMObjective {
        let field = section["objective"]
        guard let objective = LightGBMObjective(field) else {
            throw section.unsupported(
                "the objective \"\(field?.string.prefix(40) ?? "")\"",
                line: field?.line ?? section.line
            )
        }
        return objective
    }

    private static func featureNames(_ section: TextSection) throws(ModelFormatError) -> [String] {
        let largest = try section.integer("max_feature_idx")
        let field = try section.field("feature_names")
        let names = field.words.map { String(decoding: $0, as: UTF8.self) }
        guard largest >= 0, names.count - 1 == largest else {
            throw section.malformed(
                "\(names.count) feature names, but max_feature_idx=\(largest)",
                line: field.line
            )
        }
        for key in ["feature_infos", "monotone_constraints"] {
            guard let list = section[key] else { continue }
            let count = list.words.reduce(0) { count, _ in count + 1 }
            guard count == 0 || count == names.count else {
                throw section.malformed(
                    "\"\(key)\" has \(count) values for \(names.count) features",
                    line: list.line
                )
            }
        }
        guard names.areExactlyDistinct else {
            throw section.malformed("a feature name appears twice", line: field.line)
        }
        return names
    }
}
